package io.segue.media;

import org.jspecify.annotations.Nullable;

/** What a leg's peer hears, and what it will hear from that source's first packet on. */
record Route(Heard current, @Nullable Heard next) {
    @Nullable
    Leg currentLeg() {
        return current.leg();
    }

    @Nullable
    Leg nextLeg() {
        Heard armed = next;
        return armed == null ? null : armed.leg();
    }
}
