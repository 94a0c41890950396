package io.segue.sip.transaction;

/**
 * What all four machines have: at most one repeat and one end ahead of them. A machine changes its state before it tells the
 * transaction user, so that whatever the user does in answer meets the new state.
 */
abstract sealed class Transaction permits ClientTransaction, InviteServer, OtherServer {
    static final long NEVER = Long.MAX_VALUE;

    /** When something is sent again (timers A, E, G), or the 100 is due. */
    long repeatAt = NEVER;

    /** When the state ends of itself (timers B, D, F, H, I, J, K, L, M). */
    long endAt = NEVER;

    /** Place in the {@link DeadlineQueue}, -1 outside it, and the deadline it was put there for. */
    int place = -1;

    long queuedFor = NEVER;

    final Limits limits;
    private final Effects effects;

    private long intervalMs;

    Transaction(Limits limits, Effects effects) {
        this.limits = limits;
        this.effects = effects;
    }

    final long deadline() {
        return Math.min(repeatAt, endAt);
    }

    /** Lets what is due happen. */
    final void tick(long now) {
        if (now >= endAt) {
            repeatAt = NEVER;
            endAt = NEVER;
            expire(now);
        } else if (now >= repeatAt) {
            repeatAt = NEVER;
            repeat(now);
        }
    }

    /** The end came: terminates, and tells the user where it was waiting. */
    abstract void expire(long now);

    abstract void repeat(long now);

    /** Starts to repeat T1 from now, over an unreliable transport. */
    final void repeatFromT1(boolean reliable, long now) {
        intervalMs = limits.t1Ms();
        repeatAt = reliable ? NEVER : now + intervalMs;
    }

    /** Repeats again after twice the time, at most {@code mostMs}. */
    final void repeatLater(long mostMs, long now) {
        intervalMs = Math.min(2 * intervalMs, mostMs);
        repeatAt = now + intervalMs;
    }

    /** Absorbs repeats for so long and ends, at once when there is nothing to absorb. */
    final void lingerFor(long ms, long now) {
        repeatAt = NEVER;
        if (ms == 0) {
            endAt = NEVER;
            effects.ended(this);
        } else {
            endAt = now + ms;
        }
    }
}
