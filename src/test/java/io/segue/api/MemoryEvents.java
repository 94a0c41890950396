package io.segue.api;

import io.segue.flow.record.EventLog;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Events 1-0, 2-0, …, of which the last hundred are kept. */
@Alternative
@Singleton
class MemoryEvents implements EventLog {
    private record Event(String id, String type, Map<String, Object> data) {}

    private final List<Event> events = new ArrayList<>();
    final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private int first = 1;

    @Override
    public synchronized void publish(String type, Map<String, Object> data) {
        Event event = new Event(first + events.size() + "-0", type, data);
        events.add(event);
        if (events.size() > 100) {
            events.removeFirst();
            first++;
        }
        listeners.forEach(listener -> listener.event(event.id, event.type, event.data));
    }

    @Override
    public synchronized Subscription subscribe(String lastEventId, Listener listener) {
        if (lastEventId != null) {
            int next = Integer.parseInt(lastEventId.split("-")[0]) + 1;
            if (next < first) {
                listener.reset();
            }
            events.stream()
                    .filter(event -> Integer.parseInt(event.id.split("-")[0]) >= next)
                    .forEach(event -> listener.event(event.id, event.type, event.data));
        }
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
