package io.segue.media;

import org.jspecify.annotations.Nullable;

/**
 * A timer wheel of 1 ms slots. Deadlines are absolute, so that lateness never adds up; scheduling and firing allocate nothing. Belongs to one thread.
 */
final class Wheel {
    private static final int SLOTS = 1024;
    private static final int MASK = SLOTS - 1;
    static final long TICK_NANOS = 1_000_000;

    /** A deadline with what happens then; scheduled in one wheel at a time. */
    abstract static class Timer {
        private @Nullable Timer before;
        private @Nullable Timer after;
        private long tick;
        private boolean scheduled;

        /** Called when the deadline has come; may schedule again. */
        abstract void fire(long nowNanos);

        final boolean isScheduled() {
            return scheduled;
        }
    }

    private final @Nullable Timer[] slots = new @Nullable Timer[SLOTS];
    private final long[] occupied = new long[SLOTS / Long.SIZE];
    private final long originNanos;
    private long doneTick;

    Wheel(long nowNanos) {
        originNanos = nowNanos;
    }

    /** Schedules, or schedules anew. A deadline that has passed fires at the next {@link #advance} that reaches a new tick. */
    void schedule(Timer timer, long dueNanos) {
        cancel(timer);
        // Rounded up: a timer never fires early.
        long tick = Math.max(doneTick + 1, Math.ceilDiv(dueNanos - originNanos, TICK_NANOS));
        int slot = (int) (tick & MASK);
        Timer head = slots[slot];
        timer.tick = tick;
        timer.before = null;
        timer.after = head;
        if (head != null) {
            head.before = timer;
        }
        slots[slot] = timer;
        timer.scheduled = true;
        occupied[slot >> 6] |= 1L << slot;
    }

    void cancel(Timer timer) {
        if (!timer.scheduled) {
            return;
        }
        int slot = (int) (timer.tick & MASK);
        Timer before = timer.before;
        Timer after = timer.after;
        if (before == null) {
            slots[slot] = after;
            if (after == null) {
                occupied[slot >> 6] &= ~(1L << slot);
            }
        } else {
            before.after = after;
        }
        if (after != null) {
            after.before = before;
        }
        timer.before = null;
        timer.after = null;
        timer.scheduled = false;
    }

    /** Fires what is due. */
    void advance(long nowNanos) {
        long nowTick = Math.floorDiv(nowNanos - originNanos, TICK_NANOS);
        // After a long pause one turn of the wheel reaches every slot.
        long from = Math.max(doneTick + 1, nowTick - SLOTS + 1);
        for (long tick = from; tick <= nowTick; tick++) {
            int slot = (int) (tick & MASK);
            if ((occupied[slot >> 6] & (1L << slot)) == 0) {
                doneTick = tick;
                continue;
            }
            doneTick = tick;
            fire(slot, nowTick, nowNanos);
        }
    }

    private void fire(int slot, long nowTick, long nowNanos) {
        Timer timer = slots[slot];
        while (timer != null) {
            if (timer.tick <= nowTick) {
                cancel(timer);
                timer.fire(nowNanos);
                // What fired may have changed the list; what it scheduled lies in the future.
                timer = slots[slot];
            } else {
                timer = timer.after;
            }
        }
    }

    /** Nanoseconds until something may be due, at most {@code atMostNanos}. */
    long untilNext(long nowNanos, long atMostNanos) {
        int start = (int) ((doneTick + 1) & MASK);
        for (int ahead = 0; ahead < SLOTS; ) {
            int slot = (start + ahead) & MASK;
            long word = occupied[slot >> 6] >>> slot;
            if (word != 0) {
                ahead += Long.numberOfTrailingZeros(word);
                if (ahead >= SLOTS) {
                    break;
                }
                long due = originNanos + (doneTick + 1 + ahead) * TICK_NANOS;
                return Math.clamp(due - nowNanos, 0, atMostNanos);
            }
            ahead += Long.SIZE - (slot & (Long.SIZE - 1));
        }
        return atMostNanos;
    }
}
