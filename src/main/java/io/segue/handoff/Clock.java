package io.segue.handoff;

import org.jspecify.annotations.Nullable;

/**
 * The handoff's clock, each in {@code System.nanoTime()}; none until it has come. With a pre-warm T1 and T2 may lie before T0.
 *
 * @param t0 the trigger was read
 * @param t1 a human was reserved
 * @param t2 the human's leg was answered
 * @param tc the cut was allowed
 * @param t3 the route was armed
 * @param t4 the first packet of the human's leg was sent to the caller
 */
public record Clock(
        @Nullable Long t0,
        @Nullable Long t1,
        @Nullable Long t2,
        @Nullable Long tc,
        @Nullable Long t3,
        @Nullable Long t4) {
    static final Clock UNSET = new Clock(null, null, null, null, null, null);

    Clock requested(long now) {
        return new Clock(now, t1, t2, tc, t3, t4);
    }

    Clock reserved(long now) {
        return t1 == null ? new Clock(t0, now, t2, tc, t3, t4) : this;
    }

    Clock answered(long now) {
        return new Clock(t0, t1, now, tc, t3, t4);
    }

    Clock armed(long cut, long now) {
        return new Clock(t0, t1, t2, cut, now, t4);
    }

    Clock connected(long at) {
        return new Clock(t0, t1, t2, tc, t3, at);
    }

    /** The answer came to nothing: the next human starts from T1. */
    Clock unanswered() {
        return new Clock(t0, null, null, null, null, null);
    }
}
