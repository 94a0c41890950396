package io.segue.media;

import org.jspecify.annotations.Nullable;

/** Agent audio on its way to a leg, and waiting there. Belongs to {@link ChunkPool}. */
final class Chunk extends PlayoutItem {
    static final int BYTES = 1024;

    final byte[] octets = new byte[BYTES];
    int from;
    int to;

    @Nullable
    AgentPlayout playout;

    int length() {
        return to - from;
    }

    @Override
    void run(long nowNanos) {
        AgentPlayout owner = playout;
        if (owner != null) {
            owner.arrived(this, nowNanos);
        }
    }
}
