package io.segue.rtp.srtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in arrays, in network order, and the lengths of headers. */
final class Octets {
    static final int RTP_HEADER_BYTES = 12;
    /** What of an RTCP packet is never encrypted (RFC 3711 3.4). */
    static final int RTCP_HEADER_BYTES = 8;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private Octets() {}

    static int word(byte[] octets, int at) {
        return (int) INTS.get(octets, at);
    }

    static void putWord(byte[] octets, int at, int value) {
        INTS.set(octets, at, value);
    }

    static int half(byte[] octets, int at) {
        return (short) SHORTS.get(octets, at) & 0xFFFF;
    }

    /** Of an RTP packet with its CSRCs and its extension (RFC 3550 5.1), which stay readable; -1 where it is none. */
    static int rtpHeader(byte[] octets, int length) {
        if (length < RTP_HEADER_BYTES || (octets[0] & 0xC0) != 0x80) {
            return -1;
        }
        int header = RTP_HEADER_BYTES + 4 * (octets[0] & 0x0F);
        if ((octets[0] & 0x10) != 0) {
            if (length < header + 4) {
                return -1;
            }
            header += 4 + 4 * half(octets, header + 2);
        }
        return header <= length ? header : -1;
    }
}
