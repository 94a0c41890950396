package io.segue.media;

import io.segue.flow.media.LegEvent;
import io.segue.flow.thread.CallThread;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One loop's way to one call thread: the events of its legs, the tap rings that have something for it, linked through themselves, and at most one wake-up under way.
 */
final class Wake implements Runnable {
    private final CallThread thread;
    private final EventRing events;
    private final AtomicBoolean posted = new AtomicBoolean();
    private final AtomicReference<@Nullable TapRing> ready = new AtomicReference<>();
    private int legs;

    Wake(CallThread thread, int eventsMax) {
        this.thread = thread;
        this.events = new EventRing(eventsMax);
    }

    CallThread thread() {
        return thread;
    }

    /** Called on the loop when a leg begins. */
    void added() {
        legs++;
    }

    /** Called on the loop when a leg has ended; true where it was the last. */
    boolean removed() {
        legs--;
        return legs == 0;
    }

    /** Called on the loop: the leg is told at the end of the pass, after what was told before. */
    EventRing.Put tell(Leg leg, LegEvent event) {
        return events.put(leg, event);
    }

    /** Called on the loop; a ring is linked once at most. */
    void ready(TapRing ring) {
        if (!ring.queued.compareAndSet(false, true)) {
            return;
        }
        TapRing first;
        do {
            first = ready.get();
            ring.nextReady = first;
        } while (!ready.compareAndSet(first, ring));
    }

    /** Called on the loop at the end of a pass: one wake-up for all that became ready. */
    void flush() {
        if (ready.get() != null || !events.isEmpty()) {
            post();
        }
    }

    private void post() {
        if (posted.compareAndSet(false, true)) {
            thread.execute(this);
        }
    }

    /** Called on the call's thread. */
    @Override
    public void run() {
        posted.set(false);
        boolean done = false;
        try {
            events.drain();
            for (TapRing ring = next(); ring != null; ring = next()) {
                ring.queued.set(false);
                ring.drain();
            }
            done = true;
        } finally {
            // Who threw has cost what was being told; the others get theirs.
            if (!done) {
                post();
            }
        }
    }

    private @Nullable TapRing next() {
        while (true) {
            TapRing first = ready.get();
            if (first == null) {
                return null;
            }
            TapRing after = first.nextReady;
            // Nobody else takes one away, so that the first can only have been moved down by another.
            if (ready.compareAndSet(first, after)) {
                first.nextReady = null;
                return first;
            }
        }
    }
}
