package io.segue.app;

import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/**
 * Says when so much waits to be written to Redis that what comes next might be lost: then new calls are refused. A Redis that is away for a short while
 * closes nothing.
 */
final class StoreGate implements BooleanSupplier {
    private final DoubleSupplier waiting;
    private final double waitingMax;

    /**
     * @param waiting share of what may wait, 0 to 1
     * @param waitingMax above it the gate is closed
     */
    StoreGate(DoubleSupplier waiting, double waitingMax) {
        if (!(waitingMax > 0 && waitingMax <= 1)) {
            throw new IllegalArgumentException(
                    "segue.calls.store-max has to be above 0 and at most 1, not " + waitingMax);
        }
        this.waiting = waiting;
        this.waitingMax = waitingMax;
    }

    /** Whether no more calls should be taken. */
    @Override
    public boolean getAsBoolean() {
        return waiting.getAsDouble() > waitingMax;
    }
}
