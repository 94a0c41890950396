package io.segue.archive;

/**
 * @param waitingMax entries that may wait to be written
 * @param waitingBytesMax what they may take together, by {@link Weight}
 * @param timeoutMs how long somebody waits for an entry that has to be written first
 * @param batchMax entries in one transaction
 * @param bodyBytesMax of an entry's body; a larger one is replaced by its size and its SHA-256
 * @param headsMs how often heads are signed
 * @param headsMax heads of other nodes in one entry
 */
public record AuditLimits(
        int waitingMax,
        long waitingBytesMax,
        int timeoutMs,
        int batchMax,
        int bodyBytesMax,
        int headsMs,
        int headsMax) {
    public static AuditLimits defaults() {
        return new AuditLimits(10_000, 64L << 20, 2_000, 500, 256 * 1024, 60_000, 1_000);
    }
}
