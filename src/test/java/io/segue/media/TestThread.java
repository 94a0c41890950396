package io.segue.media;

import io.segue.flow.thread.CallThread;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A call's thread for tests. */
final class TestThread implements CallThread, AutoCloseable {
    final AtomicLong tasks = new AtomicLong();
    private volatile boolean closed;
    // Handing over allocates nothing, so that a test may count what the loops allocate.
    private final ArrayBlockingQueue<Runnable> mailbox = new ArrayBlockingQueue<>(100_000);
    private final Thread thread = Thread.ofPlatform().daemon().name("test-call").start(this::work);
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

    private void work() {
        try {
            while (!closed) {
                mailbox.take().run();
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    @Override
    public void execute(Runnable task) {
        tasks.incrementAndGet();
        mailbox.add(task);
    }

    @Override
    public Timer schedule(long delayMs, Runnable task) {
        ScheduledFuture<?> future = executor.schedule(() -> execute(task), delayMs, TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        executor.shutdownNow();
    }
}
