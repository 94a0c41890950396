package io.segue.handoff;

import io.segue.handoff.Attempt.Stage;
import io.segue.handoff.HandoffEffect.Afterwards;
import io.segue.handoff.HandoffEffect.Why;

/** How the phones that were rung are let go, and what becomes of their humans. */
final class Attempts {
    private Attempts() {}

    /** A phone answered too late: another has the caller, or nobody needs anyone any more. */
    static void lose(HandoffDraft draft, String leg) {
        draft.handoff().attempt(leg).filter(a -> a.stage() != Stage.OVER).ifPresent(a -> {
            draft.want(new HandoffEffect.DropLeg(leg, Why.ANSWERED_ELSEWHERE));
            over(draft, a, Reason.LET_GO, "answered after another", Afterwards.SAME_PLACE);
        });
    }

    static void cancel(HandoffDraft draft, Attempt attempt, Reason reason, Why why) {
        draft.stop(HandoffTimer.RING, attempt.leg());
        draft.become(draft.handoff().change(attempt.leg(), a -> a.cancelling(reason)));
        draft.want(new HandoffEffect.DropLeg(attempt.leg(), why));
    }

    /** Nothing more comes of a leg: its human is free again. A cancelled leg keeps the reason it was cancelled for. */
    static void settle(HandoffDraft draft, String leg, Reason why, String evidence) {
        draft.handoff().attempt(leg).filter(a -> a.stage() != Stage.OVER).ifPresent(a -> {
            draft.stop(HandoffTimer.RING, leg);
            draft.stop(HandoffTimer.MEDIA, leg);
            Reason earlier = a.why();
            Reason reason = earlier == null ? why : earlier;
            over(draft, a, reason, evidence, afterwards(reason));
        });
    }

    private static Afterwards afterwards(Reason reason) {
        return switch (reason) {
            case HUMAN_NO_ANSWER, HUMAN_NO_MEDIA, HUMAN_UNREACHABLE, HUMAN_NO_SDP -> Afterwards.UNANSWERED;
            case LET_GO, CALLER_HUNG_UP, OPERATOR_HUNG_UP, TIME_LIMIT, SHUTDOWN, NO_PORT -> Afterwards.SAME_PLACE;
            default -> Afterwards.END_OF_LINE;
        };
    }

    private static void over(
            HandoffDraft draft, Attempt attempt, Reason reason, String evidence, Afterwards afterwards) {
        draft.become(draft.handoff().change(attempt.leg(), a -> a.over(reason, evidence)));
        String human = attempt.human();
        if (human != null) {
            draft.release(human, afterwards);
        }
    }

    static void dropAll(HandoffDraft draft, Reason reason, Why why) {
        for (Attempt attempt : draft.handoff().attempts()) {
            if (attempt.pending()) {
                cancel(draft, attempt, reason, why);
            } else if (attempt.stage() == Stage.WON) {
                draft.want(new HandoffEffect.DropLeg(attempt.leg(), why));
                settle(draft, attempt.leg(), reason, "");
            }
        }
    }
}
