package io.segue.policy;

import io.segue.handoff.Reason;

/** What a policy makes of a signal. */
public sealed interface Decision {
    /**
     * The agent goes on.
     *
     * @param good whether the turn was a confident one, which counts toward letting a pre-warmed human go
     */
    record Carry(boolean good) implements Decision {}

    /** A human is got ready, without the caller or the agent knowing. */
    record Prewarm(Reason reason, String detail) implements Decision {}

    /** The call goes to a human. */
    record HandOff(Reason reason, String detail) implements Decision {}
}
