package io.segue.store;

import static io.segue.store.Link.then;

import io.segue.flow.Documents;
import io.segue.flow.StoreAway;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Configured documents: a hash of JSON per kind, and a copy here that follows it. A change and its announcement are one script; changes are numbered,
 * so an announcement that comes late undoes nothing. Should Redis come back without its memory, every gateway gives it its copy.
 */
final class RedisDocuments implements Documents {
    private static final Logger LOG = Logger.getLogger(RedisDocuments.class);
    static final String CHANNEL = "segue:{documents}";
    private static final List<String> KEYS = List.of(
            "segue:{documents}:agent",
            "segue:{documents}:queue",
            "segue:{documents}:human",
            "segue:{documents}:trunk",
            "segue:{documents}:number",
            "segue:{documents}:born");

    /** KEYS: {@link #KEYS}. ARGV: channel, operation, then: put kind id JSON; delete kind id; all; give (kind id JSON)*. Kinds count from 1. */
    static final Script SCRIPT = Script.of("""
            local channel, op = ARGV[1], ARGV[2]
            local clock = redis.call('TIME')
            redis.call('SETNX', KEYS[6], clock[1] .. '.' .. clock[2])
            local born = redis.call('GET', KEYS[6])
            local function tell(number, kind, id, json)
              redis.call('PUBLISH', channel, string.format('%.0f', number) .. '\\n' .. kind .. '\\n' .. id .. '\\n' .. json)
            end
            if op == 'put' then
              redis.call('HSET', KEYS[tonumber(ARGV[3])], ARGV[4], ARGV[5])
              local number = redis.call('INCR', KEYS[5])
              tell(number, ARGV[3], ARGV[4], ARGV[5])
              return {number, born, 1}
            elseif op == 'delete' then
              local there = redis.call('HDEL', KEYS[tonumber(ARGV[3])], ARGV[4])
              local number = redis.call('INCR', KEYS[5])
              if there == 1 then tell(number, ARGV[3], ARGV[4], '') end
              return {number, born, there}
            elseif op == 'give' then
              for i = 3, #ARGV, 3 do
                if redis.call('HSETNX', KEYS[tonumber(ARGV[i])], ARGV[i + 1], ARGV[i + 2]) == 1 then
                  tell(redis.call('INCR', KEYS[5]), ARGV[i], ARGV[i + 1], ARGV[i + 2])
                end
              end
              return {0, born, 0}
            end
            return {tonumber(redis.call('GET', KEYS[5]) or '0'), born, redis.call('HGETALL', KEYS[1]), redis.call('HGETALL', KEYS[2]),
              redis.call('HGETALL', KEYS[3]), redis.call('HGETALL', KEYS[4])}
            """);

    private final Link link;
    private final StoreThread thread;
    private final int bytesMax;
    private final Map<Kind, Map<String, Known>> known = new EnumMap<>(Kind.class);
    private final List<Listener> listeners = new ArrayList<>();
    private final CompletableFuture<@Nullable Void> firstRead = new CompletableFuture<>();
    private long readUpTo;
    /** When Redis's memory began; another one than before: it has lost it. */
    private String born = "";

    private record Known(long number, String json) {}

    RedisDocuments(Link link, StoreThread thread, int bytesMax) {
        this.link = link;
        this.thread = thread;
        this.bytesMax = bytesMax;
        Kind.ALL.forEach(kind -> known.put(kind, new HashMap<>()));
    }

    @Override
    public CompletionStage<Void> put(Kind kind, String id, Map<String, Object> document) {
        String json = Json.write(document);
        if (json.getBytes(StandardCharsets.UTF_8).length > bytesMax) {
            throw new IllegalArgumentException("a document of at most " + bytesMax + " bytes");
        }
        check(id);
        var done = new CompletableFuture<Void>();
        thread.execute(() -> then(
                run("put", List.of(number(kind), id, json)),
                answer -> {
                    answered(answer, kind, id, json);
                    done.complete(null);
                },
                error -> done.completeExceptionally(away(error))));
        return done;
    }

    @Override
    public CompletionStage<Boolean> delete(Kind kind, String id) {
        check(id);
        var done = new CompletableFuture<Boolean>();
        thread.execute(() -> then(
                run("delete", List.of(number(kind), id)),
                answer -> {
                    answered(answer, kind, id, "");
                    done.complete(answer != null && answer.get(2).toInteger() == 1);
                },
                error -> done.completeExceptionally(away(error))));
        return done;
    }

    /** From the copy here, once it has been read for the first time. */
    @Override
    public CompletionStage<Map<String, Map<String, Object>>> all(Kind kind) {
        var all = new CompletableFuture<Map<String, Map<String, Object>>>();
        thread.execute(() -> {
            if (!firstRead.isDone() && !link.up()) {
                all.completeExceptionally(new StoreAway("Redis is away"));
                return;
            }
            var unused = firstRead.thenRun(() -> all.complete(trees(kind)));
        });
        return all;
    }

    @Override
    public void listen(Listener listener) {
        thread.execute(() -> {
            listeners.add(listener);
            Kind.ALL.forEach(kind -> trees(kind).forEach((id, tree) -> call(listener, kind, id, tree)));
        });
    }

    // What follows runs on the store's thread.

    /** Nothing announced from now on is missed: reads everything. */
    void read() {
        then(run("all", List.of()), this::read, error -> {
            if (!Link.isAway(error)) {
                LOG.error("The documents could not be read", error);
            }
        });
    }

    private void read(@Nullable Response all) {
        if (all == null) {
            return;
        }
        long number = number(all);
        String memory = all.get(1).toString();
        boolean lost = !born.isEmpty() && !born.equals(memory);
        born = memory;
        if (lost) {
            LOG.warn("Redis has lost its memory; it gets the documents again");
            give();
            return;
        }
        readUpTo = number;
        for (Kind kind : Kind.ALL) {
            List<String> pairs = RedisDesk.texts(all.get(2 + Kind.ALL.indexOf(kind)));
            var fresh = new HashMap<String, Known>();
            for (int i = 0; i + 1 < pairs.size(); i += 2) {
                fresh.put(pairs.get(i), new Known(number, pairs.get(i + 1)));
            }
            Map<String, Known> old = known.getOrDefault(kind, Map.of());
            known.put(kind, fresh);
            old.forEach((id, document) -> {
                if (!document.json.isEmpty() && !fresh.containsKey(id)) {
                    tell(kind, id, null);
                }
            });
            fresh.forEach((id, document) -> tell(kind, id, document.json));
        }
        firstRead.complete(null);
    }

    private void give() {
        var arguments = new ArrayList<String>();
        known.forEach((kind, documents) -> documents.forEach((id, document) -> {
            if (!document.json.isEmpty()) {
                arguments.addAll(List.of(number(kind), id, document.json));
            }
        }));
        CompletableFuture<@Nullable Response> given = CompletableFuture.completedFuture(null);
        for (int from = 0; from < arguments.size(); from += 300) {
            List<String> some = List.copyOf(arguments.subList(from, Math.min(from + 300, arguments.size())));
            given = given.thenCompose(before -> run("give", some));
        }
        then(given, done -> read(), error -> {});
    }

    /** An announcement: number, kind, id, JSON (empty: deleted), a line each. */
    void heard(String message) {
        String[] lines = message.split("\n", 4);
        if (lines.length == 4) {
            changed(Long.parseLong(lines[0]), Kind.ALL.get(Integer.parseInt(lines[1]) - 1), lines[2], lines[3]);
        }
    }

    private void answered(@Nullable Response answer, Kind kind, String id, String json) {
        if (answer != null && !answer.get(1).toString().equals(born)) {
            read();
        } else {
            changed(number(answer), kind, id, json);
        }
    }

    private void changed(long number, Kind kind, String id, String json) {
        Map<String, Known> documents = known.getOrDefault(kind, Map.of());
        Known before = documents.get(id);
        if (number <= readUpTo || (before != null && number <= before.number)) {
            return;
        }
        // A deletion keeps its number, so that an older announcement does not bring the document back.
        documents.put(id, new Known(number, json));
        if (before == null ? !json.isEmpty() : !before.json.equals(json)) {
            tell(kind, id, json.isEmpty() ? null : json);
        }
    }

    private void tell(Kind kind, String id, @Nullable String json) {
        Map<String, Object> tree = json == null ? null : Json.read(json);
        if (json != null && tree == null) {
            LOG.errorf(
                    "The %s %s in Redis is no JSON object; it is left out",
                    kind.name().toLowerCase(Locale.ROOT), id);
            return;
        }
        listeners.forEach(listener -> call(listener, kind, id, tree));
    }

    private static void call(Listener listener, Kind kind, String id, @Nullable Map<String, Object> tree) {
        try {
            listener.changed(kind, id, tree);
        } catch (RuntimeException e) {
            LOG.error("A listener to documents failed", e);
        }
    }

    private Map<String, Map<String, Object>> trees(Kind kind) {
        var trees = new HashMap<String, Map<String, Object>>();
        known.getOrDefault(kind, Map.of()).forEach((id, document) -> {
            Map<String, Object> tree = document.json.isEmpty() ? null : Json.read(document.json);
            if (tree != null) {
                trees.put(id, tree);
            }
        });
        return trees;
    }

    private CompletableFuture<@Nullable Response> run(String operation, List<String> arguments) {
        var all = new ArrayList<>(List.of(CHANNEL, operation));
        all.addAll(arguments);
        return link.eval(SCRIPT, KEYS, all);
    }

    private static long number(@Nullable Response answer) {
        return answer == null ? 0 : answer.get(0).toLong();
    }

    private static String number(Kind kind) {
        return "" + (Kind.ALL.indexOf(kind) + 1);
    }

    private static void check(String id) {
        if (id.isEmpty() || id.length() > 256 || id.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("not an id");
        }
    }

    private static Throwable away(Throwable error) {
        return Link.isAway(error) ? new StoreAway("Redis is away") : error;
    }
}
