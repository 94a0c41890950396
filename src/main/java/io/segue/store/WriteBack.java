package io.segue.store;

import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What Redis has to be told once it is back: what this gateway did by itself, what it holds, and, should Redis have lost its memory, everything it
 * saw of the others. Bounded by the number of humans: of each only the last word counts.
 */
final class WriteBack {
    private static final Logger LOG = Logger.getLogger(WriteBack.class);
    private static final int AT_ONCE = 200;

    private final Line line;
    private final String node;
    private final Counters counters;
    private final BiFunction<String, List<String>, CompletableFuture<@Nullable Response>> script;
    /** Humans changed here, with who held them when Redis went away (empty: nobody). */
    private final Map<String, String> changed = new LinkedHashMap<>();
    /** Handoffs whose reservation may or may not have happened. */
    private final Set<String> doubtful = new LinkedHashSet<>();

    private boolean toldAll;

    WriteBack(
            Line line,
            String node,
            Counters counters,
            BiFunction<String, List<String>, CompletableFuture<@Nullable Response>> script) {
        this.line = line;
        this.node = node;
        this.counters = counters;
        this.script = script;
    }

    void changed(String human, Place before) {
        changed.putIfAbsent(human, before.handoff());
    }

    void doubt(String handoff) {
        doubtful.add(handoff);
    }

    /** Redis has gone: next time everything is told. */
    void startOver() {
        toldAll = false;
    }

    boolean pending() {
        return !changed.isEmpty() || !doubtful.isEmpty();
    }

    /** Tells; what changes meanwhile is {@link #pending} afterwards. What could not be told stays. */
    CompletableFuture<@Nullable Void> run() {
        var told = new LinkedHashMap<>(changed);
        var doubts = List.copyOf(doubtful);
        var arguments = new ArrayList<String>();
        told.forEach(
                (human, before) -> arguments.addAll(List.of("=", line.get(human).write(), before)));
        if (!toldAll) {
            for (Place place : line.all()) {
                if (!told.containsKey(place.human())) {
                    boolean mine = place.held() && place.node().equals(node);
                    arguments.addAll(List.of(mine ? "=" : "?", place.write(), mine ? place.handoff() : ""));
                }
            }
        }
        changed.clear();
        doubtful.clear();
        CompletableFuture<@Nullable Void> done = CompletableFuture.completedFuture(null);
        for (int from = 0; from < arguments.size(); from += 3 * AT_ONCE) {
            List<String> some = List.copyOf(arguments.subList(from, Math.min(from + 3 * AT_ONCE, arguments.size())));
            done = done.thenCompose(previous -> script.apply("restore", some)).thenAccept(this::refused);
        }
        for (String handoff : doubts) {
            done = done.thenCompose(previous -> script.apply("undo", undo(handoff)))
                    .thenAccept(answer -> {});
        }
        return done.whenComplete((ok, error) -> {
            if (error == null) {
                toldAll = true;
            } else {
                told.forEach((human, before) -> changed.merge(human, before, (later, earlier) -> earlier));
                doubtful.addAll(doubts);
            }
        });
    }

    private List<String> undo(String handoff) {
        var arguments = new ArrayList<>(List.of(handoff));
        line.all().stream()
                .filter(place -> place.handoff().equals(handoff))
                .map(Place::human)
                .forEach(arguments::add);
        return arguments;
    }

    private void refused(@Nullable Response humans) {
        for (String human : Link.texts(humans)) {
            counters.conflicts.increment();
            LOG.warnf("Human %s is held by two handoffs: another gateway reserved them while Redis was away", human);
        }
    }
}
