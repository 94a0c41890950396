package io.segue.handoff;

import io.segue.handoff.Attempt.Stage;
import io.segue.handoff.Brief.Target;
import io.segue.handoff.HandoffEffect.Afterwards;
import io.segue.handoff.HandoffEffect.Why;
import io.segue.human.Queue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The handoff's state machine: {@code (handoff, event, now) -> (handoff, effects)}. {@code now} is {@code System.nanoTime()},
 * handed in.
 */
public final class HandoffStep {
    /** What a step makes of a handoff, and what then has to be done, in this order. */
    public record Result(Handoff handoff, List<HandoffEffect> effects) {}

    private final long now;
    private final List<HandoffEffect> effects = new ArrayList<>();
    private Handoff handoff;

    private HandoffStep(Handoff handoff, long now) {
        this.handoff = handoff;
        this.now = now;
    }

    /** Begins a handoff that is wanted now: this is T0. */
    public static Result request(Brief brief, Reason reason, String detail, long now) {
        return begin(brief, true, reason, detail, Clock.UNSET.requested(now), now);
    }

    /** Begins to get a human ready, unknown to caller and agent. */
    public static Result prewarm(Brief brief, Reason reason, String detail, long now) {
        return begin(brief, false, reason, detail, Clock.UNSET, now);
    }

    private static Result begin(Brief brief, boolean requested, Reason reason, String detail, Clock clock, long now) {
        HandoffStep step = new HandoffStep(
                new Handoff(
                        brief,
                        requested,
                        reason,
                        detail,
                        HandoffState.REQUESTED,
                        0,
                        List.of(),
                        null,
                        clock,
                        Search.NONE,
                        null),
                now);
        step.ask();
        return step.result();
    }

    /** The search goes out before anybody is told of it: what is told takes time that the caller waits. */
    private void ask() {
        if (handoff.current() == null) {
            tell();
            fail(Reason.NO_HUMAN);
        } else {
            tryTarget(Reason.NO_HUMAN);
            tell();
        }
    }

    public static Result step(Handoff handoff, HandoffEvent event, long now) {
        HandoffStep step = new HandoffStep(handoff, now);
        if (handoff.over()) {
            step.afterTheEnd(event);
        } else {
            step.on(event);
        }
        return step.result();
    }

    private Result result() {
        return new Result(handoff, List.copyOf(effects));
    }

    private void on(HandoffEvent event) {
        switch (event) {
            case HandoffEvent.Requested requested -> requested(requested.reason(), requested.detail());
            case HandoffEvent.Reserved reserved -> reserved(reserved.round(), reserved.humans());
            case HandoffEvent.NoneFree free -> noneFree(free.round());
            case HandoffEvent.SomebodyFree free -> somebodyFree();
            case HandoffEvent.LegRinging ringing -> ringing(ringing.leg());
            case HandoffEvent.LegAnswered answered -> answered(answered.leg());
            case HandoffEvent.LegFailed failed -> failed(failed.leg(), failed.why(), failed.evidence());
            case HandoffEvent.LegHeard heard -> heard(heard.leg());
            case HandoffEvent.LegGone gone -> gone(gone.leg(), gone.evidence());
            case HandoffEvent.Switched switched -> switched(switched.leg(), switched.at());
            case HandoffEvent.UtteranceEnded ended -> utteranceEnded();
            case HandoffEvent.Expired expired -> expired(expired.timer(), expired.leg());
            case HandoffEvent.LetGo letGo -> letGo();
            case HandoffEvent.CallerGone callerGone -> callerGone();
            case HandoffEvent.WaitedTooLong waited -> waitedTooLong();
            case HandoffEvent.GivenBack back -> givenBack();
        }
    }

    /** What was under way when the handoff ended still has to be undone: a reservation, an answer that crossed the CANCEL. */
    private void afterTheEnd(HandoffEvent event) {
        switch (event) {
            case HandoffEvent.Reserved reserved ->
                reserved.humans().forEach(human -> release(human, Afterwards.SAME_PLACE));
            case HandoffEvent.LegAnswered answered -> lose(answered.leg());
            case HandoffEvent.LegFailed failed -> settle(failed.leg(), failed.why(), failed.evidence());
            case HandoffEvent.LegGone gone -> settle(gone.leg(), Reason.HUMAN_HUNG_UP, gone.evidence());
            case HandoffEvent.Requested _,
                    HandoffEvent.NoneFree _,
                    HandoffEvent.SomebodyFree _,
                    HandoffEvent.LegRinging _,
                    HandoffEvent.LegHeard _,
                    HandoffEvent.Switched _,
                    HandoffEvent.UtteranceEnded _,
                    HandoffEvent.Expired _,
                    HandoffEvent.LetGo _,
                    HandoffEvent.CallerGone _,
                    HandoffEvent.WaitedTooLong _,
                    HandoffEvent.GivenBack _ -> {}
        }
    }

    private void requested(Reason reason, String detail) {
        if (handoff.requested()) {
            return;
        }
        handoff = handoff.requestedFor(reason, detail, now);
        tell();
        String winner = handoff.winner();
        if (winner != null) {
            effects.add(new HandoffEffect.LetHear(winner));
            armCut(winner);
        }
    }

    private void tryTarget(Reason whyNot) {
        switch (handoff.current()) {
            case Target.InQueue queue -> reserve(queue.queue());
            case Target.AtSip outside -> raise(null, outside.uri());
            case null -> fail(whyNot);
        }
    }

    private void reserve(Queue queue) {
        handoff = handoff.with(handoff.search().ask(!handoff.requested()));
        effects.add(new HandoffEffect.Reserve(
                handoff.search().round(), queue, handoff.brief().skills(), handoff.tried(), !handoff.requested()));
    }

    /** Who came free while a question was out may not be in its answer: it is asked again then. */
    private void somebodyFree() {
        handoff = handoff.with(handoff.search().somebodyFree());
        if (handoff.current() instanceof Target.InQueue queue
                && handoff.search().waiting()
                && !handoff.search().asking()) {
            reserve(queue.queue());
        }
    }

    private void reserved(int round, List<String> humans) {
        if (!handoff.search().isAnswer(round)) {
            humans.forEach(human -> release(human, Afterwards.SAME_PLACE));
            return;
        }
        stopSearching();
        handoff = handoff.with(handoff.clock().reserved(now));
        humans.forEach(human -> raise(human, null));
        enter(HandoffState.RESERVED);
    }

    private void raise(@Nullable String human, @Nullable String uri) {
        String leg = handoff.id() + "." + (handoff.attempts().size() + 1);
        handoff = handoff.plus(new Attempt(leg, human, uri, Stage.RAISED, null, ""));
        int ringSeconds = handoff.current() instanceof Target.InQueue queue
                ? queue.queue().ringSeconds()
                : 30;
        effects.add(new HandoffEffect.Start(HandoffTimer.RING, leg, ringSeconds * 1000L));
        if (human != null) {
            effects.add(new HandoffEffect.RaiseLeg(leg, human));
        } else if (uri != null) {
            effects.add(new HandoffEffect.RaiseOutside(leg, uri));
        }
    }

    private void noneFree(int round) {
        if (!handoff.search().isAnswer(round)) {
            return;
        }
        Search search = handoff.search().answered();
        handoff = handoff.with(search);
        if (!(handoff.current() instanceof Target.InQueue(Queue queue))) {
            return;
        }
        // What was asked as a pre-warm, which leaves most of the humans alone, may be more than that now.
        boolean askAgain = handoff.requested() && search.sparing() || search.outdated();
        if (!search.waiting() && !askAgain && handoff.requested() && queue.waitSeconds() > 0) {
            handoff = handoff.with(search.waitFor());
            effects.add(new HandoffEffect.AwaitFree(queue.id()));
            effects.add(new HandoffEffect.Start(HandoffTimer.WAIT, "", queue.waitSeconds() * 1000L));
            // Whoever came free between the answer and now has told nobody.
            askAgain = true;
        }
        if (askAgain) {
            reserve(queue);
        } else if (!handoff.search().waiting()) {
            nextTarget();
        }
    }

    private void stopSearching() {
        if (handoff.search().waiting()) {
            effects.add(new HandoffEffect.StopAwaiting());
            effects.add(new HandoffEffect.Stop(HandoffTimer.WAIT, ""));
        }
        handoff = handoff.with(handoff.search().stop());
    }

    private void nextTarget() {
        stopSearching();
        if (handoff.requested()) {
            handoff = handoff.at(handoff.target() + 1);
            tryTarget(lastReason());
        } else {
            end(HandoffState.FAILED, Reason.LET_GO);
        }
    }

    private Reason lastReason() {
        for (Attempt attempt : handoff.attempts().reversed()) {
            Reason why = attempt.why();
            if (why != null) {
                return why;
            }
        }
        return Reason.NO_HUMAN;
    }

    private void ringing(String leg) {
        Optional<Attempt> attempt = handoff.attempt(leg);
        if (attempt.isPresent() && attempt.get().stage() == Stage.RAISED) {
            handoff = handoff.change(leg, a -> a.at(Stage.RINGING));
            if (handoff.winner() == null) {
                enter(HandoffState.RINGING);
            }
        }
    }

    private void answered(String leg) {
        if (handoff.attempt(leg).filter(a -> a.stage() != Stage.OVER).isEmpty()) {
            return;
        }
        effects.add(new HandoffEffect.Stop(HandoffTimer.RING, leg));
        if (handoff.winner() != null) {
            lose(leg);
            return;
        }
        stopSearching();
        handoff = handoff.change(leg, Attempt::won).wonBy(leg);
        handoff = handoff.with(handoff.clock().answered(now));
        handoff.attempts().stream().filter(Attempt::pending).toList().forEach(this::cancelLoser);
        effects.add(
                new HandoffEffect.Start(HandoffTimer.MEDIA, leg, handoff.brief().mediaMs()));
        if (handoff.requested()) {
            effects.add(new HandoffEffect.LetHear(leg));
            armCut(leg);
        } else {
            effects.add(new HandoffEffect.LetWait(leg));
        }
        enter(HandoffState.ANSWERED);
    }

    /** A phone answered too late: another has the caller, or nobody needs anyone any more. */
    private void lose(String leg) {
        handoff.attempt(leg).filter(a -> a.stage() != Stage.OVER).ifPresent(a -> {
            effects.add(new HandoffEffect.DropLeg(leg, Why.ANSWERED_ELSEWHERE));
            over(a, Reason.LET_GO, "answered after another", Afterwards.SAME_PLACE);
        });
    }

    private void cancelLoser(Attempt attempt) {
        cancel(attempt, Reason.LET_GO, Why.ANSWERED_ELSEWHERE);
    }

    private void cancel(Attempt attempt, Reason reason, Why why) {
        effects.add(new HandoffEffect.Stop(HandoffTimer.RING, attempt.leg()));
        handoff = handoff.change(attempt.leg(), a -> a.cancelling(reason));
        effects.add(new HandoffEffect.DropLeg(attempt.leg(), why));
    }

    private void armCut(String leg) {
        if (handoff.brief().cutAtOnce()) {
            cut(leg);
        } else {
            effects.add(new HandoffEffect.Start(
                    HandoffTimer.CUT, "", handoff.brief().cutMaxMs()));
            effects.add(new HandoffEffect.AwaitUtteranceEnd());
        }
    }

    private void utteranceEnded() {
        String winner = handoff.winner();
        if (winner != null && handoff.requested() && handoff.clock().t3() == null) {
            effects.add(new HandoffEffect.Stop(HandoffTimer.CUT, ""));
            cut(winner);
        }
    }

    /** From now on only the switch itself shows that the human can be heard: what was heard before may have ceased. */
    private void cut(String leg) {
        handoff = handoff.with(handoff.clock().armed(now, now));
        effects.add(
                new HandoffEffect.Start(HandoffTimer.MEDIA, leg, handoff.brief().mediaMs()));
        effects.add(new HandoffEffect.Switch(leg));
    }

    private void heard(String leg) {
        if (handoff.clock().t3() == null) {
            effects.add(new HandoffEffect.Stop(HandoffTimer.MEDIA, leg));
        }
    }

    private void switched(String leg, long at) {
        if (leg.equals(handoff.winner()) && handoff.state() == HandoffState.ANSWERED) {
            effects.add(new HandoffEffect.Stop(HandoffTimer.MEDIA, leg));
            handoff = handoff.with(handoff.clock().connected(at));
            enter(HandoffState.CONNECTED);
        }
    }

    private void failed(String leg, Reason why, String evidence) {
        boolean counted = handoff.attempt(leg)
                .filter(a -> a.pending() || a.stage() == Stage.WON)
                .isPresent();
        settle(leg, why, evidence);
        if (leg.equals(handoff.winner())) {
            unwin();
        }
        if (counted) {
            lookFurther();
        }
    }

    private void gone(String leg, String evidence) {
        if (handoff.state() == HandoffState.CONNECTED && leg.equals(handoff.winner())) {
            settle(leg, Reason.HUMAN_HUNG_UP, evidence);
            handoff = handoff.endedIn(HandoffState.CONNECTED, Reason.HUMAN_HUNG_UP);
        } else {
            failed(leg, Reason.HUMAN_HUNG_UP, evidence);
        }
    }

    /** Nothing more comes of a leg: its human is free again. A cancelled leg keeps the reason it was cancelled for. */
    private void settle(String leg, Reason why, String evidence) {
        handoff.attempt(leg).filter(a -> a.stage() != Stage.OVER).ifPresent(a -> {
            effects.add(new HandoffEffect.Stop(HandoffTimer.RING, leg));
            effects.add(new HandoffEffect.Stop(HandoffTimer.MEDIA, leg));
            Reason earlier = a.why();
            Reason reason = earlier == null ? why : earlier;
            over(a, reason, evidence, afterwards(reason));
        });
    }

    private static Afterwards afterwards(Reason reason) {
        return switch (reason) {
            case HUMAN_NO_ANSWER, HUMAN_NO_MEDIA, HUMAN_UNREACHABLE, HUMAN_NO_SDP -> Afterwards.UNANSWERED;
            case LET_GO, CALLER_HUNG_UP, NO_PORT -> Afterwards.SAME_PLACE;
            default -> Afterwards.END_OF_LINE;
        };
    }

    private void over(Attempt attempt, Reason reason, String evidence, Afterwards afterwards) {
        handoff = handoff.change(attempt.leg(), a -> a.over(reason, evidence));
        String human = attempt.human();
        if (human != null) {
            release(human, afterwards);
        }
    }

    private void release(String human, Afterwards afterwards) {
        effects.add(new HandoffEffect.Release(human, afterwards));
    }

    /** The phone that answered came to nothing before the caller heard it. */
    private void unwin() {
        if (handoff.clock().t3() != null) {
            effects.add(new HandoffEffect.Unswitch());
        }
        effects.add(new HandoffEffect.Stop(HandoffTimer.CUT, ""));
        handoff = handoff.wonBy(null).with(handoff.clock().unanswered());
    }

    private boolean noLegIsUp() {
        return handoff.winner() == null && handoff.attempts().stream().noneMatch(Attempt::pending);
    }

    private void lookFurther() {
        if (!noLegIsUp() || handoff.over()) {
            return;
        }
        if (handoff.current() instanceof Target.InQueue queue) {
            reserve(queue.queue());
        } else {
            nextTarget();
        }
    }

    private void expired(HandoffTimer timer, String leg) {
        switch (timer) {
            case RING ->
                handoff.attempt(leg).filter(Attempt::pending).ifPresent(a -> {
                    cancel(a, Reason.HUMAN_NO_ANSWER, Why.NO_ANSWER);
                    lookFurther();
                });
            case WAIT -> {
                if (handoff.search().waiting()) {
                    nextTarget();
                }
            }
            case CUT -> utteranceEnded();
            case MEDIA -> {
                if (leg.equals(handoff.winner()) && handoff.state() != HandoffState.CONNECTED) {
                    effects.add(new HandoffEffect.DropLeg(leg, Why.NO_MEDIA));
                    failed(
                            leg,
                            Reason.HUMAN_NO_MEDIA,
                            "no RTP within " + handoff.brief().mediaMs() + " ms");
                }
            }
        }
    }

    private void letGo() {
        if (!handoff.requested()) {
            dropAll(Reason.LET_GO, Why.LET_GO);
            end(HandoffState.FAILED, Reason.LET_GO);
        }
    }

    private void callerGone() {
        boolean connected = handoff.state() == HandoffState.CONNECTED;
        dropAll(connected ? Reason.CONNECTED : Reason.CALLER_HUNG_UP, Why.CALLER_GONE);
        if (connected) {
            handoff = handoff.endedIn(HandoffState.CONNECTED, Reason.CALLER_HUNG_UP);
        } else {
            end(HandoffState.ABANDONED, Reason.CALLER_HUNG_UP);
        }
    }

    private void waitedTooLong() {
        Reason why = lastReason();
        dropAll(Reason.LET_GO, Why.LET_GO);
        end(HandoffState.FAILED, why);
    }

    private void givenBack() {
        if (handoff.state() == HandoffState.CONNECTED) {
            dropAll(Reason.RETURNED, Why.GIVEN_BACK);
            end(HandoffState.RETURNED, Reason.RETURNED);
        }
    }

    private void dropAll(Reason reason, Why why) {
        for (Attempt attempt : handoff.attempts()) {
            if (attempt.pending()) {
                cancel(attempt, reason, why);
            } else if (attempt.stage() == Stage.WON) {
                effects.add(new HandoffEffect.DropLeg(attempt.leg(), why));
                settle(attempt.leg(), reason, "");
            }
        }
    }

    private void fail(Reason why) {
        end(HandoffState.FAILED, why);
    }

    private void end(HandoffState state, Reason how) {
        stopSearching();
        effects.add(new HandoffEffect.Stop(HandoffTimer.CUT, ""));
        handoff = handoff.endedIn(state, how);
        if (handoff.requested()) {
            effects.add(new HandoffEffect.Tell(state, how));
        }
    }

    private void enter(HandoffState next) {
        if (handoff.state() != next) {
            handoff = handoff.in(next);
            tell();
        }
    }

    /** A pre-warm is told to nobody. */
    private void tell() {
        if (handoff.requested()) {
            effects.add(new HandoffEffect.Tell(handoff.state(), handoff.reason()));
        }
    }
}
