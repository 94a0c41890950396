package io.segue.media;

/**
 * The media plane's figures, for metrics.
 *
 * @param legs open now
 * @param portsUsed pairs in use
 * @param portsFree pairs that could be taken now
 * @param browsers browsers' legs among them
 * @param portShortages how often there was none
 * @param backlogBytes agent audio held now
 * @param soundsUnknown how often a sound was asked for that there is not
 * @param crossingsDropped packets that gave way to newer ones on a way to another loop that was full
 * @param strangers RTP and RTCP packets dropped because they came from an address that is not the peer's
 * @param reception how the peers of closed legs were received
 * @param eventsBehind events that found the way to a call thread full and waited behind it
 * @param digitsDropped digits of peers that found it full
 * @param failures bugs that showed themselves on a loop
 * @param oldestTurnNanos how long ago the loop that turned least lately did
 */
public record MediaCounters(
        int legs,
        int portsUsed,
        int portsFree,
        int browsers,
        long portShortages,
        long backlogBytes,
        long soundsUnknown,
        long crossingsDropped,
        long strangers,
        Reception reception,
        long eventsBehind,
        long digitsDropped,
        long failures,
        long oldestTurnNanos) {

    /**
     * What came of the peers' RTP, over all legs that are closed and had any.
     *
     * @param legs how many
     * @param packets RTP packets taken
     * @param lost packets missing from their sequences (RFC 3550, A.3)
     * @param jitterMicros the sum of the jitter that each ended with (RFC 3550, A.8), in microseconds
     */
    public record Reception(long legs, long packets, long lost, long jitterMicros) {}
}
