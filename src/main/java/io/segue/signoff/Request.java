package io.segue.signoff;

import io.segue.agent.Agent.Boundary;
import io.segue.turn.Turn;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person is asked to decide.
 *
 * @param id the call's id, {@code -s} for a sign-off or {@code -t} for an approval, and a number from 1
 * @param askedAt Unix milliseconds
 * @param deadline Unix milliseconds; after it nobody's answer counts
 * @param claim a decision that has been made and takes effect once it is in the audit trail
 * @param decision what holds, for good
 * @param unspoken of a turn that was granted, the {@link Wording} that may still be spoken; else empty
 */
public record Request(
        String id,
        Subject subject,
        long askedAt,
        long deadline,
        @Nullable Claim claim,
        @Nullable Decision decision,
        String unspoken) {

    /** The kinds of request, each with a list of its own. */
    public enum Kind {
        SIGNOFF("s"),
        APPROVAL("t");

        private final String mark;

        Kind(String mark) {
            this.mark = mark;
        }

        String id(String call, int ordinal) {
            return call + "-" + mark + ordinal;
        }

        /** The call that a request of this kind is of; none: it is no id of such a request. */
        public Optional<String> callOf(String id) {
            int dash = id.lastIndexOf('-');
            return dash > 0 && id.startsWith(mark, dash + 1) ? Optional.of(id.substring(0, dash)) : Optional.empty();
        }
    }

    /** What it is about. */
    public sealed interface Subject {
        /** Leave to do something; {@code boundary} is what it is beyond, none: it needs nobody. */
        record OfAction(Action action, @Nullable Boundary boundary) implements Subject {}

        /** Leave to say something. */
        record OfTurn(Turn turn) implements Subject {}
    }

    /**
     * A decision on its way to the audit trail.
     *
     * @param ref whom to tell; empty: nobody waits for it
     */
    public record Claim(Decision decision, String ref) {}

    public Kind kind() {
        return subject instanceof Subject.OfAction ? Kind.SIGNOFF : Kind.APPROVAL;
    }

    public boolean pending() {
        return decision == null;
    }

    /** {@code pending, approved, edited, rejected, expired}. */
    public String state() {
        Decision made = decision;
        return made == null ? "pending" : made.outcome().wire();
    }

    boolean granted() {
        Decision made = decision;
        return made != null && made.outcome().grants();
    }

    Request claimed(@Nullable Claim next) {
        return new Request(id, subject, askedAt, deadline, next, decision, unspoken);
    }

    Request decided(Decision made) {
        return new Request(id, subject, askedAt, deadline, null, made, wording(made));
    }

    /** A fault of ours has ended the call: nobody is left to be answered. */
    public Request abandoned(long now) {
        return decided(Decision.byItself(
                Decision.Outcome.EXPIRED, Decision.FAULT, now, "the call ended by a fault of the gateway"));
    }

    /** What its leave is for, whether it has been spoken or not. */
    private String wording(@Nullable Decision made) {
        return made != null && made.outcome().grants() && subject instanceof Subject.OfTurn(var proposed)
                ? Wording.of(asDecided(proposed, made).text())
                : "";
    }

    /** Whether these words have leave and were not spoken yet; what has no words uses none up. */
    boolean allows(String words) {
        return unspoken.contains(words) || words.isBlank() && allowedOnce(words);
    }

    /** Whether these words had leave when it was given. */
    boolean allowedOnce(String words) {
        return wording(decision).contains(words);
    }

    /** These words have been spoken: there is no leave to speak them again. */
    Request spoken(String words) {
        return new Request(id, subject, askedAt, deadline, claim, decision, Wording.without(unspoken, words));
    }

    /** Nothing of it may be spoken any more. */
    Request past() {
        return new Request(id, subject, askedAt, deadline, claim, decision, "");
    }

    /** The action as it was decided: with the payload and the amount of whoever edited it. */
    public static Action asDecided(Action action, Decision decision) {
        Map<String, Object> payload = decision.payload();
        BigDecimal amount = decision.amount();
        String currency = decision.currency();
        return new Action(
                action.id(),
                action.type(),
                amount == null ? action.amount() : amount,
                currency == null ? action.currency() : currency,
                action.summary(),
                payload == null ? action.payload() : payload);
    }

    /** The turn as it was decided: with the text of whoever edited it. */
    public static Turn asDecided(Turn turn, Decision decision) {
        String text = decision.text();
        return text == null ? turn : turn.saying(text);
    }
}
