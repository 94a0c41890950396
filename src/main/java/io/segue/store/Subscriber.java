package io.segue.store;

import io.segue.flow.record.EventLog;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/** One listener to events and what waits for it. It is called by a thread of its own, one call at a time, so a slow one slows nobody. */
final class Subscriber implements EventLog.Subscription {
    private static final Logger LOG = Logger.getLogger(Subscriber.class);

    private final EventLog.Listener listener;
    private final Executor executor;
    private final int eventsMax;
    private final Runnable ended;
    private final Runnable overflowed;
    private final Queue<Event> waiting = new ArrayDeque<>();
    private boolean reset;
    private boolean busy;
    private volatile boolean closed;

    // Of the store's thread.
    /** What it was sent last. */
    EventId cursor = EventId.ZERO;
    /** Whether it gets what the reader reads, rather than still catching up. */
    boolean live;

    record Event(EventId id, String type, Map<String, Object> data) {}

    Subscriber(EventLog.Listener listener, Executor executor, int eventsMax, Runnable ended, Runnable overflowed) {
        this.listener = listener;
        this.executor = executor;
        this.eventsMax = eventsMax;
        this.ended = ended;
        this.overflowed = overflowed;
    }

    boolean closed() {
        return closed;
    }

    /** Whether there is room for a page of events to catch up with. */
    synchronized boolean hasRoomFor(int events) {
        return waiting.size() + events <= eventsMax;
    }

    synchronized void offer(Event event) {
        if (closed) {
            return;
        }
        if (waiting.size() >= eventsMax) {
            waiting.clear();
            reset = true;
            overflowed.run();
        } else {
            waiting.add(event);
        }
        wake();
    }

    synchronized void reset() {
        waiting.clear();
        reset = true;
        wake();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            waiting.clear();
        }
        ended.run();
    }

    private void wake() {
        if (!busy) {
            busy = true;
            executor.execute(this::deliver);
        }
    }

    private void deliver() {
        while (true) {
            Event event;
            boolean anew;
            synchronized (this) {
                anew = reset;
                reset = false;
                event = anew ? null : waiting.poll();
                if (closed || (!anew && event == null)) {
                    busy = false;
                    return;
                }
            }
            try {
                if (event == null) {
                    listener.reset();
                } else {
                    listener.event(event.id.toString(), event.type, event.data);
                }
            } catch (RuntimeException e) {
                LOG.debug("A listener to events failed and is closed", e);
                close();
            }
        }
    }
}
