package io.segue.demo.ear;

/** Levels in dBm0: a mu-law sine that just reaches the last decision value, 8159 of 14 bits, has +3.17 dBm0 (ITU-T G.711). */
public final class Loudness {
    /** The root mean square of 16-bit samples at 0 dBm0. */
    static final double RMS_AT_0_DBM0 = 8159 * 4 / Math.sqrt(2) / Math.pow(10, 3.17 / 20);
    /** The level given to digital silence. */
    public static final double SILENCE_DBM0 = -99;

    private Loudness() {}

    /** The level of G.711 audio in dBm0. */
    public static double of(int payloadType, byte[] audio, int from, int length) {
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            double sample = G711.decode(payloadType, audio[i]);
            sum += sample * sample;
        }
        return length == 0 ? SILENCE_DBM0 : dbm0(Math.sqrt(sum / length));
    }

    /** The level of one frequency in G.711 audio, by Goertzel's algorithm, in dBm0. */
    public static double at(double hertz, int payloadType, byte[] audio, int from, int length) {
        double coefficient = 2 * Math.cos(2 * Math.PI * hertz / 8000);
        double last = 0;
        double beforeLast = 0;
        for (int i = from; i < from + length; i++) {
            double now = G711.decode(payloadType, audio[i]) + coefficient * last - beforeLast;
            beforeLast = last;
            last = now;
        }
        double power = last * last + beforeLast * beforeLast - coefficient * last * beforeLast;
        return length == 0 ? SILENCE_DBM0 : dbm0(Math.sqrt(2 * Math.max(0, power)) / length);
    }

    private static double dbm0(double rms) {
        return rms <= 0 ? SILENCE_DBM0 : Math.max(SILENCE_DBM0, 20 * Math.log10(rms / RMS_AT_0_DBM0));
    }
}
