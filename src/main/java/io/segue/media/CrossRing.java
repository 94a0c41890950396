package io.segue.media;

import io.segue.rtp.Law;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Packets on their way from one loop to another: places allocated once, one producer, one consumer. When it is full the oldest gives way and is counted. A place may be
 * overwritten while it is being copied; then its turn is gone, which the copier finds out, and takes the next.
 */
final class CrossRing {
    static final int PACKET_BYTES_MAX = 640;

    /** Takes what comes out. */
    interface Receiver {
        /** Called on the sinks' loop; the packet lies in the buffer that {@link #drain} was given, from its start. */
        void crossed(Leg source, Leg sink, int length, Strand strand, Law law, long nowNanos);
    }

    private final int packetsMax;
    private final int mask;
    private final ByteBuffer[] octets;
    private final int[] lengths;
    private final Strand[] strands;
    private final Law[] laws;
    private final @Nullable Leg[] sources;
    private final @Nullable Leg[] sinks;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong put = new AtomicLong();
    private volatile long dropped;

    // On the source's loop alone: the places before this one hold no leg any more.
    private long cleared;

    CrossRing(int packetsMax) {
        this.packetsMax = packetsMax;
        int places = packetsMax < 2 ? 1 : Integer.highestOneBit(packetsMax - 1) << 1;
        mask = places - 1;
        ByteBuffer all = ByteBuffer.allocateDirect(places * PACKET_BYTES_MAX);
        octets = new ByteBuffer[places];
        Arrays.setAll(octets, place -> all.slice(place * PACKET_BYTES_MAX, PACKET_BYTES_MAX));
        lengths = new int[places];
        strands = new Strand[places];
        Arrays.fill(strands, Strand.SPEECH);
        laws = new Law[places];
        Arrays.fill(laws, Law.ULAW);
        sources = new @Nullable Leg[places];
        sinks = new @Nullable Leg[places];
    }

    /** Called on the source's loop. */
    void put(Leg source, Leg sink, ByteBuffer packet, int offset, int length, Strand strand, Law law) {
        if (length > PACKET_BYTES_MAX) {
            countDropped();
            return;
        }
        long at = put.getPlain();
        long oldest = taken.get();
        // Where the swap is lost, the sinks' loop has just taken that one itself.
        if (at - oldest >= packetsMax && taken.compareAndSet(oldest, oldest + 1)) {
            countDropped();
        }
        clear(taken.get());
        int place = (int) at & mask;
        octets[place].put(0, packet, offset, length);
        lengths[place] = length;
        strands[place] = strand;
        laws[place] = law;
        sources[place] = source;
        sinks[place] = sink;
        put.setRelease(at + 1);
    }

    /** What has come out shall not keep its legs. Its places are the producer's again, since the consumer copies before it takes. */
    private void clear(long end) {
        for (; cleared < end; cleared++) {
            sources[(int) cleared & mask] = null;
            sinks[(int) cleared & mask] = null;
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // One writer.
    private void countDropped() {
        dropped++;
    }

    /** Called on the sinks' loop: copies each packet that is there now into the buffer, in order, and hands it on. */
    void drain(ByteBuffer into, Receiver receiver, long nowNanos) {
        long end = put.getAcquire();
        for (long at = taken.get(); at < end; at = taken.get()) {
            int place = (int) at & mask;
            Leg source = sources[place];
            Leg sink = sinks[place];
            int length = lengths[place];
            Strand strand = strands[place];
            Law law = laws[place];
            into.clear().put(0, octets[place], 0, length);
            if (taken.compareAndSet(at, at + 1) && source != null && sink != null) {
                receiver.crossed(source, sink, length, strand, law, nowNanos);
            }
        }
    }

    boolean isEmpty() {
        return taken.get() == put.get();
    }

    long dropped() {
        return dropped;
    }
}
