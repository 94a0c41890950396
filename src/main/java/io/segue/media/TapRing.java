package io.segue.media;

import io.segue.flow.media.MediaLeg.FrameSink;
import io.segue.rtp.FrameStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The slots of 20 ms between a loop and a call's thread. When they are full the oldest gives way and is counted. A slot may be overwritten while it is being copied;
 * then its turn is gone, which the copier finds out, and takes the next.
 */
final class TapRing {
    private static final int FRAME_BYTES = FrameStream.FRAME_BYTES;
    private static final int FRAME_MS = 20;

    private final int slots;
    private final byte[] octets;
    private final AtomicLong oldest = new AtomicLong();
    private final AtomicLong newest = new AtomicLong();
    private final byte[] copy = new byte[FRAME_BYTES];
    private final FrameSink sink;
    /** Whether this ring waits in its {@link Wake}. */
    final AtomicBoolean queued = new AtomicBoolean();

    @Nullable
    TapRing nextReady;

    private volatile boolean ended;

    TapRing(int slots, FrameSink sink) {
        this.slots = slots;
        this.octets = new byte[slots * FRAME_BYTES];
        this.sink = sink;
    }

    /** Called on the loop; false where the oldest had to give way. */
    boolean put(byte[] frame) {
        long at = newest.getPlain();
        long from = oldest.get();
        boolean room = at - from < slots;
        // Lost against the call's thread: it has just taken that one itself.
        boolean dropped = !room && oldest.compareAndSet(from, from + 1);
        System.arraycopy(frame, 0, octets, (int) (at % slots) * FRAME_BYTES, FRAME_BYTES);
        newest.setRelease(at + 1);
        return !dropped;
    }

    /** Called on the call's thread: gives everything to the sink. */
    void drain() {
        while (!ended) {
            long at = oldest.get();
            if (at == newest.getAcquire()) {
                return;
            }
            System.arraycopy(octets, (int) (at % slots) * FRAME_BYTES, copy, 0, FRAME_BYTES);
            if (oldest.compareAndSet(at, at + 1)) {
                sink.frame(copy, 0, at * FRAME_MS);
            }
        }
    }

    /** Nothing more comes out. Safe from any thread. */
    void end() {
        ended = true;
    }
}
