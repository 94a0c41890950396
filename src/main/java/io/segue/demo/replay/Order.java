package io.segue.demo.replay;

import org.jspecify.annotations.Nullable;

/**
 * How dialogues are replayed.
 *
 * @param agent the id that the agent gets at the gateway; what else is registered is called after it
 * @param calls at once, 1 to {@value #CALLS_MAX}
 * @param pauseMs between two turns, 0 to {@value #PAUSE_MS_MAX}
 * @param labels whether each prediction is labelled right or wrong once its call is over
 * @param threshold below which calls go to a person; none: the policy that the agent has at the gateway, and 0 for a new agent
 * @param keep whether what is registered stays
 */
public record Order(
        String agent,
        int calls,
        int pauseMs,
        boolean labels,
        @Nullable Double threshold,
        boolean keep) {
    public static final int CALLS_MAX = 500;
    public static final int PAUSE_MS_MAX = 60_000;
    public static final int CALLS = 50;
    public static final int PAUSE_MS = 20;
    public static final String AGENT = "replay";

    public Order {
        if (calls < 1 || calls > CALLS_MAX) {
            throw new IllegalArgumentException("--calls has to be 1 to " + CALLS_MAX + ", not " + calls);
        }
        if (pauseMs < 0 || pauseMs > PAUSE_MS_MAX) {
            throw new IllegalArgumentException("--speed has to be 0 to " + PAUSE_MS_MAX + ", not " + pauseMs);
        }
        if (threshold != null && !(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("--threshold has to be 0 to 1, not " + threshold);
        }
        if (!agent.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,47}")) {
            throw new IllegalArgumentException(
                    "--agent has to be 1 to 48 of A-Z a-z 0-9 . _ - and to start with a letter or digit, not " + agent);
        }
    }
}
