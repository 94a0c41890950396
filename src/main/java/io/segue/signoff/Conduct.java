package io.segue.signoff;

import io.segue.agent.Agent.Boundary;
import io.segue.signoff.Request.Subject;
import io.segue.turn.Turn;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether what an agent reports as done or said went past people. */
final class Conduct {
    private Conduct() {}

    /** What is to be thought of a spoken turn. */
    sealed interface Verdict {
        /** It was approved, and the transcript has it; {@code leave} is the request whose leave it uses up. */
        record Known(Request leave) implements Verdict {}

        /** It needed nobody. */
        record Free() implements Verdict {}

        record Wrong(String detail) implements Verdict {}
    }

    /**
     * What is wrong with an action that was done; none: nothing. It is as it was decided, or within the boundaries.
     *
     * @param request what was asked under its id
     */
    static Optional<String> ofAction(List<Boundary> boundaries, Action done, @Nullable Request request) {
        if (request != null
                && request.decision() instanceof Decision made
                && request.subject() instanceof Subject.OfAction(var asked, var _)
                && made.outcome().grants()) {
            Action allowed = Request.asDecided(asked, made);
            if (!isWithin(allowed, done)) {
                return Optional.of(done.type() + " " + shown(done) + " was done, " + allowed.type() + " "
                        + shown(allowed) + " was allowed");
            }
            return isSamePayload(allowed, done)
                    ? Optional.empty()
                    : Optional.of(done.type() + " was done with another payload than was allowed");
        }
        Action meant = request != null && request.subject() instanceof Subject.OfAction(var asked, var _)
                ? filled(done, asked)
                : done;
        return Boundaries.beyond(boundaries, meant.type(), meant.amount(), meant.currency())
                .map(boundary -> meant.type() + " " + shown(meant) + " was done, "
                        + (request == null ? "leave was never asked" : "its sign-off is " + request.state()));
    }

    private static boolean isWithin(Action allowed, Action done) {
        BigDecimal amount = done.amount();
        BigDecimal most = allowed.amount();
        String currency = done.currency();
        return done.type().equals(allowed.type())
                && (amount == null || most != null && amount.compareTo(most) <= 0)
                && (currency == null || currency.equalsIgnoreCase(allowed.currency()));
    }

    /** A report without a payload says nothing of it. What cannot be written as JSON was never allowed. */
    private static boolean isSamePayload(Action allowed, Action done) {
        return done.payload().isEmpty()
                || Payloads.fault(done.payload()).isEmpty()
                        && CanonicalJson.write(done.payload()).equals(CanonicalJson.write(allowed.payload()));
    }

    private static Action filled(Action done, Action asked) {
        return new Action(
                done.id(),
                done.type(),
                done.amount() == null ? asked.amount() : done.amount(),
                done.currency() == null ? asked.currency() : done.currency(),
                done.summary(),
                done.payload());
    }

    private static String shown(Action action) {
        BigDecimal amount = action.amount();
        String currency = action.currency();
        return amount == null
                ? "without an amount"
                : "of " + amount.toPlainString() + (currency == null ? "" : " " + currency);
    }

    /**
     * A turn is the approved one when its words are among those that have leave and were not spoken yet: a transcriber may cut it into sentences, and name those as it
     * likes. Of several requests that allow them, the first that was asked counts.
     *
     * @param words the turn's {@link Wording}
     */
    static Verdict ofTurn(Oversight oversight, Turn turn, String words) {
        Request named = oversight.ofTurn(turn.id()).orElse(null);
        if (named == null && !oversight.rules().everyTurn()) {
            return refused(oversight, words)
                    .<Verdict>map(r -> new Verdict.Wrong("a turn was spoken whose approval is " + r.state()))
                    .orElseGet(Verdict.Free::new);
        }
        Optional<Request> leave = named == null
                ? oversight.requests().stream().filter(r -> r.allows(words)).findFirst()
                : Optional.of(named).filter(r -> r.allows(words));
        if (leave.isPresent()) {
            return new Verdict.Known(leave.get());
        }
        boolean before = named == null
                ? oversight.requests().stream().anyMatch(r -> r.allowedOnce(words))
                : named.allowedOnce(words);
        return new Verdict.Wrong(wrong(named, before));
    }

    private static String wrong(@Nullable Request named, boolean before) {
        if (before) {
            return "a turn was spoken whose approval was used up: it was spoken before, or is of the past";
        }
        if (named == null) {
            return "a turn was spoken that was never proposed";
        }
        return named.granted()
                ? "a turn was spoken in other words than were approved"
                : "a turn was spoken whose approval is " + named.state();
    }

    /** What was proposed and not allowed may not be said under another name either. */
    private static Optional<Request> refused(Oversight oversight, String words) {
        List<Request> same = oversight.requests().stream()
                .filter(r -> r.subject() instanceof Subject.OfTurn(var proposed)
                        && Wording.of(proposed.text()).equals(words))
                .toList();
        return same.stream().anyMatch(r -> r.allowedOnce(words))
                ? Optional.empty()
                : same.stream().filter(r -> !r.granted()).findFirst();
    }
}
