package io.segue.media;

import org.jspecify.annotations.Nullable;

/** What a leg's peer hears, and what it will hear from that source's first packet on. */
record Route(Heard current, @Nullable Heard next) {
    /** The leg whose packets go on as they come; none where the packets are made here. */
    @Nullable
    Leg currentLeg() {
        return current.relayed();
    }

    /** The leg whose first packet the next source waits for. */
    @Nullable
    Leg nextLeg() {
        Heard armed = next;
        return armed == null ? null : armed.awaited();
    }

    /** Whether what the leg's peer says is heard. */
    boolean hears(Leg leg) {
        Heard armed = next;
        return current.hears(leg) || armed != null && armed.hears(leg);
    }

    /** Whether what the leg's peer is sent is heard. */
    boolean watches(Leg leg) {
        Heard armed = next;
        return current.watched() == leg || armed != null && armed.watched() == leg;
    }
}
