package io.segue.store;

import io.segue.flow.desk.Desk;
import io.segue.flow.desk.Staff;
import io.segue.flow.oversight.Courier;
import io.segue.flow.oversight.PendingBoard;
import io.segue.flow.record.CallStore;
import io.segue.flow.record.EndedSessions;
import io.segue.flow.record.EventLog;
import io.segue.flow.registry.Documents;
import io.vertx.redis.client.Redis;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What gateways share, over one Redis. It takes three connections of the client: commands, messages, events. Redis may be away at the start, at any
 * time, and for any time.
 *
 * <p>After a reconnect the order is: what this gateway reserved by itself, then its live calls, then the events that waited.
 */
public final class Store implements AutoCloseable {
    private static final long WAITING_LOOK_MS = 100;

    private final StoreThread thread = new StoreThread();
    private final ExecutorService listeners = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("segue-events-", 0).factory());
    private final Counters counters = new Counters();
    private final Link link;
    private final Ear ear;
    private final RedisDesk desk;
    private final RedisCalls calls;
    private final RedisDocuments documents;
    private final RedisEvents events;
    private final Limits limits;
    private final RedisBoard board;
    private final RedisCourier courier;
    private final RedisSessions sessions;
    private volatile boolean up;
    private volatile double waiting;

    /**
     * Starts to connect.
     *
     * @param node this gateway's name, no other's: 1 to 64 of {@code A-Za-z0-9._:-}
     * @param home where humans belong while Redis is away
     * @param clockMs wall-clock milliseconds
     * @param signingKey the same on every gateway: by it they believe each other
     * @param fenced told, on the store's thread, of a call of ours that another gateway owns now
     */
    public Store(
            Redis redis,
            String node,
            Staff staff,
            Home home,
            LongSupplier clockMs,
            Limits limits,
            byte[] signingKey,
            Consumer<String> fenced) {
        this.limits = limits;
        this.link = new Link(
                "commands",
                redis,
                thread,
                limits.connection(),
                counters,
                List.of(DeskScript.SCRIPT, CallScript.SCRIPT, DocumentsScript.SCRIPT),
                new Life());
        this.ear = new Ear(redis, thread, limits, counters, node, this::listening);
        this.desk = new RedisDesk(link, thread, staff, home, node, clockMs, limits, counters);
        this.calls = new RedisCalls(link, thread, limits.calls(), counters, fenced);
        this.documents = new RedisDocuments(link, thread, limits);
        this.events = new RedisEvents(link, redis, thread, listeners, limits, counters);
        this.board = new RedisBoard(link, thread, node, clockMs, limits);
        this.courier = new RedisCourier(link, thread, new Seal(signingKey, node, clockMs), counters);
        this.sessions = new RedisSessions(link, thread);
        ear.on(RedisCourier.orders(node), courier::ordered);
        ear.on(RedisCourier.answers(node), courier::answered);
        ear.on(DeskScript.CHANNEL, desk::heard);
        ear.on(DocumentsScript.CHANNEL, documents::heard);
        thread.execute(() -> {
            link.start();
            ear.start();
            events.start();
        });
        thread.every(limits.desk().beatMs(), desk::beat);
        thread.every(WAITING_LOOK_MS, this::look);
        thread.every(Math.clamp(limits.calls().liveTtlMs() / 10, 50, 5_000), calls::refresh);
    }

    public Desk desk() {
        return desk;
    }

    public CallStore calls() {
        return calls;
    }

    public Documents documents() {
        return documents;
    }

    public EventLog events() {
        return events;
    }

    public PendingBoard board() {
        return board;
    }

    public Courier courier() {
        return courier;
    }

    public EndedSessions sessions() {
        return sessions;
    }

    public Counters counters() {
        return counters;
    }

    /** Whether Redis is there and has been told everything it missed. */
    public boolean up() {
        return up;
    }

    /** How much of what may wait for Redis waits, 0 to 1, of the fullest: events, records of calls, commands. As of a tenth of a second ago at most. */
    public double waiting() {
        return waiting;
    }

    private void look() {
        double ofEvents = (double) events.waiting() / limits.events().waitingMax();
        double ofCalls = (double) calls.pending() / limits.calls().keptMax();
        double ofCommands = (double) link.queued() / limits.connection().queuedMax();
        waiting = Math.min(1, Math.max(ofEvents, Math.max(ofCalls, ofCommands)));
    }

    /** Sends what is on its way, for at most a second, and disconnects. */
    @Override
    public void close() {
        var closed = new CompletableFuture<Void>();
        thread.execute(() -> {
            desk.leave();
            finish(closed, System.nanoTime() + TimeUnit.SECONDS.toNanos(1));
        });
        try {
            closed.get(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // It is closed below all the same.
        }
        thread.close();
        listeners.shutdownNow();
    }

    private void finish(CompletableFuture<Void> closed, long deadline) {
        if (up && (calls.pending() > 0 || link.pending() > 0) && System.nanoTime() - deadline < 0) {
            thread.after(5, () -> finish(closed, deadline));
            return;
        }
        events.close();
        ear.close();
        link.close();
        closed.complete(null);
    }

    private void listening() {
        desk.listenAgain();
        documents.read();
    }

    private final class Life implements Link.Listener {
        @Override
        public void up() {
            documents.read();
            desk.up(() -> {
                calls.up();
                events.up();
                board.up();
                up = true;
            });
        }

        @Override
        public void down() {
            up = false;
            desk.down();
            calls.down();
            events.down();
        }
    }
}
