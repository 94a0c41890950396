package io.segue.store;

import static io.segue.store.Link.then;

import io.segue.flow.record.CallStore;
import io.segue.flow.record.StoreAway;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Records of calls in Redis. Of each call only the newest record waits, one is on its way at a time, and the newest of every live call stays here:
 * it is written again after a reconnect and well before its time to live is over. Other calls are read from Redis ({@link CallReader}).
 */
final class RedisCalls implements CallStore {
    private static final Logger LOG = Logger.getLogger(RedisCalls.class);
    static final String INDEX = "segue:calls";

    private final Link link;
    private final StoreThread thread;
    private final Limits.Calls limits;
    private final Counters counters;
    private final Consumer<String> fenced;
    private final CallReader reader;
    /** Handed over and not yet looked at, the newest of each call; the only field that other threads touch. */
    private final Map<String, CallRecord> arrived = new ConcurrentHashMap<>();

    private final Map<String, Kept> kept = new HashMap<>();
    private final Queue<Kept> waiting = new ArrayDeque<>();
    private int onTheirWay;
    private boolean open;

    /** A call of this gateway. */
    private static final class Kept {
        private CallRecord record;
        private boolean queued;
        private boolean sending;
        private boolean indexed;
        private long writtenAt;
        private long version = Long.MIN_VALUE;
        private final Set<String> legs = new HashSet<>();

        Kept(CallRecord record) {
            this.record = record;
        }
    }

    /** @param fenced told, on the store's thread, of a call that another gateway owns now */
    RedisCalls(Link link, StoreThread thread, Limits.Calls limits, Counters counters, Consumer<String> fenced) {
        this.link = link;
        this.thread = thread;
        this.limits = limits;
        this.counters = counters;
        this.fenced = fenced;
        this.reader = new CallReader(link);
    }

    static String key(String callId) {
        return "segue:call:{" + callId + "}";
    }

    static String sipKey(String sipCallId) {
        return "segue:sip:{" + sipCallId + "}";
    }

    @Override
    public void save(CallRecord record) {
        arrived.merge(record.callId(), record, (old, now) -> now.version() >= old.version() ? now : old);
        thread.execute(() -> take(record.callId()));
    }

    @Override
    public CompletionStage<Optional<CallRecord>> find(String callId) {
        return here(() -> {
            CallRecord own = own(callId);
            return own != null ? CompletableFuture.completedFuture(Optional.of(own)) : reader.find(callId);
        });
    }

    @Override
    public CompletionStage<Optional<CallRecord>> findBySipCallId(String sipCallId) {
        return here(() -> {
            for (Kept call : kept.values()) {
                if (call.record.sipCallIds().contains(sipCallId)) {
                    return CompletableFuture.completedFuture(Optional.of(call.record));
                }
            }
            return reader.findBySipCallId(sipCallId).thenApply(found -> found.map(this::newest));
        });
    }

    /** While Redis is away, the calls of this gateway. */
    @Override
    public CompletionStage<List<CallRecord>> list(int atMost) {
        return here(() -> reader.list(atMost)
                .thenApply(all -> all.stream().map(this::newest).toList())
                .exceptionallyCompose(error -> Link.isAway(error)
                        ? CompletableFuture.completedFuture(kept.values().stream()
                                .map(call -> call.record)
                                .limit(atMost)
                                .toList())
                        : CompletableFuture.failedFuture(error)));
    }

    @Override
    public CompletionStage<List<String>> ids(int atMost) {
        return here(() -> reader.ids(atMost));
    }

    @Override
    public CompletionStage<Map<String, Long>> lastCalls(Collection<String> agents) {
        return here(() -> reader.lastCalls(List.copyOf(agents)));
    }

    // What follows runs on the store's thread.

    /** Redis is there and has the reservations: every call of this gateway is written again. */
    void up() {
        open = true;
        kept.values().forEach(call -> {
            call.indexed = false;
            call.legs.clear();
            enqueue(call);
        });
        drain();
    }

    void down() {
        open = false;
    }

    /** Gives records of calls in which nothing happens their full time again, and forgets ended ones. */
    void refresh() {
        long now = System.nanoTime();
        kept.values()
                .removeIf(call ->
                        call.record.ended() && written(call) && since(now, call.writtenAt) > limits.endedKeepMs());
        kept.values().forEach(call -> {
            if (!call.record.ended() && written(call) && since(now, call.writtenAt) > limits.liveTtlMs() / 3) {
                call.indexed = false;
                call.legs.clear();
                enqueue(call);
            }
        });
        drain();
    }

    /** Records not yet written. */
    int pending() {
        return waiting.size() + onTheirWay;
    }

    private static boolean written(Kept call) {
        return call.version == call.record.version() && !call.queued && !call.sending;
    }

    private static long since(long now, long then) {
        return (now - then) / 1_000_000;
    }

    private void take(String callId) {
        CallRecord record = arrived.remove(callId);
        if (record == null) {
            return;
        }
        Kept call = kept.get(callId);
        if (call == null) {
            if (kept.size() >= limits.keptMax()) {
                counters.unwritten.increment();
                return;
            }
            call = new Kept(record);
            kept.put(callId, call);
        } else if (record.version() > call.record.version()) {
            call.record = record;
        }
        enqueue(call);
        drain();
    }

    private void enqueue(Kept call) {
        if (!call.queued && !call.sending) {
            call.queued = true;
            waiting.add(call);
        }
    }

    private void drain() {
        while (open && onTheirWay < limits.writesMax()) {
            Kept call = waiting.poll();
            if (call == null) {
                return;
            }
            call.queued = false;
            write(call);
        }
    }

    private void write(Kept call) {
        CallRecord record = call.record;
        String document = json(record);
        if (document == null) {
            counters.unwritten.increment();
            done(call, record);
            return;
        }
        long ttl = record.ended() ? limits.retentionMs() : limits.liveTtlMs();
        call.sending = true;
        onTheirWay++;
        var written = link.eval(
                CallScript.SCRIPT,
                List.of(key(record.callId())),
                List.of(
                        record.owner(),
                        "" + record.epoch(),
                        "" + record.version(),
                        record.ended() ? "1" : "0",
                        "" + ttl,
                        document,
                        String.join("\n", record.sipCallIds())));
        then(
                written,
                answer -> {
                    sent(call);
                    judged(call, record, answer);
                    next(call, record);
                },
                error -> {
                    sent(call);
                    if (Link.isAway(error)) {
                        enqueue(call);
                    } else {
                        done(call, record);
                        next(call, record);
                    }
                });
        index(call, record, ttl);
    }

    /** None where it cannot be written. */
    private @Nullable String json(CallRecord record) {
        try {
            String json = Json.write(record.document());
            if (json.getBytes(StandardCharsets.UTF_8).length <= limits.recordBytesMax()) {
                return json;
            }
            LOG.warnf(
                    "The record of call %s is over %d bytes and was not written",
                    record.callId(), limits.recordBytesMax());
        } catch (IllegalArgumentException e) {
            LOG.errorf(e, "The record of call %s cannot be written", record.callId());
        }
        return null;
    }

    /** So that the call is found by number and by leg; repeated when the time to live changes. */
    private void index(Kept call, CallRecord record, long ttl) {
        for (String leg : record.sipCallIds()) {
            if (leg.getBytes(StandardCharsets.UTF_8).length <= limits.sipCallIdBytesMax()
                    && (call.legs.add(leg) || record.ended())) {
                then(
                        link.send(Request.cmd(Command.SET)
                                .arg(sipKey(leg))
                                .arg(record.callId())
                                .arg("PX")
                                .arg(ttl)),
                        ok -> {},
                        error -> call.legs.remove(leg));
            }
        }
    }

    private void judged(Kept call, CallRecord record, @Nullable Response answer) {
        String verdict = answer == null ? "" : answer.get(0).toString();
        switch (verdict) {
            case "written", "same" -> {
                counters.written.increment();
                list(
                        call,
                        record,
                        answer == null ? 0 : Long.parseLong(answer.get(1).toString()));
            }
            case "fenced" -> {
                counters.refused.increment();
                LOG.warnf("Call %s is owned by another gateway now", record.callId());
                kept.remove(record.callId());
                fenced.accept(record.callId());
            }
            default -> counters.refused.increment();
        }
        done(call, record);
    }

    private void list(Kept call, CallRecord record, long startedMs) {
        if (!call.indexed) {
            call.indexed = true;
            var unused = link.send(
                    Request.cmd(Command.ZADD).arg(INDEX).arg(startedMs).arg(record.callId()));
            if (record.document().get("agent") instanceof String agent) {
                var noted = link.send(Request.cmd(Command.ZADD)
                        .arg(CallReader.LAST)
                        .arg("GT")
                        .arg(startedMs)
                        .arg(agent));
            }
        }
        if (record.ended()) {
            var unused = link.send(Request.cmd(Command.ZREMRANGEBYSCORE)
                    .arg(INDEX)
                    .arg("-inf")
                    .arg("(" + (startedMs - limits.retentionMs())));
        }
    }

    private void sent(Kept call) {
        call.sending = false;
        onTheirWay--;
    }

    private static void done(Kept call, CallRecord record) {
        call.version = record.version();
        call.writtenAt = System.nanoTime();
    }

    private void next(Kept call, CallRecord record) {
        if (call.record.version() != record.version() && kept.containsKey(record.callId())) {
            enqueue(call);
        }
        drain();
    }

    private @Nullable CallRecord own(String callId) {
        CallRecord newest = arrived.get(callId);
        Kept call = kept.get(callId);
        return newest != null ? newest : call == null ? null : call.record;
    }

    private CallRecord newest(CallRecord read) {
        CallRecord own = own(read.callId());
        return own != null && own.version() >= read.version() ? own : read;
    }

    private <T> CompletionStage<T> here(Supplier<CompletableFuture<T>> question) {
        var answer = new CompletableFuture<T>();
        thread.execute(() -> Link.then(
                question.get(),
                answer::complete,
                error -> answer.completeExceptionally(Link.isAway(error) ? new StoreAway("Redis is away") : error)));
        return answer;
    }
}
