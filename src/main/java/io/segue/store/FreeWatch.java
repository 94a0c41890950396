package io.segue.store;

import io.segue.flow.desk.Desk;
import io.segue.flow.desk.Staff;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Who waits for somebody of a queue to come free. */
final class FreeWatch {
    private static final Logger LOG = Logger.getLogger(FreeWatch.class);

    private final Staff staff;
    private final Map<String, Set<Waiting>> waiting = new ConcurrentHashMap<>();

    FreeWatch(Staff staff) {
        this.staff = staff;
    }

    /** Not a record: each subscription is one of its own, even with the same callback. */
    private static final class Waiting {
        private final Runnable callback;

        Waiting(Runnable callback) {
            this.callback = callback;
        }
    }

    Desk.Cancel add(String queue, Runnable callback) {
        var entry = new Waiting(callback);
        waiting.compute(queue, (q, there) -> {
            Set<Waiting> all = there == null ? ConcurrentHashMap.newKeySet() : there;
            all.add(entry);
            return all;
        });
        return () -> waiting.computeIfPresent(queue, (q, there) -> {
            there.remove(entry);
            return there.isEmpty() ? null : there;
        });
    }

    void freed(String human) {
        waiting.forEach((queue, callbacks) -> {
            if (staff.of(queue).stream().anyMatch(member -> member.human().equals(human))) {
                callbacks.forEach(FreeWatch::call);
            }
        });
    }

    void everything() {
        waiting.values().forEach(callbacks -> callbacks.forEach(FreeWatch::call));
    }

    private static void call(Waiting waiting) {
        try {
            waiting.callback.run();
        } catch (RuntimeException e) {
            LOG.error("A callback that waited for somebody to come free failed", e);
        }
    }
}
