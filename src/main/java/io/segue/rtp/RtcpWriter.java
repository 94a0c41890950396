package io.segue.rtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Builds RTCP compound packets (RFC 3550, 6): a report, the CNAME, and a BYE where the stream ends. Writes at the buffer's position. */
public final class RtcpWriter {
    private RtcpWriter() {}

    /** An SR (6.4.1) with at most one block. */
    public static void senderReport(
            ByteBuffer to,
            int ssrc,
            long ntp,
            int rtpTimestamp,
            long packets,
            long octets,
            Rtcp.@Nullable ReportBlock block) {
        header(to, block == null ? 0 : 1, 200, block == null ? 6 : 12);
        to.putInt(ssrc).putLong(ntp).putInt(rtpTimestamp).putInt((int) packets).putInt((int) octets);
        block(to, block);
    }

    /** An RR (6.4.2) with at most one block. */
    public static void receiverReport(ByteBuffer to, int ssrc, Rtcp.@Nullable ReportBlock block) {
        header(to, block == null ? 0 : 1, 201, block == null ? 1 : 7);
        to.putInt(ssrc);
        block(to, block);
    }

    private static void block(ByteBuffer to, Rtcp.@Nullable ReportBlock block) {
        if (block != null) {
            to.putInt(block.ssrc())
                    .putInt((block.fractionLost() << 24) | (block.cumulativeLost() & 0xFFFFFF))
                    .putInt(block.extendedHighest())
                    .putInt(block.jitter())
                    .putInt(block.lastSr())
                    .putInt(block.delaySinceLastSr());
        }
    }

    /** An SDES with the CNAME alone (6.5.1). */
    public static void cname(ByteBuffer to, int ssrc, String cname) {
        byte[] text = cname.getBytes(StandardCharsets.UTF_8);
        // The item list ends with at least one null octet, and at a word.
        int items = (2 + text.length + 4) / 4 * 4;
        header(to, 1, 202, 1 + items / 4);
        to.putInt(ssrc).put((byte) 1).put((byte) text.length).put(text);
        for (int i = 2 + text.length; i < items; i++) {
            to.put((byte) 0);
        }
    }

    /** A BYE without a reason (6.6). */
    public static void bye(ByteBuffer to, int ssrc) {
        header(to, 1, 203, 1);
        to.putInt(ssrc);
    }

    private static void header(ByteBuffer to, int count, int type, int words) {
        to.put((byte) (0x80 | count)).put((byte) type).putShort((short) words);
    }
}
