package io.segue.rtp;

import java.nio.ByteBuffer;

/**
 * A view of an RTP packet in a buffer (RFC 3550, 5.1), to be wrapped around one packet after the other. Positions are absolute; the buffer's own position and limit
 * are left alone.
 */
public final class RtpPacket {
    /** The header without CSRCs and extension. */
    public static final int HEADER_BYTES = 12;

    private static final int VERSION = 2;

    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private int offset;
    private int payloadOffset;
    private int payloadLength;

    /**
     * Looks at a packet.
     *
     * @return false where the octets are not RTP: too short, another version, RTCP's packet types, or lengths that do not add up
     */
    public boolean wrap(ByteBuffer from, int start, int length) {
        if (length < HEADER_BYTES) {
            return false;
        }
        int first = from.get(start) & 0xFF;
        int second = from.get(start + 1) & 0xFF;
        // RFC 5761, 4: 192 to 223 in the second octet is RTCP.
        if (first >> 6 != VERSION || second >= 192 && second <= 223) {
            return false;
        }
        int head = HEADER_BYTES + 4 * (first & 0x0F);
        if ((first & 0x10) != 0) {
            if (head + 4 > length) {
                return false;
            }
            head += 4 + 4 * (from.getShort(start + head + 2) & 0xFFFF);
        }
        if (head > length) {
            return false;
        }
        int padding = 0;
        if ((first & 0x20) != 0) {
            padding = from.get(start + length - 1) & 0xFF;
            if (padding == 0 || head + padding > length) {
                return false;
            }
        }
        buffer = from;
        offset = start;
        payloadOffset = start + head;
        payloadLength = length - head - padding;
        return true;
    }

    /** Writes a header without CSRCs, extension and padding. */
    public static void writeHeader(
            ByteBuffer to, int at, int payloadType, boolean marker, int sequence, int timestamp, int ssrc) {
        to.put(at, (byte) (VERSION << 6));
        to.put(at + 1, (byte) (payloadType | (marker ? 0x80 : 0)));
        to.putShort(at + 2, (short) sequence);
        to.putInt(at + 4, timestamp);
        to.putInt(at + 8, ssrc);
    }

    public ByteBuffer buffer() {
        return buffer;
    }

    /** 0 to 127. */
    public int payloadType() {
        return buffer.get(offset + 1) & 0x7F;
    }

    public boolean marker() {
        return buffer.get(offset + 1) < 0;
    }

    /** 0 to 65535. */
    public int sequence() {
        return buffer.getShort(offset + 2) & 0xFFFF;
    }

    public int timestamp() {
        return buffer.getInt(offset + 4);
    }

    public int ssrc() {
        return buffer.getInt(offset + 8);
    }

    public int payloadOffset() {
        return payloadOffset;
    }

    public int payloadLength() {
        return payloadLength;
    }
}
