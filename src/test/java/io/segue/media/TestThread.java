package io.segue.media;

import io.segue.flow.CallThread;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A call's thread for tests. */
final class TestThread implements CallThread, AutoCloseable {
    final AtomicLong tasks = new AtomicLong();
    private volatile Thread thread = Thread.currentThread();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = Thread.ofPlatform().daemon().name("test-call").unstarted(task);
        thread = made;
        return made;
    });

    @Override
    public void execute(Runnable task) {
        tasks.incrementAndGet();
        executor.execute(task);
    }

    @Override
    public Timer schedule(long delayMs, Runnable task) {
        ScheduledFuture<?> future = executor.schedule(task, delayMs, TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
