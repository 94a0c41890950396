package io.segue.demo.ear;

/** G.711 decoding and encoding (ITU-T G.711), written for the checker; linear samples are 16 bit. */
public final class G711 {
    private static final short[] MULAW = new short[256];
    private static final short[] ALAW = new short[256];
    private static final byte[] MULAW_TO_ALAW = new byte[256];

    static {
        for (int code = 0; code < 256; code++) {
            MULAW[code] = (short) expandMulaw(code);
            ALAW[code] = (short) expandAlaw(code);
        }
        for (int code = 0; code < 256; code++) {
            MULAW_TO_ALAW[code] = nearest(ALAW, MULAW[code]);
        }
    }

    private G711() {}

    /** The sample of a code: payload type 0 is mu-law, 8 is A-law. */
    public static short decode(int payloadType, byte code) {
        return payloadType == 8 ? ALAW[code & 0xFF] : MULAW[code & 0xFF];
    }

    /** The mu-law code nearest to a sample; slow, for making voices. */
    public static byte encodeMulaw(int sample) {
        return nearest(MULAW, sample);
    }

    /** A copy of mu-law audio as A-law. */
    public static byte[] toAlaw(byte[] mulaw) {
        byte[] alaw = new byte[mulaw.length];
        for (int i = 0; i < mulaw.length; i++) {
            alaw[i] = MULAW_TO_ALAW[mulaw[i] & 0xFF];
        }
        return alaw;
    }

    private static byte nearest(short[] table, int sample) {
        int best = 0;
        for (int code = 1; code < 256; code++) {
            if (Math.abs(table[code] - sample) < Math.abs(table[best] - sample)) {
                best = code;
            }
        }
        return (byte) best;
    }

    private static int expandMulaw(int code) {
        int inverted = ~code & 0xFF;
        int magnitude = ((((inverted & 0x0F) << 3) + 0x84) << ((inverted & 0x70) >> 4)) - 0x84;
        return (inverted & 0x80) != 0 ? -magnitude : magnitude;
    }

    private static int expandAlaw(int code) {
        int even = code ^ 0x55;
        int segment = (even & 0x70) >> 4;
        int step = (even & 0x0F) << 4;
        int magnitude = segment == 0 ? step + 8 : (step + 0x108) << (segment - 1);
        return (even & 0x80) != 0 ? magnitude : -magnitude;
    }
}
