package io.segue.webhook;

/**
 * Bounds of what is pushed.
 *
 * @param triesMax how often one push is tried
 * @param ageMaxMs how long after it was made a push is still tried
 * @param timeoutMs how long one try may take
 * @param backoffFirstMs before the second try; doubles each time
 * @param backoffMaxMs between later tries at most
 * @param waitingMax pushes not done yet; one more is dropped
 * @param underWayMax tries at a time
 * @param bodyBytesMax a larger push is dropped
 */
public record Limits(
        int triesMax,
        long ageMaxMs,
        long timeoutMs,
        long backoffFirstMs,
        long backoffMaxMs,
        int waitingMax,
        int underWayMax,
        int bodyBytesMax) {
    public static Limits defaults() {
        return new Limits(8, 600_000, 5_000, 500, 60_000, 1_000, 8, 1 << 20);
    }
}
