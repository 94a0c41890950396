package io.segue.flow.leg;

import io.segue.sip.transaction.ConnectionId;
import io.segue.sip.transaction.Destination;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/**
 * Which WebSocket a browser is reached down now (RFC 5626 5.3: requests of a dialog go down the flow its peer registered last). A REGISTER with the Call-ID
 * of an earlier one is of the same page, back after its network was away, and its dialogs go on (RFC 3261 10.2.4: one Call-ID from start to restart); one
 * with another Call-ID of the same instance, or of a human whose page is gone, is of a page that was loaded anew and knows nothing of them. Safe from any
 * thread.
 */
public final class Flows {
    /** What happens to a page, told on any thread. */
    public interface Watcher {
        /** Its WebSocket is gone. */
        void lost();

        /** It has another one. */
        void back();

        /** It has been loaded anew: its dialogs are over. */
        void replaced();
    }

    /** Stops watching. */
    @FunctionalInterface
    public interface Cancel {
        void cancel();
    }

    private static final class Page {
        private final String human;
        private final String callId;
        private final @Nullable String instance;
        private final Set<ConnectionId> sockets = new HashSet<>();
        private final Set<Watcher> watchers = new CopyOnWriteArraySet<>();
        private Destination way;
        private boolean up = true;
        private long lostAtMs;

        Page(String human, String callId, @Nullable String instance, Destination way) {
            this.human = human;
            this.callId = callId;
            this.instance = instance;
            this.way = way;
        }
    }

    private final long keptMs;
    private final Map<ConnectionId, Page> pages = new HashMap<>();

    /** @param keptMs so long a page may come back after its WebSocket is gone */
    public Flows(long keptMs) {
        this.keptMs = keptMs;
    }

    public long keptMs() {
        return keptMs;
    }

    /**
     * A human has registered down a WebSocket.
     *
     * @param callId of the REGISTER
     * @param instance {@code +sip.instance} of its Contact
     */
    public void registered(String human, String callId, @Nullable String instance, Destination way, long nowMs) {
        List<Runnable> news = new ArrayList<>();
        synchronized (this) {
            ConnectionId socket = Objects.requireNonNull(way.connection());
            forget(nowMs);
            Page known = pages.get(socket);
            if (known == null || !known.callId.equals(callId) || !known.human.equals(human)) {
                begin(new Page(human, callId, instance, way), socket, news);
            }
        }
        news.forEach(Runnable::run);
    }

    private void begin(Page page, ConnectionId socket, List<Runnable> news) {
        List<Page> others = pages.values().stream()
                .filter(other -> other.human.equals(page.human))
                .distinct()
                .toList();
        Optional<Page> same = others.stream()
                .filter(other -> other.callId.equals(page.callId))
                .findFirst();
        Page now = same.orElse(page);
        if (same.isPresent()) {
            now.way = page.way;
            now.up = true;
            now.watchers.forEach(watcher -> news.add(watcher::back));
        } else {
            for (Page other : others) {
                boolean reloaded = page.instance != null && page.instance.equals(other.instance);
                if (!other.up || reloaded) {
                    remove(other);
                    other.watchers.forEach(watcher -> news.add(watcher::replaced));
                }
            }
        }
        now.sockets.add(socket);
        pages.put(socket, now);
    }

    private void remove(Page page) {
        page.sockets.forEach(socket -> pages.remove(socket, page));
    }

    /** Pages that have not come back are nobody's any more; who watches them has seen to it. */
    private void forget(long nowMs) {
        pages.values().removeIf(page -> !page.up && nowMs - page.lostAtMs > 2 * keptMs);
    }

    public void lost(ConnectionId socket, long nowMs) {
        List<Watcher> told = List.of();
        synchronized (this) {
            Page page = pages.get(socket);
            if (page != null && socket.equals(page.way.connection())) {
                page.up = false;
                page.lostAtMs = nowMs;
                told = List.copyOf(page.watchers);
            }
            forget(nowMs);
        }
        told.forEach(Watcher::lost);
    }

    /** The way to whoever was reached this way: down the WebSocket that their page has now. */
    public synchronized Destination now(Destination way) {
        ConnectionId socket = way.connection();
        Page page = socket == null ? null : pages.get(socket);
        return page == null ? way : page.way;
    }

    /** Tells what happens to the page at the other end; nothing ever, where no page is. One that is gone already is told of at once. */
    public Cancel watch(@Nullable Destination way, Watcher watcher) {
        boolean gone;
        Page page;
        synchronized (this) {
            ConnectionId socket = way == null ? null : way.connection();
            page = socket == null ? null : pages.get(socket);
            if (page == null) {
                return () -> {};
            }
            page.watchers.add(watcher);
            gone = !page.up;
        }
        if (gone) {
            watcher.lost();
        }
        return () -> page.watchers.remove(watcher);
    }
}
