package io.segue.recording;

import io.segue.rtp.Law;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The way from a media loop to the writer: places of 20 ms, made once. One thread puts, one drains, nobody waits; where it is full what comes is left out and counted, and stands as silence in the file.
 */
final class PacketRing {
    static final int PLACE_BYTES = 160;

    private final int places;
    private final byte[] octets;
    private final long[] atNanos;
    private final int[] ssrcs;
    private final int[] timestamps;
    private final int[] lengths;
    private final Side[] sides;
    private final Law[] laws;
    private final AtomicLong put = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private volatile long left;

    /** Takes what comes out, in order. */
    @FunctionalInterface
    interface Sink {
        /** @param octets valid during the call */
        void audio(Side side, Law law, byte[] octets, int offset, int length, int ssrc, int timestamp, long atNanos);
    }

    PacketRing(int places) {
        this.places = places;
        octets = new byte[places * PLACE_BYTES];
        atNanos = new long[places];
        ssrcs = new int[places];
        timestamps = new int[places];
        lengths = new int[places];
        sides = new Side[places];
        laws = new Law[places];
    }

    /** Called on the loop; a longer packet takes several places. */
    void put(Side side, Law law, ByteBuffer from, int offset, int length, int ssrc, int timestamp, long now) {
        for (int done = 0; done < length; done += PLACE_BYTES) {
            put(side, law, from, offset + done, Math.min(PLACE_BYTES, length - done), ssrc, timestamp, done, now);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // One writer.
    private void put(
            Side side, Law law, ByteBuffer from, int offset, int length, int ssrc, int timestamp, int done, long now) {
        long at = put.getPlain();
        if (at - taken.getAcquire() >= places) {
            left++;
            return;
        }
        int place = (int) (at % places);
        from.get(offset, octets, place * PLACE_BYTES, length);
        atNanos[place] = now + done * 125_000L;
        ssrcs[place] = ssrc;
        timestamps[place] = timestamp + done;
        lengths[place] = length;
        sides[place] = side;
        laws[place] = law;
        put.setRelease(at + 1);
    }

    /** Called on the writer's thread. */
    void drain(Sink sink) {
        long end = put.getAcquire();
        for (long at = taken.getPlain(); at < end; at++) {
            int place = (int) (at % places);
            sink.audio(
                    sides[place],
                    laws[place],
                    octets,
                    place * PLACE_BYTES,
                    lengths[place],
                    ssrcs[place],
                    timestamps[place],
                    atNanos[place]);
            taken.setRelease(at + 1);
        }
    }

    /** Places' worth of audio that there was no room for. */
    long left() {
        return left;
    }
}
