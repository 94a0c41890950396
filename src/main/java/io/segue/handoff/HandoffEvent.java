package io.segue.handoff;

import java.util.List;

/** What can happen to a handoff. */
public sealed interface HandoffEvent {
    /** A pre-warmed handoff is wanted now. */
    record Requested(Reason reason, String detail) implements HandoffEvent {}

    /** These humans are ours; the answer to the {@link HandoffEffect.Reserve} of that round. */
    record Reserved(String handoff, int round, List<String> humans) implements HandoffEvent {}

    record NoneFree(String handoff, int round) implements HandoffEvent {}

    /** Somebody of the queue may have come free. */
    record SomebodyFree() implements HandoffEvent {}

    record LegRinging(String leg) implements HandoffEvent {}

    record LegAnswered(String leg) implements HandoffEvent {}

    /** The phone refused, could not be reached, or its cancelled call has ended. */
    record LegFailed(String leg, Reason why, String evidence) implements HandoffEvent {}

    /** The human's first RTP packet has come. */
    record LegHeard(String leg) implements HandoffEvent {}

    /** An answered phone hung up. */
    record LegGone(String leg, String evidence) implements HandoffEvent {}

    /** The caller hears the human: T4. */
    record Switched(String leg, long at) implements HandoffEvent {}

    /** What the agent had queued has been played, or there is no agent. */
    record UtteranceEnded() implements HandoffEvent {}

    record Expired(HandoffTimer timer, String leg) implements HandoffEvent {}

    /** A pre-warmed human is not needed. */
    record LetGo() implements HandoffEvent {}

    /** The call is over, by the caller or by an order. */
    record CallerGone(Reason why) implements HandoffEvent {}

    /** The caller has waited as long as it may. */
    record WaitedTooLong() implements HandoffEvent {}

    /** The human gives the caller back. */
    record GivenBack() implements HandoffEvent {}
}
