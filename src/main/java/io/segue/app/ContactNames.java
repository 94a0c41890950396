package io.segue.app;

import io.segue.registry.Directory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Looks up the host names among the fixed contacts, on a thread of its own, so that peers that are configured by name are known by their addresses.
 * A name that cannot be looked up keeps the addresses it had.
 */
final class ContactNames implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ContactNames.class);
    private static final long LOOK_MS = 500;
    private static final long AGAIN_AFTER_FAILURE_MS = 10_000;

    private final Directory directory;
    private final long everyMs;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("segue-contact-names").factory());
    /** When each name is due, in nanoseconds; the thread's own. */
    private final Map<String, Long> dueAt = new HashMap<>();

    private final Set<String> failing = new HashSet<>();

    /** @param everyMs how often a name is looked up again; a new one is within half a second */
    ContactNames(Directory directory, long everyMs) {
        this.directory = directory;
        this.everyMs = everyMs;
        var unused = thread.scheduleWithFixedDelay(this::look, 0, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            Set<String> names = new TreeSet<>(directory.contactNames());
            dueAt.keySet().retainAll(names);
            failing.retainAll(names);
            for (String name : names) {
                Long due = dueAt.get(name);
                if (due == null || System.nanoTime() - due >= 0) {
                    long again = lookUp(name) ? everyMs : Math.min(everyMs, AGAIN_AFTER_FAILURE_MS);
                    dueAt.put(name, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(again));
                }
            }
        } catch (RuntimeException e) {
            LOG.error("The names of contacts could not be looked at", e);
        }
    }

    private boolean lookUp(String name) {
        try {
            directory.resolved(name, Set.copyOf(List.of(InetAddress.getAllByName(name))));
            failing.remove(name);
            return true;
        } catch (UnknownHostException e) {
            if (failing.add(name)) {
                LOG.warnf("The contact %s has no address: %s", name, e.getMessage());
            }
            return false;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
