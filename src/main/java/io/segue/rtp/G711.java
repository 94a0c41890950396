package io.segue.rtp;

import java.nio.ByteBuffer;

/**
 * ITU-T G.711: both laws to 16-bit linear and back, and from one law to the other by table. Octets are as on the wire: mu-law inverted, A-law with its even bits
 * inverted.
 */
public final class G711 {
    private static final int ULAW_BIAS = 132;
    private static final int ULAW_CLIP = 32635;
    private static final short[] ULAW_LINEAR = new short[256];
    private static final short[] ALAW_LINEAR = new short[256];
    private static final byte[] ULAW_ALAW = new byte[256];
    private static final byte[] ALAW_ULAW = new byte[256];

    static {
        for (int octet = 0; octet < 256; octet++) {
            ULAW_LINEAR[octet] = expandUlaw(octet);
            ALAW_LINEAR[octet] = expandAlaw(octet);
        }
        for (int octet = 0; octet < 256; octet++) {
            ULAW_ALAW[octet] = alaw(ULAW_LINEAR[octet]);
            ALAW_ULAW[octet] = ulaw(ALAW_LINEAR[octet]);
        }
    }

    private G711() {}

    /** The 16-bit sample of an octet. */
    public static short linear(Law law, byte octet) {
        return (law == Law.ULAW ? ULAW_LINEAR : ALAW_LINEAR)[octet & 0xFF];
    }

    /** The octet nearest to a 16-bit sample. */
    public static byte encode(Law law, int sample) {
        return law == Law.ULAW ? ulaw(sample) : alaw(sample);
    }

    /** The octet of the other law. */
    public static byte convert(Law from, Law to, byte octet) {
        return from == to ? octet : table(from)[octet & 0xFF];
    }

    /** Converts octets where they are. */
    public static void convert(Law from, Law to, ByteBuffer buffer, int offset, int length) {
        if (from == to) {
            return;
        }
        byte[] table = table(from);
        for (int i = offset; i < offset + length; i++) {
            buffer.put(i, table[buffer.get(i) & 0xFF]);
        }
    }

    /** Converts octets where they are. */
    public static void convert(Law from, Law to, byte[] buffer, int offset, int length) {
        if (from == to) {
            return;
        }
        byte[] table = table(from);
        for (int i = offset; i < offset + length; i++) {
            buffer[i] = table[buffer[i] & 0xFF];
        }
    }

    private static byte[] table(Law from) {
        return from == Law.ULAW ? ULAW_ALAW : ALAW_ULAW;
    }

    private static short expandUlaw(int octet) {
        int code = ~octet & 0xFF;
        int segment = (code >> 4) & 7;
        int magnitude = ((((code & 0x0F) << 3) + ULAW_BIAS) << segment) - ULAW_BIAS;
        return (short) ((code & 0x80) != 0 ? -magnitude : magnitude);
    }

    private static short expandAlaw(int octet) {
        int code = (octet ^ 0x55) & 0xFF;
        int segment = (code >> 4) & 7;
        int magnitude = ((code & 0x0F) << 4) + 8;
        if (segment > 0) {
            magnitude = (magnitude + 256) << (segment - 1);
        }
        return (short) ((code & 0x80) != 0 ? magnitude : -magnitude);
    }

    private static byte ulaw(int sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs(sample), ULAW_CLIP) + ULAW_BIAS;
        int segment = 24 - Integer.numberOfLeadingZeros(magnitude);
        int code = sign | (segment << 4) | ((magnitude >> (segment + 3)) & 0x0F);
        return (byte) ~code;
    }

    private static byte alaw(int sample) {
        int sign = sample < 0 ? 0 : 0x80;
        // The law has no zero: magnitudes are of 13 bits, and a negative one starts at -1.
        int magnitude = Math.min(sample < 0 ? -sample - 1 : sample, 32767) >> 4;
        int segment = Math.max(0, 28 - Integer.numberOfLeadingZeros(magnitude));
        int code = segment < 2 ? magnitude & 0x1F : (segment << 4) | ((magnitude >> (segment - 1)) & 0x0F);
        return (byte) ((sign | code) ^ 0x55);
    }
}
