package io.segue.flow.agent;

import io.segue.signoff.Action;
import io.segue.turn.Turn;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an agent's socket tells a call. After {@link Gone} nothing more comes. */
public sealed interface AgentEvent {
    /** The handshake is done and {@code start} has been sent. */
    record Opened() implements AgentEvent {}

    /** The first audio of this agent has come. */
    record FirstAudio() implements AgentEvent {}

    /** The socket is gone, or never came to be. Not sent after our own close. */
    record Gone(Cause cause, String detail) implements AgentEvent {}

    /** A turn was said; its fields are within their ranges. */
    record Said(Turn turn) implements AgentEvent {}

    /** The agent asks for a human. */
    record HandoffAsked(
            @Nullable String reason,
            @Nullable String queue,
            List<String> skills,
            int priority,
            @Nullable String summary,
            Map<String, Object> context)
            implements AgentEvent {}

    /** The agent asks leave to do something. */
    record ActionAsked(Action action) implements AgentEvent {}

    /** The agent says that it has done something. */
    record ActionDone(Action action) implements AgentEvent {}

    /** The agent asks that digits be sent to the caller. */
    record DigitsAsked(String digits) implements AgentEvent {}

    /** The agent cleared its queue; told so that the call knows, the queue has been emptied already. */
    record Cleared() implements AgentEvent {}

    /** Why a socket is gone. */
    enum Cause {
        /** The handshake was refused: DNS, TCP, TLS or an HTTP status. */
        REFUSED,
        /** No handshake within the connect timeout, or no audio within the first-audio timeout. */
        LATE,
        /** The agent closed it, or it broke. */
        CLOSED,
        /** No pong, or nothing at all, within the ping timeout. */
        SILENT,
        /** The agent does not read: five seconds of frames were waiting. */
        SLOW,
        /** It sent what cannot be taken: a frame over the limit (1009), or too many malformed ones. */
        MISBEHAVED
    }
}
