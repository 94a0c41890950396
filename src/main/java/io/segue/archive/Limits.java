package io.segue.archive;

/**
 * @param threads threads that run JDBC
 * @param waitingMax pieces of work that may wait for a thread
 * @param callsWaitingMax ended calls that may wait while PostgreSQL is away; one more is found again in the store
 * @param batchMax calls in one transaction
 * @param probeMs how often it is asked whether PostgreSQL is there
 * @param reconcileMax how many of the store's newest calls are compared with the archive
 */
public record Limits(int threads, int waitingMax, int callsWaitingMax, int batchMax, int probeMs, int reconcileMax) {
    public static Limits defaults() {
        return new Limits(4, 1_000, 2_000, 50, 1_000, 200_000);
    }
}
