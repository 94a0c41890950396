package io.segue.store;

import static io.segue.store.Link.then;

import io.segue.flow.record.StoreAway;
import io.segue.flow.registry.Documents;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
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

    private final Link link;
    private final StoreThread thread;
    private final Limits limits;
    private final Map<Kind, Map<String, Known>> known = new EnumMap<>(Kind.class);
    private final List<Listener> listeners = new ArrayList<>();
    private final CompletableFuture<@Nullable Void> firstRead = new CompletableFuture<>();
    private long readUpTo;
    /** When Redis's memory began; another one than before: it has lost it. */
    private String born = "";

    private record Known(long number, String json) {}

    RedisDocuments(Link link, StoreThread thread, Limits limits) {
        this.link = link;
        this.thread = thread;
        this.limits = limits;
        Kind.ALL.forEach(kind -> known.put(kind, new HashMap<>()));
    }

    @Override
    public CompletionStage<Outcome> write(List<Change> changes) {
        var arguments = new ArrayList<String>();
        arguments.add("" + limits.unfiledMax());
        for (Change change : changes) {
            check(change.id());
            Map<String, Object> memo = change.memo();
            arguments.add(number(change.kind()));
            arguments.add(change.id());
            arguments.add(json(change.document()));
            arguments.add(condition(change.expected()));
            arguments.add(memo == null ? "" : Json.write(memo));
        }
        var done = new CompletableFuture<Outcome>();
        thread.execute(() -> then(
                run("write", arguments),
                answer -> done.complete(outcome(answer, changes)),
                error -> done.completeExceptionally(away(error))));
        return done;
    }

    private String json(@Nullable Map<String, Object> document) {
        if (document == null) {
            return "";
        }
        String json = Json.write(document);
        if (json.getBytes(StandardCharsets.UTF_8).length > limits.documentBytesMax()) {
            throw new IllegalArgumentException("a document of at most " + limits.documentBytesMax() + " bytes");
        }
        return json;
    }

    private static String condition(Expected expected) {
        return switch (expected) {
            case Expected.Anyhow() -> "";
            case Expected.There() -> "*";
            case Expected.Absent() -> "-";
            case Expected.Version(long version) -> "" + version;
        };
    }

    @Override
    public CompletionStage<List<Unfiled>> unfiled(int atMost) {
        var all = new CompletableFuture<List<Unfiled>>();
        thread.execute(() -> then(
                link.send(Request.cmd(Command.ZRANGE)
                        .arg(DocumentsScript.UNFILED)
                        .arg(0)
                        .arg(atMost - 1)),
                answer -> all.complete(
                        Link.texts(answer).stream().map(RedisDocuments::unfiled).toList()),
                error -> all.completeExceptionally(away(error))));
        return all;
    }

    /** Kind, id and JSON, a line each. */
    private static Unfiled unfiled(String raw) {
        String[] lines = raw.split("\n", 3);
        Map<String, Object> memo = Json.read(lines[2]);
        if (memo == null) {
            throw new IllegalStateException("a memo that is no JSON");
        }
        return new Unfiled(
                Kind.ALL.get(Integer.parseInt(lines[0]) - 1),
                lines[1],
                ((Number) memo.getOrDefault("version", 0)).longValue(),
                ((Number) memo.getOrDefault("at", 0)).longValue(),
                memo,
                raw);
    }

    @Override
    public CompletionStage<Void> filed(Collection<Unfiled> filed) {
        var done = new CompletableFuture<Void>();
        if (filed.isEmpty()) {
            done.complete(null);
            return done;
        }
        Request request = Request.cmd(Command.ZREM).arg(DocumentsScript.UNFILED);
        filed.forEach(one -> request.arg(one.raw()));
        thread.execute(() ->
                then(link.send(request), ok -> done.complete(null), error -> done.completeExceptionally(away(error))));
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
            List<String> pairs = Link.texts(all.get(2 + Kind.ALL.indexOf(kind)));
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

    private Outcome outcome(@Nullable Response answer, List<Change> changes) {
        if (answer == null) {
            throw new IllegalStateException("a script without an answer");
        }
        String how = answer.get(2).toString();
        if (!how.equals("done")) {
            return how.equals("full")
                    ? new Outcome.Full()
                    : new Outcome.Otherwise(answer.get(3).toInteger());
        }
        boolean known = answer.get(1).toString().equals(born);
        var written = new ArrayList<Written>();
        for (int i = 0; i < changes.size(); i++) {
            Response one = answer.get(3 + i);
            String json = one.get(2).toString();
            written.add(new Written(one.get(1).toInteger() == 1, json.isEmpty() ? null : Json.read(json)));
            if (known) {
                changed(
                        one.get(0).toLong(),
                        changes.get(i).kind(),
                        changes.get(i).id(),
                        json);
            }
        }
        if (!known) {
            read();
        }
        return new Outcome.Done(List.copyOf(written));
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
        var all = new ArrayList<>(List.of(DocumentsScript.CHANNEL, operation));
        all.addAll(arguments);
        return link.eval(DocumentsScript.SCRIPT, DocumentsScript.KEYS, all);
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
