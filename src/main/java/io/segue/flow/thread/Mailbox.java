package io.segue.flow.thread;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A call's steps, one after the other on its thread; bounded, since a peer must not be able to fill the memory. */
public final class Mailbox {
    private final CallThread thread;
    private final int max;
    private final Runnable full;
    private final Consumer<Throwable> fault;
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * @param full called, on the poster's thread, for each step that finds no room
     * @param fault called, on the call's thread, when a step throws: a bug, which ends this call alone
     */
    public Mailbox(CallThread thread, int max, Runnable full, Consumer<Throwable> fault) {
        this.thread = thread;
        this.max = max;
        this.full = full;
        this.fault = fault;
    }

    public CallThread thread() {
        return thread;
    }

    /** Whether the step was taken; on the call's own thread too it waits for those before it. */
    public boolean post(Runnable step) {
        if (waiting.incrementAndGet() > max) {
            waiting.decrementAndGet();
            full.run();
            return false;
        }
        thread.execute(() -> {
            waiting.decrementAndGet();
            guarded(step);
        });
        return true;
    }

    /** Runs a step that came on the call's thread already. */
    public void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            fault.accept(e);
        }
    }
}
