package io.segue.media;

import io.segue.rtp.Law;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Packets on their way from one loop to another: places allocated once, one producer, one consumer. What finds it full is dropped and counted. */
final class CrossRing {
    static final int PACKET_BYTES_MAX = 640;

    private final int mask;
    private final ByteBuffer octets;
    private final int[] lengths;
    private final boolean[] events;
    private final Law[] laws;
    private final @Nullable Leg[] sources;
    private final @Nullable Leg[] sinks;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong put = new AtomicLong();
    private long dropped;

    CrossRing(int packets) {
        int places = Integer.highestOneBit(Math.max(2, packets - 1)) << 1;
        mask = places - 1;
        octets = ByteBuffer.allocateDirect(places * PACKET_BYTES_MAX);
        lengths = new int[places];
        events = new boolean[places];
        laws = new Law[places];
        Arrays.fill(laws, Law.ULAW);
        sources = new @Nullable Leg[places];
        sinks = new @Nullable Leg[places];
    }

    /** Called on the source's loop. */
    void put(Leg source, Leg sink, ByteBuffer packet, int offset, int length, boolean event, Law law) {
        long at = put.getPlain();
        if (at - taken.getAcquire() > mask || length > PACKET_BYTES_MAX) {
            dropped++;
            return;
        }
        int place = (int) at & mask;
        octets.put(place * PACKET_BYTES_MAX, packet, offset, length);
        lengths[place] = length;
        events[place] = event;
        laws[place] = law;
        sources[place] = source;
        sinks[place] = sink;
        put.setRelease(at + 1);
    }

    /** Called on the sinks' loop: hands each packet to its sink, in order. */
    void drain(Loop loop) {
        long at = taken.getPlain();
        long end = put.getAcquire();
        while (at != end) {
            int place = (int) at & mask;
            Leg source = sources[place];
            Leg sink = sinks[place];
            sources[place] = null;
            sinks[place] = null;
            if (source != null && sink != null) {
                loop.deliver(
                        source, sink, octets, place * PACKET_BYTES_MAX, lengths[place], events[place], laws[place]);
            }
            at++;
            taken.setRelease(at);
        }
    }

    boolean isEmpty() {
        return taken.get() == put.get();
    }

    long dropped() {
        return dropped;
    }
}
