package io.segue.flow.media;

import io.segue.rtp.Law;
import java.nio.ByteBuffer;

/**
 * Takes both sides of a leg's audio as it passes: one packet at a time, on the loop that owns the leg. It copies what it wants and returns at once; it neither waits nor allocates. Telephone-events are
 * no audio.
 */
public interface LegTap {
    /**
     * The leg's peer has said this.
     *
     * @param from holds the packet's payload only for the duration of the call
     * @param timestamp of the packet, 8 kHz
     */
    void said(Law law, ByteBuffer from, int offset, int length, int ssrc, int timestamp, long atNanos);

    /** The leg's peer is sent this, whoever says it. */
    void sent(Law law, ByteBuffer from, int offset, int length, int ssrc, int timestamp, long atNanos);
}
