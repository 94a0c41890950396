package io.segue.insight;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What figures are grouped by. Days and weeks (from Monday) are those of the call's answer, in UTC. */
public enum By {
    AGENT,
    /** The agent's version; versions of several agents are told apart by {@link #AGENT} beside it. */
    VERSION,
    /** Current or canary. */
    POLICY,
    /** An intent that the caller had; a call with two is in both groups. */
    INTENT,
    /** Of a handoff: the queue that was asked; of a call: that of its last handoff. */
    QUEUE,
    WEEK,
    DAY;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<By> of(String text) {
        return Arrays.stream(values()).filter(by -> by.wire().equals(text)).findFirst();
    }
}
