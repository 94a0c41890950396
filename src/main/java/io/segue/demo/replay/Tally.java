package io.segue.demo.replay;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** What has come of a replay so far; calls add to it from their own threads. */
public final class Tally {
    private static final int TROUBLES_SHOWN = 10;

    final LongAdder played = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder calledAgain = new LongAdder();
    final LongAdder turns = new LongAdder();
    final LongAdder predictions = new LongAdder();
    final LongAdder right = new LongAdder();
    final LongAdder actions = new LongAdder();
    final LongAdder handoffs = new LongAdder();
    final LongAdder labels = new LongAdder();
    final LongAdder unlabelled = new LongAdder();
    private final Set<String> troubles = new LinkedHashSet<>();
    private final Instant began = Instant.now();
    private Instant ended = began;
    private volatile long dialogues;

    void expect(long count) {
        dialogues = count;
    }

    /** A sentence about something that did not go as it should; the same one is kept once. */
    void trouble(String sentence) {
        synchronized (troubles) {
            if (troubles.size() < TROUBLES_SHOWN) {
                troubles.add(sentence);
            }
        }
    }

    synchronized void end() {
        ended = Instant.now();
    }

    public long dialogues() {
        return dialogues;
    }

    /** Calls that are over, well or not. */
    public long over() {
        return played.sum() + failed.sum();
    }

    public long failed() {
        return failed.sum();
    }

    public Collection<String> troubles() {
        synchronized (troubles) {
            return Set.copyOf(troubles);
        }
    }

    public Instant began() {
        return began;
    }

    public synchronized Instant ended() {
        return ended;
    }

    /** In one line. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "%,d of %,d calls, %,d turns, %,d handed off, %,d labels, %,d failed",
                over(),
                dialogues,
                turns.sum(),
                handoffs.sum(),
                labels.sum(),
                failed.sum());
    }

    public JsonObject json() {
        return new JsonObject()
                .put("dialogues", dialogues)
                .put("calls", played.sum())
                .put("failed", failed.sum())
                .put("calledAgain", calledAgain.sum())
                .put("turns", turns.sum())
                .put("predictions", predictions.sum())
                .put("right", right.sum())
                .put("actions", actions.sum())
                .put("handoffs", handoffs.sum())
                .put("labels", labels.sum())
                .put("unlabelled", unlabelled.sum())
                .put("from", began.toString())
                .put("to", ended().toString())
                .put("seconds", Duration.between(began, ended()).toMillis() / 1e3)
                .put("troubles", new JsonArray(java.util.List.copyOf(troubles())));
    }
}
