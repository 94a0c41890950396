package io.segue.handoff;

import io.segue.human.Queue;
import java.util.Set;

/** What a handoff wants done. */
public sealed interface HandoffEffect {
    /** Answered by {@link HandoffEvent.Reserved} or {@link HandoffEvent.NoneFree}. */
    record Reserve(int round, Queue queue, Set<String> skills, Set<String> except, boolean prewarm)
            implements HandoffEffect {}

    /** Give a human back. */
    record Release(String human, Afterwards afterwards) implements HandoffEffect {}

    /** Say {@link HandoffEvent.SomebodyFree} whenever somebody of the queue may have come free, until {@link StopAwaiting}. */
    record AwaitFree(String queue) implements HandoffEffect {}

    /** Nobody is waited for any more. */
    record StopAwaiting() implements HandoffEffect {}

    /** Ring a human's phone, or take up the leg that stands by. */
    record RaiseLeg(String leg, String human) implements HandoffEffect {}

    /** Ring a phone outside. */
    record RaiseOutside(String leg, String uri) implements HandoffEffect {}

    /** Cancel or hang up a leg. */
    record DropLeg(String leg, Why why) implements HandoffEffect {}

    /** The human who answered hears the caller from now on. */
    record LetHear(String leg) implements HandoffEffect {}

    /** The human who answered a pre-warm hears a soft tone, or the caller where the policy lets them. */
    record LetWait(String leg) implements HandoffEffect {}

    /** Say {@link HandoffEvent.UtteranceEnded} when the agent's queue has been played. */
    record AwaitUtteranceEnd() implements HandoffEffect {}

    /** The caller hears this leg from its next packet on. */
    record Switch(String leg) implements HandoffEffect {}

    /** The leg that was switched to came to nothing: the caller goes on hearing what it heard. */
    record Unswitch() implements HandoffEffect {}

    record Start(HandoffTimer timer, String leg, long ms) implements HandoffEffect {}

    record Stop(HandoffTimer timer, String leg) implements HandoffEffect {}

    /** Everyone concerned is told how it stands. */
    record Tell(HandoffState state, Reason reason) implements HandoffEffect {}

    /** Why a leg is dropped. */
    enum Why {
        ANSWERED_ELSEWHERE,
        NO_ANSWER,
        NO_MEDIA,
        LET_GO,
        CALLER_GONE,
        GIVEN_BACK
    }

    /** Where a human stands in the line afterwards. */
    enum Afterwards {
        SAME_PLACE,
        END_OF_LINE,
        UNANSWERED
    }
}
