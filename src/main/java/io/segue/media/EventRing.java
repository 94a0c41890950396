package io.segue.media;

import io.segue.flow.media.LegEvent;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a loop tells the legs of one call thread, in order: places allocated once, one producer, one consumer. When they are full, what comes waits behind them in a list,
 * so that no control is ever lost, and is counted. The list cannot grow without end: what it holds the call has ordered itself, or comes a few times a second at most. Digits
 * alone a peer can send as fast as it likes; they are dropped when the places are full, and counted.
 */
final class EventRing {
    private record Told(Leg leg, LegEvent event) {}

    private final int eventsMax;
    private final @Nullable Leg[] legs;
    private final @Nullable LegEvent[] events;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong put = new AtomicLong();
    private final ConcurrentLinkedQueue<Told> behind = new ConcurrentLinkedQueue<>();

    EventRing(int eventsMax) {
        this.eventsMax = eventsMax;
        legs = new @Nullable Leg[eventsMax];
        events = new @Nullable LegEvent[eventsMax];
    }

    /** What became of an event. */
    enum Put {
        IN_TIME,
        BEHIND,
        DROPPED
    }

    /** Called on the loop. */
    Put put(Leg leg, LegEvent event) {
        long at = put.getPlain();
        if (behind.isEmpty() && at - taken.getAcquire() < eventsMax) {
            int place = (int) (at % eventsMax);
            legs[place] = leg;
            events[place] = event;
            put.setRelease(at + 1);
            return Put.IN_TIME;
        }
        if (event instanceof LegEvent.Digit) {
            return Put.DROPPED;
        }
        behind.add(new Told(leg, event));
        return Put.BEHIND;
    }

    boolean isEmpty() {
        return taken.get() == put.get() && behind.isEmpty();
    }

    /** Called on the call's thread: tells each leg. */
    void drain() {
        while (true) {
            // Looked at first: while something is behind, nothing new comes into the places.
            boolean more = !behind.isEmpty();
            long at = taken.getPlain();
            if (at != put.getAcquire()) {
                take(at);
                continue;
            }
            Told next = more ? behind.poll() : null;
            if (next == null) {
                return;
            }
            next.leg().told(next.event());
        }
    }

    private void take(long at) {
        int place = (int) (at % eventsMax);
        Leg leg = legs[place];
        LegEvent event = events[place];
        legs[place] = null;
        events[place] = null;
        taken.setRelease(at + 1);
        if (leg != null && event != null) {
            leg.told(event);
        }
    }
}
