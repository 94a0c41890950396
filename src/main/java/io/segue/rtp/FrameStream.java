package io.segue.rtp;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Makes one continuous stream of 20 ms mu-law frames out of a peer's audio packets, whatever their law and length: loss is filled with silence, and while nothing comes
 * silence goes on in real time.
 */
public final class FrameStream {
    /** 20 ms at 8 kHz. */
    public static final int FRAME_BYTES = 160;

    private static final long FRAME_NANOS = 20_000_000;
    private static final int NANOS_PER_SAMPLE = 125_000;
    /** How long a packet may be late before silence takes its place. */
    private static final long PATIENCE_NANOS = 60_000_000;
    /** How far audio that was late after all may run ahead of real time before it is cut. */
    private static final long AHEAD_NANOS_MAX = 200_000_000;
    /** A jump of the timestamp over more than this is a new beginning, not a loss. */
    private static final int LOSS_SAMPLES_MAX = 8000;

    private final Frames frames;
    private final byte[] frame = new byte[FRAME_BYTES];
    private int filled;
    private boolean anchored;
    private int ssrc;
    private int expected;
    private long startNanos;
    private long fedUntilNanos;
    private long samplesOut;
    private boolean idling;

    /** Takes the frames. */
    @FunctionalInterface
    public interface Frames {
        /** 160 octets of mu-law from the start of the array, valid during the call. */
        void frame(byte[] ulaw);
    }

    public FrameStream(Frames frames, long nowNanos) {
        this.frames = frames;
        this.startNanos = nowNanos;
        this.fedUntilNanos = nowNanos;
    }

    /** Takes a packet's audio. */
    public void audio(Law law, ByteBuffer from, int offset, int length, int packetSsrc, int timestamp, long nowNanos) {
        int start = offset;
        int left = length;
        int jump = timestamp - expected;
        boolean follows = anchored && packetSsrc == ssrc && Math.abs(jump) <= LOSS_SAMPLES_MAX;
        if (follows && jump < 0 && !(idling && aheadNanos(nowNanos) <= AHEAD_NANOS_MAX)) {
            int late = Math.min(left, -jump);
            start += late;
            left -= late;
        } else if (follows && jump > 0 && !idling) {
            silence(jump);
        }
        if (left == 0) {
            return;
        }
        int end = timestamp + length;
        expected = anchored && packetSsrc == ssrc && jump < 0 && !idling && end - expected < 0 ? expected : end;
        anchored = true;
        ssrc = packetSsrc;
        idling = false;
        fedUntilNanos = nowNanos;
        append(law, from, start, left);
    }

    private long aheadNanos(long nowNanos) {
        return samplesOut * NANOS_PER_SAMPLE - (nowNanos - startNanos);
    }

    private void append(Law law, ByteBuffer from, int start, int length) {
        int read = 0;
        while (read < length) {
            int take = Math.min(FRAME_BYTES - filled, length - read);
            from.get(start + read, frame, filled, take);
            G711.convert(law, Law.ULAW, frame, filled, take);
            read += take;
            advance(take);
        }
    }

    private void silence(int samples) {
        int left = samples;
        while (left > 0) {
            int take = Math.min(FRAME_BYTES - filled, left);
            Arrays.fill(frame, filled, filled + take, Law.ULAW.silence());
            left -= take;
            advance(take);
        }
    }

    private void advance(int samples) {
        filled += samples;
        samplesOut += samples;
        if (filled == FRAME_BYTES) {
            filled = 0;
            frames.frame(frame);
        }
    }

    /**
     * Lets time pass: gives silence where no packet came.
     *
     * @return when to ask again
     */
    public long idle(long nowNanos) {
        long patience = idling ? FRAME_NANOS : FRAME_NANOS + PATIENCE_NANOS;
        while (nowNanos - fedUntilNanos >= patience) {
            silence(FRAME_BYTES);
            expected += FRAME_BYTES;
            idling = true;
            fedUntilNanos += FRAME_NANOS;
            patience = FRAME_NANOS;
        }
        return fedUntilNanos + patience;
    }
}
