package io.segue.store;

import java.util.function.LongSupplier;

/** The time as Redis counts it, also while it is away. Used on the store's thread. */
final class DeskClock {
    private final LongSupplier clockMs;
    private long aheadMs;
    private long lastUs;

    /** @param clockMs the clock on this gateway's wall */
    DeskClock(LongSupplier clockMs) {
        this.clockMs = clockMs;
    }

    /** What Redis says it is now, in Unix milliseconds. */
    void redisSays(long ms) {
        aheadMs = ms - clockMs.getAsLong();
    }

    /** Unix milliseconds. */
    long nowMs() {
        return clockMs.getAsLong() + aheadMs;
    }

    /** Unix microseconds, no two the same: places in the line are to differ. */
    long nowUs() {
        lastUs = Math.max(lastUs + 1, nowMs() * 1000);
        return lastUs;
    }
}
