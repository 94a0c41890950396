package io.segue.rtp;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One stream on its way into a sum of streams: takes audio packets of any law and length as they come, and gives linear samples at the pace of whoever listens. What is lost
 * or late is silence. The reader stays a little behind the newest packet; where packets prove to be later than that it falls further back, up to a limit, and where too many
 * wait (the sender's clock is faster) it catches up.
 */
public final class MixInput {
    /** How far the reader is behind at first: packets may be so late and are not missed (20 ms at 8 kHz). */
    public static final int DELAY_SAMPLES = 160;
    /** How far it falls behind at most (120 ms). */
    public static final int DELAY_SAMPLES_MAX = 960;
    /** What may wait beyond that before the reader catches up (80 ms). */
    static final int AHEAD_SAMPLES_MAX = 640;
    /** A packet that is older than this begins a stream anew (200 ms). */
    static final int LATE_SAMPLES_MAX = 1600;
    /** The longest packet; of a longer one the rest is not heard (200 ms). */
    static final int PACKET_SAMPLES_MAX = 1600;

    private static final int RING = 4096;
    private static final int MASK = RING - 1;

    private final short[] ring = new short[RING];
    private boolean anchored;
    private int ssrc;
    /** The timestamp of the next sample to be read. */
    private int read;
    /** The timestamp after the newest sample. */
    private int end;

    private int delay = DELAY_SAMPLES;

    /** Takes a packet's audio. */
    public void put(Law law, ByteBuffer from, int offset, int length, int packetSsrc, int timestamp) {
        int ahead = timestamp - read;
        boolean newest = timestamp - end >= 0;
        if (!anchored || packetSsrc != ssrc || ahead > delay + AHEAD_SAMPLES_MAX || ahead < -LATE_SAMPLES_MAX) {
            anchor(packetSsrc, timestamp);
        } else if (ahead < 0 && newest) {
            delay = Math.min(DELAY_SAMPLES_MAX, delay + DELAY_SAMPLES);
            anchor(packetSsrc, timestamp);
        }
        int samples = Math.min(length, PACKET_SAMPLES_MAX);
        for (int i = Math.max(0, read - timestamp); i < samples; i++) {
            ring[(timestamp + i) & MASK] = G711.linear(law, from.get(offset + i));
        }
        int after = timestamp + samples;
        end = after - end > 0 ? after : end;
    }

    private void anchor(int newSsrc, int timestamp) {
        Arrays.fill(ring, (short) 0);
        anchored = true;
        ssrc = newSsrc;
        read = timestamp - delay;
        end = timestamp;
    }

    /** Gives what comes next, silence where there is nothing. */
    public void read(short[] into, int samples) {
        if (!anchored) {
            Arrays.fill(into, 0, samples, (short) 0);
            return;
        }
        for (int i = 0; i < samples; i++) {
            int place = (read + i) & MASK;
            into[i] = ring[place];
            ring[place] = 0;
        }
        read += samples;
    }
}
