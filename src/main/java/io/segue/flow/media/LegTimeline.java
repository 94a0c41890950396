package io.segue.flow.media;

/**
 * Where the stream to a leg's peer stands (RFC 3550 5.1), so that another gateway could go on with it.
 *
 * @param ssrc as an unsigned number of 32 bits
 * @param sequence of the packet sent last, 0 to 65535
 * @param timestamp of the packet sent last, unsigned, 8 kHz
 */
public record LegTimeline(long ssrc, int sequence, long timestamp) {}
