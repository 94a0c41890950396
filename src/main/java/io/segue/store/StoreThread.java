package io.segue.store;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The one thread that owns the state of this package. A task that fails is logged and harms no other. */
final class StoreThread implements Executor {
    private static final Logger LOG = Logger.getLogger(StoreThread.class);

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("segue-store").factory());

    StoreThread() {
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void execute(Runnable task) {
        try {
            executor.execute(() -> safely(task));
        } catch (RejectedExecutionException closed) {
            LOG.debug("The store is closed");
        }
    }

    void after(long delayMs, Runnable task) {
        try {
            var unused = executor.schedule(() -> safely(task), delayMs, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("The store is closed");
        }
    }

    void every(long periodMs, Runnable task) {
        var unused = executor.scheduleWithFixedDelay(() -> safely(task), periodMs, periodMs, TimeUnit.MILLISECONDS);
    }

    /** Runs what has been handed over, then ends. */
    void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(2, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static void safely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("A task of the store failed", e);
        }
    }
}
