package io.segue.sip.transaction;

/** One connection of this process; numbers are never used again. Means nothing to another process. */
public record ConnectionId(long number) {
    @Override
    public String toString() {
        return "connection-" + number;
    }
}
