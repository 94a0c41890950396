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

    /**
     * A human is got ready, without the caller or the agent knowing.
     *
     * @param detail what of the policy said so: {@code rule <id>}, or the field and the figure
     * @param whom who it is to be, as far as the rule, or the turn's intent, says
     */
    record Prewarm(Reason reason, String detail, Whom whom) implements Decision {}

    /**
     * The call goes to a human.
     *
     * @param detail what of the policy said so: {@code rule <id>}, or the field and the figure
     * @param whom who it is to be, as far as the rule, or the turn's intent, says
     */
    record HandOff(Reason reason, String detail, Whom whom) implements Decision {}
}
