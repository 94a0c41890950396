package io.segue.media;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The chunks of all legs' backlogs, so many at most. A few of those that come back are kept for the next; lock-free, safe from any thread. */
final class ChunkPool {
    private static final int KEPT = 4096;

    private final long chunksMax;
    private final AtomicLong out = new AtomicLong();
    private final AtomicReferenceArray<@Nullable Chunk> kept = new AtomicReferenceArray<>(KEPT);
    private final AtomicInteger hint = new AtomicInteger();

    ChunkPool(long bytesMax) {
        chunksMax = bytesMax / Chunk.BYTES;
    }

    /** A chunk; null where all of them are in use. */
    @Nullable
    Chunk take() {
        if (out.incrementAndGet() > chunksMax) {
            out.decrementAndGet();
            return null;
        }
        int at = hint.get();
        if (at > 0 && hint.compareAndSet(at, at - 1)) {
            Chunk chunk = kept.getAndSet(at - 1, null);
            if (chunk != null) {
                return chunk;
            }
        }
        return new Chunk();
    }

    void giveBack(Chunk chunk) {
        out.decrementAndGet();
        chunk.playout = null;
        chunk.after = null;
        int at = hint.get();
        if (at < KEPT) {
            // Where somebody else has filled the place already, this chunk is the collector's.
            kept.compareAndSet(at, null, chunk);
            hint.compareAndSet(at, at + 1);
        }
    }

    /** Octets held by chunks in use. */
    long heldBytes() {
        return out.get() * Chunk.BYTES;
    }
}
