package io.segue.call;

import io.segue.audit.Actor;
import io.segue.call.Supervision.End;
import io.segue.call.Supervision.Mode;
import io.segue.call.Supervision.State;
import io.segue.call.SupervisionEffect.Drop;
import io.segue.call.SupervisionEffect.Join;
import io.segue.call.SupervisionEffect.LetHear;
import io.segue.call.SupervisionEffect.Release;
import io.segue.call.SupervisionEffect.Reserve;
import io.segue.call.SupervisionEffect.Ring;
import io.segue.call.SupervisionEffect.Tell;
import io.segue.handoff.HandoffEffect.Why;
import java.util.ArrayList;
import java.util.List;

/**
 * The state machine of a supervision: {@code (supervision, event) -> (supervision, effects)}. It runs beside the call's and knows nothing of it but that it is over: whoever
 * has the caller, the supervisor hears them, and handoffs and returns do not concern it.
 */
public final class SupervisionStep {
    /** A supervisor's phone rings no longer than this. */
    public static final long RING_MS = 30_000;

    private static final Join NOBODY = new Join(false, false);

    /** What a step makes of a supervision, and what then has to be done, in this order. */
    public record Result(Supervision supervision, List<SupervisionEffect> effects) {}

    private SupervisionStep() {}

    /** @param ordinal how many supervisions of the call there are with this one */
    public static Result ask(CallId call, int ordinal, String human, Mode mode, Actor by) {
        Supervision asked = new Supervision(call + "-v" + ordinal, human, mode, State.ASKED, by, null, "");
        return new Result(asked, List.of(new Reserve()));
    }

    public static Result step(Supervision now, SupervisionEvent event) {
        return switch (event) {
            case SupervisionEvent.Reserved reserved -> reserved(now);
            case SupervisionEvent.NotFree notFree -> ended(now, End.NOT_FREE, "", Actor.GATEWAY);
            case SupervisionEvent.Answered answered -> answered(now);
            case SupervisionEvent.Failed(var evidence) -> ended(now, End.FAILED, evidence, Actor.GATEWAY);
            case SupervisionEvent.Gone(var evidence) -> ended(now, End.HUNG_UP, evidence, Actor.GATEWAY);
            case SupervisionEvent.RangInVain inVain ->
                now.state() == State.RINGING
                        ? ended(now, End.NO_ANSWER, "", Actor.GATEWAY, new Drop(Why.NO_ANSWER))
                        : same(now);
            case SupervisionEvent.Wanted(var mode, var by) -> wanted(now, mode, by);
            case SupervisionEvent.Dismissed(var by) -> ended(now, End.DISMISSED, "", by, new Drop(Why.LET_GO));
            case SupervisionEvent.CallOver over ->
                ended(now, End.CALL_OVER, "", Actor.GATEWAY, new Drop(Why.CALLER_GONE));
        };
    }

    private static Result same(Supervision now) {
        return new Result(now, List.of());
    }

    /** One that has ended meanwhile gives the human straight back. */
    private static Result reserved(Supervision now) {
        return switch (now.state()) {
            case ASKED -> new Result(now.in(State.RINGING), List.of(new Ring(RING_MS)));
            case ENDED -> new Result(now, List.of(new Release()));
            case RINGING, UP -> same(now);
        };
    }

    private static Result answered(Supervision now) {
        return now.state() == State.RINGING
                ? new Result(now.in(State.UP), List.of(new LetHear(), join(now.mode()), new Tell("began", now.by())))
                : same(now);
    }

    private static Result wanted(Supervision now, Mode mode, Actor by) {
        if (now.over() || now.mode() == mode) {
            return same(now);
        }
        Supervision next = now.with(mode, by);
        return now.state() == State.UP
                ? new Result(next, List.of(join(mode), new Tell("changed", by)))
                : new Result(next, List.of());
    }

    private static Join join(Mode mode) {
        return new Join(mode == Mode.BARGE, mode != Mode.LISTEN);
    }

    private static Result ended(
            Supervision now, End how, String evidence, Actor by, SupervisionEffect... withThePhone) {
        if (now.over()) {
            return same(now);
        }
        List<SupervisionEffect> effects = new ArrayList<>();
        switch (now.state()) {
            case UP -> {
                effects.add(NOBODY);
                effects.addAll(List.of(withThePhone));
                effects.add(new Release());
            }
            case RINGING -> {
                effects.addAll(List.of(withThePhone));
                effects.add(new Release());
            }
            case ASKED, ENDED -> {}
        }
        effects.add(new Tell("ended", by));
        return new Result(now.ended(how, evidence), List.copyOf(effects));
    }
}
