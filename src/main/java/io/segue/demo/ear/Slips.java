package io.segue.demo.ear;

/**
 * How late a generator's own clock was, so that what it broke itself is not blamed on the gateway. Keeps the latest slips of a millisecond and more.
 */
public final class Slips {
    private static final int KEPT = 1 << 15;
    private static final long WORTH_KEEPING = 1_000_000;

    private final long[] at = new long[KEPT];
    private final long[] late = new long[KEPT];
    private int count;

    /** Something due {@code lateNanos} ago is done at {@code nowNanos}. */
    public void note(long nowNanos, long lateNanos) {
        if (lateNanos >= WORTH_KEEPING) {
            synchronized (this) {
                at[count % KEPT] = nowNanos;
                late[count % KEPT] = lateNanos;
                count++;
            }
        }
    }

    /** The worst slip that touches a stretch of time, in milliseconds. */
    public synchronized double worstMs(long fromNanos, long toNanos) {
        long worst = 0;
        for (int i = 0; i < Math.min(count, KEPT); i++) {
            if (at[i] - fromNanos >= 0 && at[i] - late[i] - toNanos <= 0) {
                worst = Math.max(worst, late[i]);
            }
        }
        return worst / 1e6;
    }
}
