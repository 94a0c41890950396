package io.segue.handoff;

import io.segue.handoff.Attempt.Stage;
import io.segue.handoff.HandoffEffect.Afterwards;
import io.segue.handoff.HandoffEffect.Why;
import java.util.List;
import java.util.Optional;

/**
 * The handoff's state machine: {@code (handoff, event, now) -> (handoff, effects)}. {@code now} is {@code System.nanoTime()},
 * handed in.
 */
public final class HandoffStep {
    /** What a step makes of a handoff, and what then has to be done, in this order. */
    public record Result(Handoff handoff, List<HandoffEffect> effects) {}

    private final HandoffDraft draft;

    private HandoffStep(HandoffDraft draft) {
        this.draft = draft;
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
        HandoffDraft draft = new HandoffDraft(Handoff.of(brief, requested, reason, detail, clock), now);
        HumanSearch.begin(draft);
        return draft.result();
    }

    public static Result step(Handoff handoff, HandoffEvent event, long now) {
        HandoffDraft draft = new HandoffDraft(handoff, now);
        HandoffStep step = new HandoffStep(draft);
        if (handoff.over()) {
            step.afterTheEnd(event);
        } else {
            step.on(event);
        }
        return draft.result();
    }

    private void on(HandoffEvent event) {
        switch (event) {
            case HandoffEvent.Requested(var reason, var detail) -> requested(reason, detail);
            case HandoffEvent.Reserved reserved -> HumanSearch.reserved(draft, reserved.round(), reserved.humans());
            case HandoffEvent.NoneFree free -> HumanSearch.noneFree(draft, free.round());
            case HandoffEvent.SomebodyFree free -> HumanSearch.somebodyFree(draft);
            case HandoffEvent.LegRinging(var leg) -> ringing(leg);
            case HandoffEvent.LegAnswered(var leg) -> answered(leg);
            case HandoffEvent.LegFailed(var leg, var why, var evidence) -> failed(leg, why, evidence);
            case HandoffEvent.LegHeard(var leg) -> heard(leg);
            case HandoffEvent.LegGone(var leg, var evidence) -> gone(leg, evidence);
            case HandoffEvent.Switched(var leg, var at) -> switched(leg, at);
            case HandoffEvent.UtteranceEnded ended -> utteranceEnded();
            case HandoffEvent.Expired(var timer, var leg) -> expired(timer, leg);
            case HandoffEvent.LetGo letGo -> letGo();
            case HandoffEvent.CallerGone(var why) -> callerGone(why);
            case HandoffEvent.WaitedTooLong waited -> waitedTooLong();
            case HandoffEvent.GivenBack back -> givenBack();
        }
    }

    /** What was under way when the handoff ended still has to be undone: a reservation, an answer that crossed the CANCEL. */
    private void afterTheEnd(HandoffEvent event) {
        switch (event) {
            case HandoffEvent.Reserved reserved ->
                reserved.humans().forEach(human -> draft.release(human, Afterwards.SAME_PLACE));
            case HandoffEvent.LegAnswered(var leg) -> Attempts.lose(draft, leg);
            case HandoffEvent.LegFailed(var leg, var why, var evidence) -> Attempts.settle(draft, leg, why, evidence);
            case HandoffEvent.LegGone(var leg, var evidence) ->
                Attempts.settle(draft, leg, Reason.HUMAN_HUNG_UP, evidence);
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

    private Handoff handoff() {
        return draft.handoff();
    }

    private void requested(Reason reason, String detail) {
        if (handoff().requested()) {
            return;
        }
        draft.become(handoff().requestedFor(reason, detail, draft.now()));
        draft.tell();
        String winner = handoff().winner();
        if (winner != null) {
            draft.want(new HandoffEffect.LetHear(winner));
            armCut(winner);
        }
    }

    private void ringing(String leg) {
        Optional<Attempt> attempt = handoff().attempt(leg);
        if (attempt.isPresent() && attempt.get().stage() == Stage.RAISED) {
            draft.become(handoff().change(leg, a -> a.at(Stage.RINGING)));
            if (handoff().winner() == null) {
                draft.enter(HandoffState.RINGING);
            }
        }
    }

    private void answered(String leg) {
        if (handoff().attempt(leg).filter(a -> a.stage() != Stage.OVER).isEmpty()) {
            return;
        }
        draft.stop(HandoffTimer.RING, leg);
        if (handoff().winner() != null) {
            Attempts.lose(draft, leg);
            return;
        }
        draft.stopSearching();
        draft.become(handoff().change(leg, Attempt::won).wonBy(leg));
        draft.become(handoff().with(handoff().clock().answered(draft.now())));
        handoff().attempts().stream()
                .filter(Attempt::pending)
                .toList()
                .forEach(loser -> Attempts.cancel(draft, loser, Reason.LET_GO, Why.ANSWERED_ELSEWHERE));
        draft.start(HandoffTimer.MEDIA, leg, handoff().brief().mediaMs());
        if (handoff().requested()) {
            draft.want(new HandoffEffect.LetHear(leg));
            armCut(leg);
        } else {
            draft.want(new HandoffEffect.LetWait(leg));
        }
        draft.enter(HandoffState.ANSWERED);
    }

    private void armCut(String leg) {
        if (handoff().brief().cutAtOnce()) {
            cut(leg);
        } else {
            draft.start(HandoffTimer.CUT, "", handoff().brief().cutMaxMs());
            draft.want(new HandoffEffect.AwaitUtteranceEnd());
        }
    }

    private void utteranceEnded() {
        String winner = handoff().winner();
        if (winner != null && handoff().requested() && handoff().clock().t3() == null) {
            draft.stop(HandoffTimer.CUT, "");
            cut(winner);
        }
    }

    /** From now on only the switch itself shows that the human can be heard: what was heard before may have ceased. */
    private void cut(String leg) {
        draft.become(handoff().with(handoff().clock().armed(draft.now(), draft.now())));
        draft.start(HandoffTimer.MEDIA, leg, handoff().brief().mediaMs());
        draft.want(new HandoffEffect.Switch(leg));
    }

    private void heard(String leg) {
        if (handoff().clock().t3() == null) {
            draft.stop(HandoffTimer.MEDIA, leg);
        }
    }

    private void switched(String leg, long at) {
        if (leg.equals(handoff().winner()) && handoff().state() == HandoffState.ANSWERED) {
            draft.stop(HandoffTimer.MEDIA, leg);
            draft.become(handoff().with(handoff().clock().connected(at)));
            draft.enter(HandoffState.CONNECTED);
        }
    }

    private void failed(String leg, Reason why, String evidence) {
        boolean counted = handoff()
                .attempt(leg)
                .filter(a -> a.pending() || a.stage() == Stage.WON)
                .isPresent();
        Attempts.settle(draft, leg, why, evidence);
        if (leg.equals(handoff().winner())) {
            unwin();
        }
        if (counted) {
            HumanSearch.lookFurther(draft);
        }
    }

    private void gone(String leg, String evidence) {
        if (handoff().state() == HandoffState.CONNECTED && leg.equals(handoff().winner())) {
            Attempts.settle(draft, leg, Reason.HUMAN_HUNG_UP, evidence);
            draft.become(handoff().endedIn(HandoffState.CONNECTED, Reason.HUMAN_HUNG_UP));
        } else {
            failed(leg, Reason.HUMAN_HUNG_UP, evidence);
        }
    }

    /** The phone that answered came to nothing before the caller heard it. */
    private void unwin() {
        if (handoff().clock().t3() != null) {
            draft.want(new HandoffEffect.Unswitch());
        }
        draft.stop(HandoffTimer.CUT, "");
        draft.become(handoff().wonBy(null).with(handoff().clock().unanswered()));
    }

    private void expired(HandoffTimer timer, String leg) {
        switch (timer) {
            case RING ->
                handoff().attempt(leg).filter(Attempt::pending).ifPresent(a -> {
                    Attempts.cancel(draft, a, Reason.HUMAN_NO_ANSWER, Why.NO_ANSWER);
                    HumanSearch.lookFurther(draft);
                });
            case WAIT -> HumanSearch.waited(draft);
            case CUT -> utteranceEnded();
            case MEDIA -> {
                if (leg.equals(handoff().winner()) && handoff().state() != HandoffState.CONNECTED) {
                    draft.want(new HandoffEffect.DropLeg(leg, Why.NO_MEDIA));
                    failed(
                            leg,
                            Reason.HUMAN_NO_MEDIA,
                            "no RTP within " + handoff().brief().mediaMs() + " ms");
                }
            }
        }
    }

    private void letGo() {
        if (!handoff().requested()) {
            Attempts.dropAll(draft, Reason.LET_GO, Why.LET_GO);
            draft.end(HandoffState.FAILED, Reason.LET_GO);
        }
    }

    private void callerGone(Reason why) {
        boolean connected = handoff().state() == HandoffState.CONNECTED;
        Attempts.dropAll(draft, connected ? Reason.CONNECTED : why, Why.CALLER_GONE);
        if (connected) {
            draft.become(handoff().endedIn(HandoffState.CONNECTED, why));
        } else {
            draft.end(HandoffState.ABANDONED, why);
        }
    }

    private void waitedTooLong() {
        Reason why = handoff().lastReason();
        Attempts.dropAll(draft, Reason.LET_GO, Why.LET_GO);
        draft.end(HandoffState.FAILED, why);
    }

    private void givenBack() {
        if (handoff().state() == HandoffState.CONNECTED) {
            Attempts.dropAll(draft, Reason.RETURNED, Why.GIVEN_BACK);
            draft.end(HandoffState.RETURNED, Reason.RETURNED);
        }
    }
}
