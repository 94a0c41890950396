package io.segue.rtp;

import java.nio.ByteBuffer;

/**
 * The level of companded audio in dBm0, by a table of squares. A sine that just reaches the virtual decision value of the law has +3.17 dBm0 in mu-law and +3.14
 * dBm0 in A-law (ITU-T G.711, 2); levels are those of a sine of the same power.
 */
public final class Level {
    private static final int[] ULAW_SQUARES = squares(Law.ULAW);
    private static final int[] ALAW_SQUARES = squares(Law.ALAW);
    private static final double ULAW_ZERO = zeroMeanSquare(8159 * 4.0, 3.17);
    private static final double ALAW_ZERO = zeroMeanSquare(4096 * 8.0, 3.14);

    private Level() {}

    /** The sum of the squares of the samples. */
    public static long energy(Law law, ByteBuffer buffer, int offset, int length) {
        int[] squares = law == Law.ULAW ? ULAW_SQUARES : ALAW_SQUARES;
        long sum = 0;
        for (int i = offset; i < offset + length; i++) {
            sum += squares[buffer.get(i) & 0xFF];
        }
        return sum;
    }

    /** The mean square of audio of so many dBm0, to compare {@link #energy} per sample with. */
    public static double meanSquare(Law law, double dbm0) {
        return (law == Law.ULAW ? ULAW_ZERO : ALAW_ZERO) * Math.pow(10, dbm0 / 10);
    }

    /** The level of audio with this energy; negative infinity for digital silence. */
    public static double dbm0(Law law, long energy, int samples) {
        return 10 * Math.log10(energy / (double) samples / (law == Law.ULAW ? ULAW_ZERO : ALAW_ZERO));
    }

    private static int[] squares(Law law) {
        int[] squares = new int[256];
        for (int octet = 0; octet < 256; octet++) {
            int sample = G711.linear(law, (byte) octet);
            squares[octet] = sample * sample;
        }
        return squares;
    }

    private static double zeroMeanSquare(double overload, double overloadDbm0) {
        double amplitude = overload / Math.pow(10, overloadDbm0 / 20);
        return amplitude * amplitude / 2;
    }
}
