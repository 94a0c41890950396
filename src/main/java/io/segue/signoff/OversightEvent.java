package io.segue.signoff;

import io.segue.turn.Turn;

/** What happens between an agent and the people who decide. */
public sealed interface OversightEvent {
    /** The agent asks leave to do something. */
    record ActionAsked(Action action) implements OversightEvent {}

    /** The agent says that it has been done. */
    record ActionDone(Action action) implements OversightEvent {}

    /** The agent asks leave to say something. */
    record TurnProposed(Turn turn) implements OversightEvent {}

    /** The agent says that it has said something. */
    record TurnSpoken(Turn turn) implements OversightEvent {}

    /**
     * Somebody decides.
     *
     * @param ref names whoever waits for the answer
     */
    record Decide(String request, Decision decision, String ref) implements OversightEvent {}

    /** The claimed decision is in the audit trail. */
    record Written(String request) implements OversightEvent {}

    /** The claimed decision could not be written there. */
    record NotWritten(String request) implements OversightEvent {}

    /** The request's deadline has come, or a decision of ours is tried again. */
    record Late(String request) implements OversightEvent {}

    /** Nobody is left to be told: the agent has been let go, or the call is over. */
    record Over() implements OversightEvent {}
}
