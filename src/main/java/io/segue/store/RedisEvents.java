package io.segue.store;

import static io.segue.store.Link.then;

import io.segue.flow.record.EventLog;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Events in one capped stream. One connection reads it, waiting, for all subscribers of this gateway; who gives a Last-Event-ID catches up by pages
 * first, one page at a time and only as fast as it takes them.
 */
final class RedisEvents implements EventLog {
    static final String KEY = "segue:events";
    private static final int PAGE = 200;
    private static final long BLOCK_MS = 2_000;

    private final Link link;
    private final Link reading;
    private final StoreThread thread;
    private final Executor listeners;
    private final Limits limits;
    private final Counters counters;
    private final Deque<Request> waiting = new ArrayDeque<>();
    private final Set<Subscriber> subscribers = new LinkedHashSet<>();
    /** Read and handed on up to here; none before the stream's end is known. */
    private @Nullable EventId position;

    private boolean read;
    private boolean asking;

    RedisEvents(Link link, Redis redis, StoreThread thread, Executor listeners, Limits limits, Counters counters) {
        this.link = link;
        this.thread = thread;
        this.listeners = listeners;
        this.limits = limits;
        this.counters = counters;
        this.reading = new Link("events", redis, thread, limits.connection(), counters, List.of(), new Link.Listener() {
            @Override
            public void up() {
                next();
            }

            @Override
            public void down() {}
        });
    }

    @Override
    public void publish(String type, Map<String, Object> data) {
        thread.execute(() -> {
            Request add = Request.cmd(Command.XADD)
                    .arg(KEY)
                    .arg("MAXLEN")
                    .arg("~")
                    .arg(limits.events().streamMax())
                    .arg("*")
                    .arg("type")
                    .arg(type)
                    .arg("data")
                    .arg(Json.write(data));
            if (read && waiting.isEmpty() && link.up()) {
                send(add);
            } else {
                keep(add);
            }
        });
    }

    @Override
    public Subscription subscribe(@Nullable String lastEventId, Listener listener) {
        var subscriber = new Subscriber[1];
        subscriber[0] = new Subscriber(
                listener,
                listeners,
                limits.events().subscriberMax(),
                () -> leave(subscriber[0]),
                counters.subscribersReset::increment);
        thread.execute(() -> join(subscriber[0], lastEventId, listener));
        return subscriber[0];
    }

    int subscribers() {
        return subscribers.size();
    }

    // What follows runs on the store's thread.

    /** Events that wait for Redis. */
    int waiting() {
        return waiting.size();
    }

    void start() {
        reading.start();
    }

    void close() {
        reading.close();
    }

    /** Redis is there: finds out whether it still has what was read last, then sends what waits. */
    void up() {
        bounds((first, last, length) -> {
            EventId before = position;
            if (before == null) {
                position = last;
            } else if (gone(before, first, last, length)) {
                position = last;
                subscribers.forEach(subscriber -> missed(subscriber, last));
            }
            read = true;
            List.copyOf(subscribers).forEach(this::catchUp);
            next();
            while (!waiting.isEmpty()) {
                send(waiting.remove());
            }
        });
    }

    void down() {
        read = false;
    }

    private void join(Subscriber subscriber, @Nullable String lastEventId, Listener listener) {
        if (subscriber.closed()) {
            return;
        }
        if (subscribers.size() >= limits.events().subscribersMax()) {
            subscriber.close();
            listener.refused();
            return;
        }
        subscribers.add(subscriber);
        EventId at = position;
        if (lastEventId == null) {
            subscriber.cursor = at == null ? EventId.ZERO : at;
            subscriber.live = true;
            return;
        }
        EventId wanted = EventId.parse(lastEventId);
        subscriber.cursor = wanted == null ? EventId.LAST : wanted;
        catchUp(subscriber);
    }

    private void leave(@Nullable Subscriber subscriber) {
        thread.execute(() -> subscribers.remove(subscriber));
    }

    private static void missed(Subscriber subscriber, EventId from) {
        subscriber.cursor = from;
        subscriber.reset();
    }

    /** A page from where the subscriber is, and so on until it has what the reader has. */
    private void catchUp(Subscriber subscriber) {
        if (subscriber.live || subscriber.closed()) {
            return;
        }
        if (!subscriber.hasRoomFor(page())) {
            thread.after(20, () -> catchUp(subscriber));
            return;
        }
        EventId from = subscriber.cursor;
        CompletableFuture<@Nullable Response> page = from.equals(EventId.LAST)
                ? CompletableFuture.completedFuture(null)
                : link.send(Request.cmd(Command.XRANGE)
                        .arg(KEY)
                        .arg("(" + from)
                        .arg("+")
                        .arg("COUNT")
                        .arg(page()));
        // Asked after the page: what is there now was there then, so nothing between can have been cut away unseen.
        bounds((first, last, length) -> {
            if (gone(from, first, last, length)) {
                missed(subscriber, last);
                catchUp(subscriber);
                return;
            }
            then(page, answer -> caughtUp(subscriber, events(answer)), away -> {});
        });
    }

    private int page() {
        return Math.min(PAGE, limits.events().subscriberMax());
    }

    private void caughtUp(Subscriber subscriber, List<Subscriber.Event> events) {
        events.forEach(event -> give(subscriber, event));
        EventId at = position;
        if (events.isEmpty() && (at == null || at.compareTo(subscriber.cursor) <= 0)) {
            subscriber.live = true;
        } else {
            catchUp(subscriber);
        }
    }

    private static void give(Subscriber subscriber, Subscriber.Event event) {
        if (event.id().compareTo(subscriber.cursor) > 0) {
            subscriber.cursor = event.id();
            subscriber.offer(event);
        }
    }

    /** Waits for what comes next, over the reader's own connection. */
    private void next() {
        EventId from = position;
        if (from == null || !read || !reading.up() || asking) {
            return;
        }
        asking = true;
        then(
                reading.send(
                        Request.cmd(Command.XREAD)
                                .arg("COUNT")
                                .arg(PAGE)
                                .arg("BLOCK")
                                .arg(BLOCK_MS)
                                .arg("STREAMS")
                                .arg(KEY)
                                .arg(from.toString()),
                        BLOCK_MS + limits.connection().commandTimeoutMs()),
                answer -> {
                    asking = false;
                    heard(answer);
                    next();
                },
                error -> {
                    asking = false;
                    if (!Link.isAway(error)) {
                        thread.after(limits.connection().backoffMaxMs(), this::next);
                    }
                });
    }

    private void heard(@Nullable Response answer) {
        if (answer == null || answer.size() == 0) {
            return;
        }
        Response entries = answer.getKeys().isEmpty() ? answer.get(0).get(1) : answer.get(KEY);
        for (Subscriber.Event event : events(entries)) {
            EventId at = position;
            if (at != null && event.id().compareTo(at) <= 0) {
                continue;
            }
            position = event.id();
            for (Subscriber subscriber : subscribers) {
                if (subscriber.live) {
                    give(subscriber, event);
                }
            }
        }
    }

    private static List<Subscriber.Event> events(@Nullable Response entries) {
        var events = new ArrayList<Subscriber.Event>();
        if (entries == null) {
            return events;
        }
        for (Response entry : entries) {
            EventId id = EventId.parse(entry.get(0).toString());
            List<String> fields = Link.texts(entry.get(1));
            Map<String, Object> data = fields.size() >= 4 ? Json.read(fields.get(3)) : null;
            if (id != null && data != null) {
                events.add(new Subscriber.Event(id, fields.get(1), data));
            }
        }
        return events;
    }

    private interface Bounds {
        void are(EventId first, EventId last, long length);
    }

    /** The first and the last entry there, zeros for an empty stream, and how many there are. */
    private void bounds(Bounds bounds) {
        var first = link.send(Request.cmd(Command.XRANGE)
                .arg(KEY)
                .arg("-")
                .arg("+")
                .arg("COUNT")
                .arg(1));
        var last = link.send(Request.cmd(Command.XREVRANGE)
                .arg(KEY)
                .arg("+")
                .arg("-")
                .arg("COUNT")
                .arg(1));
        var length = link.send(Request.cmd(Command.XLEN).arg(KEY));
        then(
                length,
                count -> bounds.are(id(first.join()), id(last.join()), count == null ? 0 : count.toLong()),
                away -> {});
    }

    /** Whether what follows an entry cannot be told any more: it has been cut away, or another stream is there than it was of. */
    private boolean gone(EventId entry, EventId first, EventId last, long length) {
        boolean beginning =
                entry.equals(EventId.ZERO) && length < limits.events().streamMax();
        return entry.compareTo(last) > 0 || (entry.compareTo(first) < 0 && !beginning);
    }

    private static EventId id(@Nullable Response entries) {
        EventId id = entries == null || entries.size() == 0
                ? null
                : EventId.parse(entries.get(0).get(0).toString());
        return id == null ? EventId.ZERO : id;
    }

    private void send(Request add) {
        then(link.send(add), id -> {}, error -> {
            if (Link.isAway(error)) {
                keep(add);
            }
        });
    }

    private void keep(Request add) {
        if (waiting.size() >= limits.events().waitingMax()) {
            waiting.remove();
            counters.eventsDropped.increment();
        }
        waiting.add(add);
    }
}
