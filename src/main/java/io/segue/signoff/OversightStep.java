package io.segue.signoff;

import io.segue.agent.Agent;
import io.segue.handoff.Reason;
import io.segue.signoff.Decision.Outcome;
import io.segue.signoff.OversightEffect.Answer;
import io.segue.signoff.Request.Subject;
import io.segue.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The machine of sign-offs and approvals: {@code (oversight, event, now) -> (oversight, effects)}. {@code now} is Unix milliseconds, handed in. A decision
 * is claimed first, written to the audit trail, and only then holds; meanwhile a second one is told who was first.
 */
public final class OversightStep {
    /** A decision of our own that could not be written is tried again after so long. */
    public static final long AGAIN_MS = 1_000;

    /** What a step makes of it, and what then has to be done, in this order. */
    public record Result(Oversight oversight, List<OversightEffect> effects) {}

    private final long now;
    private final List<OversightEffect> effects = new ArrayList<>();
    private Oversight oversight;

    private OversightStep(Oversight oversight, long now) {
        this.oversight = oversight;
        this.now = now;
    }

    public static Result step(Oversight oversight, OversightEvent event, long now) {
        OversightStep step = new OversightStep(oversight, now);
        step.on(event);
        boolean held = step.oversight.holdsATurn();
        if (held != oversight.holdsATurn()) {
            step.want(new OversightEffect.Hold(held));
        }
        return new Result(step.oversight, List.copyOf(step.effects));
    }

    private void on(OversightEvent event) {
        switch (event) {
            case OversightEvent.ActionAsked(var action) -> actionAsked(action);
            case OversightEvent.ActionDone(var action) -> actionDone(action);
            case OversightEvent.TurnProposed(var turn) -> turnProposed(turn);
            case OversightEvent.TurnSpoken(var turn) -> turnSpoken(turn);
            case OversightEvent.Decide(var id, var decision, var ref) -> decide(id, decision, ref);
            case OversightEvent.Written(var id) -> oversight.request(id).ifPresent(this::written);
            case OversightEvent.NotWritten(var id) -> oversight.request(id).ifPresent(this::notWritten);
            case OversightEvent.Late(var id) ->
                oversight
                        .request(id)
                        .filter(r -> r.pending() && r.claim() == null)
                        .ifPresent(this::late);
            case OversightEvent.Over over -> over();
        }
    }

    private void actionAsked(Action action) {
        Optional<String> fault = Payloads.fault(action.payload());
        if (fault.isPresent()) {
            want(new OversightEffect.Complain("invalid_action", "action.payload " + fault.get()));
            return;
        }
        Optional<Request> before = oversight.ofAction(action.id());
        if (before.isPresent()) {
            askedAgain(
                    before.get(),
                    before.get().subject() instanceof Subject.OfAction(var first, var _) && first.equals(action));
            return;
        }
        Optional<Agent.Boundary> beyond =
                Boundaries.beyond(oversight.rules().boundaries(), action.type(), action.amount(), action.currency());
        Subject subject = new Subject.OfAction(action, beyond.orElse(null));
        if (beyond.isPresent()) {
            ask(subject, oversight.rules().signoffMs());
        } else if (isRoomFor(subject)) {
            Request free = request(subject, 0);
            oversight = oversight.plus(free);
            decided(free, Decision.byItself(Outcome.APPROVED, Decision.POLICY, now, null));
        }
    }

    private void turnProposed(Turn turn) {
        Optional<Request> before = oversight.ofTurn(turn.id());
        if (before.isPresent()) {
            askedAgain(
                    before.get(),
                    before.get().subject() instanceof Subject.OfTurn(var first)
                            && first.text().equals(turn.text()));
        } else {
            ask(new Subject.OfTurn(turn), oversight.rules().approvalMs());
        }
    }

    /** A bot whose socket broke may ask again; under one name it cannot ask for two things. */
    private void askedAgain(Request before, boolean same) {
        Decision made = before.decision();
        if (!same) {
            want(new OversightEffect.Complain(
                    "duplicate_id", idOf(before) + " was asked before, and for something else"));
        } else if (made != null) {
            want(new OversightEffect.Repeat(before, made));
        }
    }

    private void ask(Subject subject, long waitMs) {
        if (isRoomFor(subject)) {
            Request request = request(subject, waitMs);
            oversight = oversight.plus(request);
            want(new OversightEffect.Ask(request));
        }
    }

    private boolean isRoomFor(Subject subject) {
        boolean room = oversight.requests().size() < Oversight.REQUESTS_MAX
                && oversight.pending().size() < Oversight.PENDING_MAX;
        if (!room) {
            want(new OversightEffect.Complain(
                    "too_many_requests",
                    idOf(subject) + " is not taken: a call may ask for " + Oversight.PENDING_MAX + " things at a time, "
                            + Oversight.REQUESTS_MAX + " in all"));
        }
        return room;
    }

    private Request request(Subject subject, long waitMs) {
        Request.Kind kind = subject instanceof Subject.OfAction ? Request.Kind.SIGNOFF : Request.Kind.APPROVAL;
        return new Request(oversight.nextId(kind), subject, now, now + waitMs, null, null, "");
    }

    private void decide(String id, Decision decision, String ref) {
        Request request = oversight.request(id).orElse(null);
        if (request == null) {
            want(new OversightEffect.Reply(ref, new Answer.Unknown()));
            return;
        }
        Request.Claim claim = request.claim();
        Decision first = claim != null ? claim.decision() : request.decision();
        if (first != null) {
            want(new OversightEffect.Reply(ref, new Answer.Taken(request, first)));
        } else if (now >= request.deadline()) {
            late(request);
            Request then = oversight.request(id).orElse(request);
            Request.Claim ours = then.claim();
            Decision made = ours != null ? ours.decision() : then.decision();
            want(new OversightEffect.Reply(ref, made == null ? new Answer.NotWritten() : new Answer.Taken(then, made)));
        } else {
            claim(request, decision, ref);
        }
    }

    private void claim(Request request, Decision decision, String ref) {
        Request claimed = request.claimed(new Request.Claim(decision, ref));
        oversight = oversight.with(claimed);
        want(new OversightEffect.Write(claimed, decision));
    }

    private void written(Request request) {
        Request.Claim claim = request.claim();
        if (claim != null) {
            Request done = decided(request, claim.decision());
            reply(claim.ref(), new Answer.Decided(done));
        }
    }

    private void notWritten(Request request) {
        Request.Claim claim = request.claim();
        if (claim == null) {
            return;
        }
        Request waiting = request.claimed(null);
        oversight = oversight.with(waiting);
        reply(claim.ref(), new Answer.NotWritten());
        if (claim.ref().isEmpty()) {
            want(new OversightEffect.Again(waiting));
        } else if (now >= request.deadline()) {
            late(waiting);
        }
    }

    private void reply(String ref, Answer answer) {
        if (!ref.isEmpty()) {
            want(new OversightEffect.Reply(ref, answer));
        }
    }

    /** Nobody answered. What then grants something is a decision like any other; what grants nothing needs no leave to hold. */
    private void late(Request request) {
        Agent.OnExpiry then = request.kind() == Request.Kind.SIGNOFF
                ? Agent.OnExpiry.REJECT
                : oversight.rules().onExpiry();
        switch (then) {
            case APPROVE ->
                claim(
                        request,
                        Decision.byItself(Outcome.APPROVED, Decision.DEADLINE, now, "nobody answered in time"),
                        "");
            case REJECT -> expired(request, "nobody answered in time");
            case HANDOFF -> {
                expired(request, "nobody answered in time");
                want(new OversightEffect.HandOff(Reason.APPROVAL_EXPIRED, idOf(request)));
            }
        }
    }

    private void expired(Request request, String note) {
        decided(request, Decision.byItself(Outcome.EXPIRED, Decision.DEADLINE, now, note));
    }

    private Request decided(Request request, Decision decision) {
        Request done = request.decided(decision);
        oversight = oversight.with(done);
        want(new OversightEffect.Tell(done, decision));
        if (decision.outcome().grants() && done.subject() instanceof Subject.OfTurn(var turn)) {
            want(new OversightEffect.Said(Request.asDecided(turn, decision)));
        }
        return done;
    }

    private void over() {
        for (Request request : oversight.pending()) {
            if (request.claim() == null) {
                expired(request, "the agent is no longer there");
            }
        }
        oversight = oversight.withoutLeave();
    }

    private void actionDone(Action action) {
        Request request = oversight.ofAction(action.id()).orElse(null);
        Optional<String> wrong = Conduct.ofAction(oversight.rules().boundaries(), action, request);
        if (wrong.isPresent()) {
            violated(Request.Kind.SIGNOFF, Reason.SIGNOFF_VIOLATED, action.id(), wrong.get());
        } else {
            want(new OversightEffect.Done(action, request));
        }
    }

    private void turnSpoken(Turn turn) {
        String words = Wording.of(turn.text());
        switch (Conduct.ofTurn(oversight, turn, words)) {
            case Conduct.Verdict.Known(var leave) -> oversight = oversight.spoken(leave, words);
            case Conduct.Verdict.Free free -> want(new OversightEffect.Said(turn));
            case Conduct.Verdict.Wrong(var detail) -> {
                want(new OversightEffect.Said(turn));
                violated(Request.Kind.APPROVAL, Reason.APPROVAL_VIOLATED, turn.id(), detail);
            }
        }
    }

    private void violated(Request.Kind kind, Reason reason, String subject, String detail) {
        want(new OversightEffect.Violation(kind, subject, detail));
        if (oversight.rules().onViolation() == Agent.OnViolation.HANDOFF) {
            want(new OversightEffect.HandOff(reason, detail));
        }
    }

    private static String idOf(Request request) {
        return idOf(request.subject());
    }

    private static String idOf(Subject subject) {
        return switch (subject) {
            case Subject.OfAction(var action, var _) -> "action " + action.id();
            case Subject.OfTurn(var turn) -> "turn " + turn.id();
        };
    }

    private void want(OversightEffect effect) {
        effects.add(effect);
    }
}
