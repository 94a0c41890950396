package io.segue.flow.thread;

/**
 * The one thread a call's steps, its timers and its agent's socket run on. A call is bound to it at its start and stays.
 */
public interface CallThread {
    /** Runs the task on this thread, after those handed over before it. Safe from any thread. */
    void execute(Runnable task);

    /** Runs the task on this thread once {@code delayMs} milliseconds have passed. Safe from any thread. */
    Timer schedule(long delayMs, Runnable task);

    /** Whether the caller is on this thread now. */
    boolean isCurrent();

    /** A task that has been put off. */
    interface Timer {
        /** Takes the task back; does nothing when it has run. */
        void cancel();
    }
}
