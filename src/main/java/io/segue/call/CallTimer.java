package io.segue.call;

/** What a call waits for. */
public enum CallTimer {
    /** Neither side has made a sound. */
    CALLER_SILENCE,
    /** The agent owes the caller an answer. */
    AGENT_SILENCE,
    /** A pre-warmed human is let go after this. */
    PREWARM,
    /** The next try to reach a dead agent. */
    RECONNECT,
    /** A caller without an agent is kept no longer than this. */
    MAX_WAIT,
    /** What the agent has queued is played before we hang up, but no longer than this. */
    DRAIN
}
