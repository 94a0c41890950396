package io.segue.recording;

import io.segue.rtp.Law;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The end of a recording that is not written yet: both channels interleaved, silence where nothing came, so that what comes late or must go after all still finds its place. */
final class Window {
    private static final int CHANNELS = WavHeader.CHANNELS;

    private final int samples;
    private final byte[] octets;
    private final ByteBuffer view;
    private final Out out;
    /** The position of the first sample that is not written. */
    private long base;

    /** Takes what is done, in order. */
    @FunctionalInterface
    interface Out {
        void write(ByteBuffer interleaved) throws IOException;
    }

    /** @param samples of each channel that it holds */
    Window(int samples, Out out) {
        this.samples = samples;
        this.octets = new byte[samples * CHANNELS];
        this.view = ByteBuffer.wrap(octets);
        this.out = out;
        Arrays.fill(octets, Law.ULAW.silence());
    }

    /** Puts mu-law where it belongs; what belongs before the window is too late and left out. */
    void put(Side side, long position, byte[] ulaw, int offset, int length) throws IOException {
        flushTo(position + length - samples);
        for (int i = (int) Math.max(0, Math.min(length, base - position)); i < length; i++) {
            octets[index(position + i) + side.ordinal()] = ulaw[offset + i];
        }
    }

    /** Makes silence of all that is there from a position on. */
    void silenceFrom(long position) {
        for (long at = Math.max(base, position); at < base + samples; at++) {
            Arrays.fill(octets, index(at), index(at) + CHANNELS, Law.ULAW.silence());
        }
    }

    /** Writes all before a position. */
    void flushTo(long position) throws IOException {
        while (base < position) {
            int from = index(base);
            int count = (int) Math.min(position - base, samples - from / CHANNELS);
            view.limit(from + count * CHANNELS).position(from);
            out.write(view);
            view.clear();
            Arrays.fill(octets, from, from + count * CHANNELS, Law.ULAW.silence());
            base += count;
        }
    }

    long base() {
        return base;
    }

    private int index(long position) {
        return (int) (position % samples) * CHANNELS;
    }
}
