package io.segue.it;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what has to come, no longer than a slow machine needs. */
final class Until {
    static final long DEADLINE_SECONDS = 20;

    private Until() {}

    /** Waits until it is so, or fails with what was waited for. */
    static void holds(String what, BooleanSupplier condition) {
        found(what, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** Waits until there is one. */
    static <T> T found(String what, Supplier<Optional<T>> search) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (true) {
            Optional<T> found = search.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("waited " + DEADLINE_SECONDS + " s in vain: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
