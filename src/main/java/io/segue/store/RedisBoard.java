package io.segue.store;

import static io.segue.store.Link.then;

import io.segue.flow.oversight.PendingBoard;
import io.segue.signoff.Request;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait for people: a hash of JSON per kind. A gateway keeps its own here and writes them again when Redis is back. What a lost gateway left
 * behind is taken away by whoever reads it well after its deadline.
 */
final class RedisBoard implements PendingBoard {
    /** Two gateways' clocks differ by less. */
    private static final long AFTER_DEADLINE_MS = 60_000;

    /** Of a request that there is no room for; the whole of it has been an event and a push. */
    private static final Set<String> HEAD =
            Set.of("id", "kind", "call", "agent", "node", "state", "askedAt", "deadlineAt");

    private final Link link;
    private final StoreThread thread;
    private final String node;
    private final LongSupplier clockMs;
    private final Limits limits;
    private final Map<Request.Kind, Map<String, String>> own = new EnumMap<>(Request.Kind.class);
    private long ownBytes;

    RedisBoard(Link link, StoreThread thread, String node, LongSupplier clockMs, Limits limits) {
        this.link = link;
        this.thread = thread;
        this.node = node;
        this.clockMs = clockMs;
        this.limits = limits;
        for (Request.Kind kind : Request.Kind.values()) {
            own.put(kind, new LinkedHashMap<>());
        }
    }

    @Override
    public void put(Request.Kind kind, String id, Map<String, Object> document, long deadline) {
        thread.execute(() -> {
            forget(kind, id);
            String json = fitting(document);
            own(kind).put(id, json);
            ownBytes += bytes(json);
            send(kind, id, json);
        });
    }

    /**
     * A payload of the largest frame is shown; what was said before it can be read in the call's context. Past the room there is, that alone is shown which says that
     * somebody waits, of which calls have a bounded number.
     */
    private String fitting(Map<String, Object> document) {
        String json = Json.write(document);
        if (bytes(json) <= limits.documentBytesMax() && hasRoomFor(json)) {
            return json;
        }
        Map<String, Object> smaller = new LinkedHashMap<>(document);
        smaller.remove("evidence");
        String bare = Json.write(smaller);
        if (hasRoomFor(bare)) {
            return bare;
        }
        smaller.keySet().retainAll(HEAD);
        smaller.put("leftOut", true);
        return Json.write(smaller);
    }

    private boolean hasRoomFor(String json) {
        return ownBytes + bytes(json) <= limits.boardBytesMax();
    }

    private static int bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8).length;
    }

    private void forget(Request.Kind kind, String id) {
        String before = own(kind).remove(id);
        if (before != null) {
            ownBytes -= bytes(before);
        }
    }

    @Override
    public void remove(Request.Kind kind, String id) {
        thread.execute(() -> {
            forget(kind, id);
            delete(kind, List.of(id));
        });
    }

    @Override
    public CompletionStage<List<Map<String, Object>>> all(Request.Kind kind) {
        var all = new CompletableFuture<List<Map<String, Object>>>();
        thread.execute(() -> then(
                link.send(command(Command.HVALS).arg(key(kind))),
                answer -> all.complete(withOwn(kind, read(kind, answer))),
                away -> all.complete(withOwn(kind, List.of()))));
        return all;
    }

    // What follows runs on the store's thread.

    /** Redis is there: it gets what it missed, and loses what was decided meanwhile. */
    void up() {
        own.forEach((kind, requests) -> requests.forEach((id, json) -> send(kind, id, json)));
        for (Request.Kind kind : Request.Kind.values()) {
            then(
                    link.send(command(Command.HVALS).arg(key(kind))),
                    answer -> read(kind, answer).stream()
                            .filter(document -> node.equals(document.get("node")))
                            .map(document -> String.valueOf(document.get("id")))
                            .filter(id -> !own(kind).containsKey(id))
                            .forEach(id -> delete(kind, List.of(id))),
                    away -> {});
        }
    }

    /** What this gateway knows of its own is newer than what Redis does. */
    private List<Map<String, Object>> withOwn(Request.Kind kind, List<Map<String, Object>> read) {
        Map<Object, Map<String, Object>> all = new LinkedHashMap<>();
        read.stream()
                .filter(document -> !node.equals(document.get("node")))
                .forEach(document -> all.put(document.getOrDefault("id", ""), document));
        own(kind).forEach((id, json) -> {
            Map<String, Object> document = Json.read(json);
            if (document != null) {
                all.put(id, document);
            }
        });
        return List.copyOf(all.values());
    }

    private Map<String, String> own(Request.Kind kind) {
        Map<String, String> requests = own.get(kind);
        return requests == null ? Map.of() : requests;
    }

    private List<Map<String, Object>> read(Request.Kind kind, @Nullable Response answer) {
        var documents = new ArrayList<Map<String, Object>>();
        var stale = new ArrayList<String>();
        for (String json : Link.texts(answer)) {
            Map<String, Object> document = Json.read(json);
            if (document != null && document.get("deadlineAt") instanceof Number deadline) {
                if (deadline.longValue() + AFTER_DEADLINE_MS < clockMs.getAsLong()) {
                    stale.add(String.valueOf(document.get("id")));
                } else {
                    documents.add(document);
                }
            }
        }
        delete(kind, stale);
        return documents;
    }

    private void send(Request.Kind kind, String id, String json) {
        var unused = link.send(command(Command.HSET).arg(key(kind)).arg(id).arg(json));
    }

    private void delete(Request.Kind kind, List<String> ids) {
        if (!ids.isEmpty()) {
            var request = command(Command.HDEL).arg(key(kind));
            ids.forEach(request::arg);
            var unused = link.send(request);
        }
    }

    private static io.vertx.redis.client.Request command(Command name) {
        return io.vertx.redis.client.Request.cmd(name);
    }

    static String key(Request.Kind kind) {
        return "segue:{pending}:" + kind.name().toLowerCase(Locale.ROOT);
    }
}
