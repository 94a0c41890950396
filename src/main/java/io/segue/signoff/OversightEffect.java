package io.segue.signoff;

import io.segue.handoff.Reason;
import io.segue.turn.Turn;
import org.jspecify.annotations.Nullable;

/** What has to be done about it, in order. */
public sealed interface OversightEffect {
    /** People are asked: it is shown, written down, and its deadline runs. */
    record Ask(Request request) implements OversightEffect {}

    /** The decision has to be in the audit trail before it takes effect; then {@code Written} or {@code NotWritten} is said. */
    record Write(Request request, Decision decision) implements OversightEffect {}

    /** It is decided: the agent is told, and it is shown and written down. */
    record Tell(Request request, Decision decision) implements OversightEffect {}

    /** The agent asked again for what is decided: it alone is told again. */
    record Repeat(Request request, Decision decision) implements OversightEffect {}

    /** Whoever decided is told what came of it. */
    record Reply(String ref, Answer answer) implements OversightEffect {}

    /** {@code Late} is to be said once more after {@link OversightStep#AGAIN_MS}. */
    record Again(Request request) implements OversightEffect {}

    /** Whether the caller is owed the filler when the agent is mute: it waits for people. */
    record Hold(boolean held) implements OversightEffect {}

    /** The turn has been said, or may be: it belongs to the transcript. */
    record Said(Turn turn) implements OversightEffect {}

    /** The agent has done what it may do: it belongs to the trail. */
    record Done(Action action, @Nullable Request request) implements OversightEffect {}

    /**
     * The agent went past people.
     *
     * @param subject the agent's id of the action or turn
     * @param detail what it did, in a sentence
     */
    record Violation(Request.Kind kind, String subject, String detail) implements OversightEffect {}

    /** A human is to take the call. */
    record HandOff(Reason reason, String detail) implements OversightEffect {}

    /** The agent is told that it cannot be taken so. */
    record Complain(String code, String message) implements OversightEffect {}

    /** What comes of a decision. */
    sealed interface Answer {
        /** It holds, and the agent has been told. */
        record Decided(Request request) implements Answer {}

        /** Somebody else was first. */
        record Taken(Request request, Decision first) implements Answer {}

        /** It could not be written to the audit trail: the request waits on. */
        record NotWritten() implements Answer {}

        /** There is no such request on this call. */
        record Unknown() implements Answer {}
    }
}
