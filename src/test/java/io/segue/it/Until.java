package io.segue.it;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what has to come, no longer than a slow machine needs. */
final class Until {
    static final long DEADLINE_SECONDS = 20;

    private Until() {}

    /** Something that can be looked at, unless looking fails. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    /** Waits until it is so, or fails with what was waited for. */
    static void holds(String what, Condition condition) {
        holds(what, DEADLINE_SECONDS, condition);
    }

    /** The same for what takes longer. */
    static void holds(String what, long seconds, Condition condition) {
        found(what, seconds, () -> isSo(what, condition) ? Optional.of(true) : Optional.empty());
    }

    private static boolean isSo(String what, Condition condition) {
        try {
            return condition.holds();
        } catch (Exception e) {
            throw new AssertionError(what + " could not be looked at", e);
        }
    }

    /** Waits until there is one. */
    static <T> T found(String what, Supplier<Optional<T>> search) {
        return found(what, DEADLINE_SECONDS, search);
    }

    private static <T> T found(String what, long seconds, Supplier<Optional<T>> search) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            Optional<T> found = search.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("waited " + seconds + " s in vain: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
