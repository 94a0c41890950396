package io.segue.it;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for something to be so, for as long as a slow machine may need. */
final class Await {
    static final long SECONDS = 20;
    private static final long STEP_MS = 20;

    private Await() {}

    /** Fails with what was waited for when it does not become so. */
    static void until(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!condition.call()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(what + " did not become so within " + SECONDS + " s");
            }
            TimeUnit.MILLISECONDS.sleep(STEP_MS);
        }
    }
}
