package io.segue.policy;

import io.segue.turn.Turn;
import org.jspecify.annotations.Nullable;

/** Something that may send a call to a human. */
public sealed interface Signal {
    /** A turn was reported. */
    record TurnSaid(Turn turn) implements Signal {}

    /** The caller pressed a digit; {@code pressed} holds the latest ones, newest last. */
    record DigitsPressed(String pressed) implements Signal {}

    /** Neither side has made a sound for so long. */
    record CallerQuiet(long seconds) implements Signal {}

    /** The agent has owed an answer for so long. */
    record AgentQuiet(long seconds) implements Signal {}

    /** The agent asks for a human itself. */
    record AgentAsked(@Nullable String reason) implements Signal {}
}
