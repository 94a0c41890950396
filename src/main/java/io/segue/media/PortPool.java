package io.segue.media;

import java.util.ArrayDeque;
import java.util.OptionalInt;

/** The even ports of a range. The one that was free longest is taken first; one that was given back rests before it is taken again. Safe from any thread. */
final class PortPool {
    private record Resting(int port, long untilNanos) {}

    private final ArrayDeque<Integer> free = new ArrayDeque<>();
    private final ArrayDeque<Resting> resting = new ArrayDeque<>();
    private final long restNanos;
    private int used;

    PortPool(int first, int last, long restNanos) {
        this.restNanos = restNanos;
        for (int port = first + (first & 1); port + 1 <= last; port += 2) {
            free.add(port);
        }
    }

    synchronized OptionalInt take(long nowNanos) {
        for (Resting head = resting.peek(); head != null && nowNanos - head.untilNanos() >= 0; head = resting.peek()) {
            free.add(head.port());
            resting.remove();
        }
        Integer port = free.poll();
        if (port == null) {
            return OptionalInt.empty();
        }
        used++;
        return OptionalInt.of(port);
    }

    synchronized void giveBack(int port, long nowNanos) {
        used--;
        resting.add(new Resting(port, nowNanos + restNanos));
    }

    /** How many could be taken now. */
    synchronized int free(long nowNanos) {
        int rested = 0;
        for (Resting port : resting) {
            rested += nowNanos - port.untilNanos() >= 0 ? 1 : 0;
        }
        return free.size() + rested;
    }

    synchronized int used() {
        return used;
    }
}
