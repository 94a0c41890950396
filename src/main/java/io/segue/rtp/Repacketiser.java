package io.segue.rtp;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts audio packets of one length into packets of another, on a grid that starts at the input's first timestamp. What is missing within a packet is silence, a packet
 * of which everything is missing is not sent.
 */
public final class Repacketiser {
    /** The longest packet, 60 ms. */
    public static final int SAMPLES_MAX = 480;

    private final byte[] packet = new byte[SAMPLES_MAX];
    private int samples;
    private byte silence;
    private int start;
    private int filled;
    private boolean loss;
    private int missing;

    /** Takes what has been cut. */
    @FunctionalInterface
    public interface Sink {
        /**
         * One packet.
         *
         * @param octets valid during the call
         * @param timestamp the input's timestamp of its first sample
         * @param missing how many whole packets were lost before it
         */
        void packet(byte[] octets, int length, int timestamp, int missing, long nowNanos);
    }

    /** Starts a grid at a timestamp, with packets of so many samples; drops what is left of the one before. */
    public void start(int packetSamples, Law law, int timestamp) {
        samples = packetSamples;
        silence = law.silence();
        start = timestamp;
        missing = 0;
        empty();
    }

    private void empty() {
        Arrays.fill(packet, 0, samples, silence);
        filled = 0;
        loss = false;
    }

    /**
     * Adds a packet's audio.
     *
     * @param lost whether packets are missing just before it; else a jump of the timestamp is the sender's silence
     * @return false where all of it came too late
     */
    public boolean add(ByteBuffer from, int offset, int length, int timestamp, boolean lost, long nowNanos, Sink sink) {
        int at = timestamp - start;
        int read = 0;
        if (at < 0) {
            if (-at >= length) {
                return false;
            }
            read = -at;
            at = 0;
        }
        loss |= lost;
        if (at >= samples) {
            if (filled > 0) {
                emit(nowNanos, sink);
                at = timestamp - start;
            }
            int skipped = Math.max(0, at / samples);
            missing += lost ? skipped : 0;
            start += skipped * samples;
            at = Math.max(0, timestamp + read - start);
        }
        while (read < length) {
            int take = Math.min(length - read, samples - at);
            from.get(offset + read, packet, at, take);
            read += take;
            at += take;
            filled = Math.max(filled, at);
            if (at == samples) {
                emit(nowNanos, sink);
                at = 0;
            }
        }
        return true;
    }

    private void emit(long nowNanos, Sink sink) {
        sink.packet(packet, samples, start, missing, nowNanos);
        missing = 0;
        start += samples;
        empty();
    }
}
