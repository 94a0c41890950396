package io.segue.app;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Says when this process has used nearly all of the machine for a while: then new calls are refused, so that those it has do not suffer. It looks when it
 * is asked, at most once a second. Safe from any thread.
 */
final class CpuGate implements BooleanSupplier {
    private static final long LOOK_NANOS = 1_000_000_000L;
    private static final int HOT_LOOKS = 3;

    private final LongSupplier cpuNanos;
    private final LongSupplier nanos;
    private final double cpuMax;
    private final int cores;
    private long cpuAtLook;
    private long lookedAt;
    private int hot;

    /**
     * @param cpuNanos CPU time of the process so far
     * @param nanos the monotonic clock
     * @param cpuMax share of all cores, 0 to 1; three looks in a row above it and the gate closes
     */
    CpuGate(LongSupplier cpuNanos, LongSupplier nanos, double cpuMax, int cores) {
        if (!(cpuMax > 0 && cpuMax <= 1)) {
            throw new IllegalArgumentException("segue.calls.cpu-max has to be above 0 and at most 1, not " + cpuMax);
        }
        this.cpuNanos = cpuNanos;
        this.nanos = nanos;
        this.cpuMax = cpuMax;
        this.cores = cores;
        this.cpuAtLook = cpuNanos.getAsLong();
        this.lookedAt = nanos.getAsLong();
    }

    /** Whether no more calls should be taken. */
    @Override
    public synchronized boolean getAsBoolean() {
        long now = nanos.getAsLong();
        long passed = now - lookedAt;
        if (passed >= LOOK_NANOS) {
            long cpu = cpuNanos.getAsLong();
            double share = (double) (cpu - cpuAtLook) / passed / cores;
            cpuAtLook = cpu;
            lookedAt = now;
            hot = share > cpuMax ? hot + 1 : 0;
        }
        return hot >= HOT_LOOKS;
    }
}
