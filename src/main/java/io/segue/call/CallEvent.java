package io.segue.call;

import io.segue.handoff.HandoffEvent;
import io.segue.handoff.Reason;
import io.segue.turn.Turn;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can happen to a call once the caller has been answered. */
public sealed interface CallEvent {
    /** The caller's call has been answered: the first event. */
    record Answered() implements CallEvent {}

    /** The agent's socket is open. */
    record AgentUp() implements CallEvent {}

    /** The agent's socket is gone, or never came to be. */
    record AgentDown(Reason why, String detail) implements CallEvent {}

    record Said(Turn turn) implements CallEvent {}

    /** A turn that somebody else transcribed; it decides nothing. */
    record TurnAdded(Turn turn) implements CallEvent {}

    record AgentAsked(
            @Nullable String reason,
            @Nullable String queue,
            List<String> skills,
            int priority,
            @Nullable String summary,
            Map<String, Object> context)
            implements CallEvent {}

    /**
     * Somebody wants a human, or another one, for the caller.
     *
     * @param sip a phone or a contact centre outside, instead of a queue
     */
    record OperatorAsked(
            @Nullable String queue,
            @Nullable String sip,
            List<String> skills,
            @Nullable String note) implements CallEvent {}

    /** The agent is not sure to be let speak, or is again: people are asked. */
    record AgentHeld(boolean held) implements CallEvent {}

    /** What the agent did, or what nobody answered, calls for a human. */
    record PeopleAsked(Reason reason, String detail) implements CallEvent {}

    record Digit(char digit) implements CallEvent {}

    record CallerTalking(boolean speaking) implements CallEvent {}

    record AgentPlaying(boolean playing) implements CallEvent {}

    /** The human put the caller on hold, or took it back. */
    record HumanHolds(boolean holding) implements CallEvent {}

    record GiveBack(@Nullable String note) implements CallEvent {}

    /** @param why {@link Reason#OPERATOR_HUNG_UP} or {@link Reason#TIME_LIMIT} */
    record HangUp(Reason why) implements CallEvent {}

    /** The gateway goes away: nothing is waited for. */
    record Shutdown() implements CallEvent {}

    /** The announcement has been played. */
    record AnnouncementEnded() implements CallEvent {}

    /** The caller hung up, or its leg is lost. */
    record CallerGone(String detail) implements CallEvent {}

    record Expired(CallTimer timer) implements CallEvent {}

    record OfHandoff(HandoffEvent event) implements CallEvent {}
}
