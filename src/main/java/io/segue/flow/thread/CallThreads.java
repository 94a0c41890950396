package io.segue.flow.thread;

/** The signalling threads; calls are spread over them. */
@FunctionalInterface
public interface CallThreads {
    /** The thread for the next call, in turn. */
    CallThread next();
}
