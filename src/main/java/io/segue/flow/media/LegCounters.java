package io.segue.flow.media;

/**
 * A leg's traffic since it was opened.
 *
 * @param packetsIn RTP packets taken from the peer
 * @param packetsOut RTP packets sent to the peer
 * @param lost packets missing from the peer's sequence (RFC 3550, A.3)
 * @param strangers packets dropped because they came from another address
 * @param late packets dropped because they were older than the base of their source
 * @param discardedAgentBytes agent audio that came after the switch or beyond the backlog
 * @param jitterMs interarrival jitter in milliseconds (RFC 3550, A.8)
 * @param roundTripMs round trip in milliseconds by RTCP, negative while unknown
 * @param refused packets dropped because they were neither RTP nor RTCP, or of a payload type that was not agreed on
 * @param tapDropped frames of 20 ms that the call's thread was too slow for
 * @param underruns packets of silence sent in the midst of the agent's audio
 */
public record LegCounters(
        long packetsIn,
        long packetsOut,
        long lost,
        long strangers,
        long late,
        long discardedAgentBytes,
        double jitterMs,
        double roundTripMs,
        long refused,
        long tapDropped,
        long underruns) {}
