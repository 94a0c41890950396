package io.segue.net;

/**
 * Limits of the SIP listeners.
 *
 * @param messageBytesMax longest message taken from a connection; past it 513 and the connection is closed
 * @param datagramBytesMax longest datagram taken, at most 65535, which RFC 3261, 18.1.1 asks for; past a smaller one it is dropped
 * @param connectionsMax TCP connections at once, in and out; past it a new one is closed at once
 * @param strangerConnectionsMax how many of them may be from addresses that are neither trunk, human nor proxy
 * @param unsentBytesMax what may wait for a peer that does not read; past it the connection is closed
 * @param idleMs a connection without traffic is closed
 * @param firstMessageMs one of a stranger that has not brought an admitted message by then, too
 * @param connectMs how long a connection may take to come up
 * @param registersPerMinuteMax REGISTERs taken from an address that has no binding yet, IPv6 by its /64
 * @param registersPerSecondMax REGISTERs taken from all such addresses together
 * @param registerSourcesMax addresses remembered for that
 * @param calledPeersMax addresses remembered that we have called, and that may therefore send what belongs to a dialog
 * @param datagramBufferBytes receive buffer asked of the system for the UDP socket
 */
public record Limits(
        int messageBytesMax,
        int datagramBytesMax,
        int connectionsMax,
        int strangerConnectionsMax,
        int unsentBytesMax,
        int idleMs,
        int firstMessageMs,
        int connectMs,
        int registersPerMinuteMax,
        int registersPerSecondMax,
        int registerSourcesMax,
        int calledPeersMax,
        int datagramBufferBytes) {

    public Limits {
        if (datagramBytesMax < 1 || datagramBytesMax > 65_535) {
            throw new IllegalArgumentException("a datagram has 1 to 65535 bytes, not " + datagramBytesMax);
        }
    }

    public static Limits defaults() {
        return new Limits(
                65_535,
                65_535,
                10_000,
                1_000,
                262_144,
                600_000,
                10_000,
                3_000,
                120,
                200,
                10_000,
                10_000,
                4 * 1024 * 1024);
    }
}
