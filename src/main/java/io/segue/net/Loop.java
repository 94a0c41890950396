package io.segue.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/** One thread, one selector. Whatever goes wrong in a turn is counted and logged, and the next turn begins. */
final class Loop implements AutoCloseable {
    /** Attached to a selection key. */
    @FunctionalInterface
    interface Ready {
        void ready(long now) throws IOException;
    }

    /** What is done in each turn besides sockets and tasks. */
    interface Clockwork {
        /** Lets what is due happen. */
        void tick(long now);

        long nextDeadline();
    }

    private static final Logger LOG = Logger.getLogger(Loop.class);
    private static final long IDLE_TURN_MS = 1_000;
    private static final long AFTER_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long JOIN_MS = 5_000;

    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final LongAdder turnsFailed = new LongAdder();
    private final Thread thread;
    private final Clockwork clockwork;
    private volatile long lastTurn = now();
    private volatile boolean open;

    Loop(String name, Clockwork clockwork) {
        this.clockwork = clockwork;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("no selector for " + name, e);
        }
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    Selector selector() {
        return selector;
    }

    void start() {
        open = true;
        lastTurn = now();
        thread.start();
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Runs the task on the loop: at once when called there, in the next turn otherwise; never once it is closed. */
    void execute(Runnable task) {
        if (isCurrent()) {
            task.run();
        } else if (open) {
            later(task);
        }
    }

    /** Runs the task in the next turn. */
    void later(Runnable task) {
        tasks.add(task);
        if (woken.compareAndSet(false, true) && !isCurrent()) {
            selector.wakeup();
        }
    }

    Health health() {
        return new Health(open && thread.isAlive(), Math.max(0, now() - lastTurn), turnsFailed.sum());
    }

    private void run() {
        while (open) {
            try {
                turn();
            } catch (Throwable t) {
                // Also an OutOfMemoryError: a listener that dies of one message is deaf to all calls.
                failed(t);
                LockSupport.parkNanos(AFTER_FAILURE_NANOS);
            }
        }
    }

    private void turn() throws IOException {
        long now = now();
        lastTurn = now;
        long wait = tasks.isEmpty() ? Math.clamp(clockwork.nextDeadline() - now, 0, IDLE_TURN_MS) : 0;
        if (wait == 0) {
            selector.selectNow();
        } else {
            selector.select(wait);
        }
        woken.set(false);
        now = now();
        lastTurn = now;
        List<SelectionKey> ready = new ArrayList<>(selector.selectedKeys());
        selector.selectedKeys().clear();
        for (SelectionKey key : ready) {
            handle(key, now);
        }
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            guarded(task);
        }
        clockwork.tick(now());
    }

    private void handle(SelectionKey key, long now) {
        try {
            if (key.isValid() && key.attachment() instanceof Ready handler) {
                handler.ready(now);
            }
        } catch (Throwable t) {
            failed(t);
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable t) {
            failed(t);
        }
    }

    private void failed(Throwable t) {
        turnsFailed.increment();
        try {
            LOG.error("A turn of the SIP listeners failed; they go on", t);
        } catch (Throwable again) {
            // Nothing is left to tell it with; it has been counted.
            turnsFailed.increment();
        }
    }

    /** Ends the thread, after what waits has been done, and waits for it. */
    @Override
    public void close() {
        if (open) {
            later(() -> open = false);
        }
        boolean interrupted = false;
        while (thread.isAlive() && !isCurrent()) {
            try {
                thread.join(JOIN_MS);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        open = false;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            selector.close();
        } catch (IOException e) {
            LOG.debug("The selector did not close", e);
        }
    }
}
