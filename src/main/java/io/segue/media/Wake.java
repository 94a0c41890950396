package io.segue.media;

import io.segue.flow.CallThread;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One loop's way to one call thread: the tap rings that have something for it, linked through themselves, and at most one wake-up under way. */
final class Wake implements Runnable {
    private final CallThread thread;
    private final AtomicBoolean posted = new AtomicBoolean();
    private final AtomicReference<@Nullable TapRing> ready = new AtomicReference<>();
    private int taps;

    Wake(CallThread thread) {
        this.thread = thread;
    }

    CallThread thread() {
        return thread;
    }

    /** Called on the loop when a tap begins. */
    void added() {
        taps++;
    }

    /** Called on the loop when a tap ends; true where it was the last. */
    boolean removed() {
        taps--;
        return taps == 0;
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
        if (ready.get() != null && posted.compareAndSet(false, true)) {
            thread.execute(this);
        }
    }

    /** Called on the call's thread. */
    @Override
    public void run() {
        posted.set(false);
        TapRing ring = ready.getAndSet(null);
        while (ring != null) {
            TapRing next = ring.nextReady;
            ring.nextReady = null;
            ring.queued.set(false);
            ring.drain();
            ring = next;
        }
    }
}
