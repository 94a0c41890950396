package io.segue.flow;

import io.segue.audit.Actor;
import io.segue.call.Supervision;
import io.segue.turn.Turn;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The calls, as the outside sees and steers them. Documents have the shape of the REST interface. */
public interface Calls {
    CompletionStage<List<Map<String, Object>>> list(int atMost);

    /** When each of some agents took its newest call, over all gateways: Unix milliseconds by the agent's id; those are left out of which none is known. */
    CompletionStage<Map<String, Long>> lastCalls(Collection<String> agents);

    CompletionStage<Optional<Map<String, Object>>> get(String callId);

    CompletionStage<Optional<Map<String, Object>>> bySipCallId(String sipCallId);

    /** What the human is shown. */
    CompletionStage<Optional<Map<String, Object>>> context(String callId);

    /** Brings a human to the caller; where a human has the caller, another one. */
    CompletionStage<Reply> handoff(String callId, HandoffOrder order);

    /** Gives the caller back to the agent. */
    CompletionStage<Reply> giveBack(String callId, @Nullable String note);

    CompletionStage<Reply> hangUp(String callId);

    /** Lets a supervisor listen in, whisper or barge in, or changes between them; a call has one supervisor at a time. */
    CompletionStage<Reply> supervise(String callId, SuperviseOrder order);

    /** Ends the supervision. */
    CompletionStage<Reply> dismissSupervisor(String callId, Actor by);

    /** Pauses the recording of a call, or goes on with it. */
    CompletionStage<Reply> record(String callId, boolean on);

    /** Adds a turn that somebody else transcribed, for instance of the human's stretch. */
    CompletionStage<Reply> addTurn(String callId, Turn turn);

    /** How many calls this gateway carries now. */
    int live();

    /**
     * An operator's wish for a human, or of a human who passes the caller on.
     *
     * @param sip a SIP URI outside, instead of a queue
     */
    record HandoffOrder(
            @Nullable String queue,
            @Nullable String sip,
            List<String> skills,
            @Nullable String note,
            @Nullable String by) {}

    /**
     * Who is to supervise, and how.
     *
     * @param human whose phone rings
     * @param by whose order it is
     */
    record SuperviseOrder(String human, Supervision.Mode mode, Actor by) {}

    /** What came of an order. */
    sealed interface Reply {
        /** It is being done; the document says what. */
        record Accepted(Map<String, Object> document) implements Reply {}

        record NoSuchCall() implements Reply {}

        /** The call is in no state for it; {@code why} says in which. */
        record Conflict(String why) implements Reply {}

        /** The call lives on another gateway, which did not take the order. */
        record Elsewhere(String owner) implements Reply {}
    }
}
