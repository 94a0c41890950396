package io.segue.bench;

import io.segue.demo.Cast;
import io.segue.demo.DemoFailed;
import io.segue.demo.Gateway;
import io.segue.demo.Handoff;
import io.segue.demo.HandoffRun;
import io.segue.demo.Stage;
import io.segue.demo.phone.AnswerPlan;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Handoffs, twenty calls at once and spread over time, judged at the caller's socket. */
final class HandoffBench {
    private static final double SLIP_MS = 10;
    private static final int CALLS = 20;

    /** One row: what the phones do, what the bot does, and what is asked of it (p95, in milliseconds). */
    private enum Row {
        STANDBY("standby", 0, 40, 21),
        PREWARMED("pre-warmed, answered", 0, 150, 21),
        AT_ONCE("answers at once", 0, 40, 60),
        RINGS_2("rings 2 s", 2_000, 40, Double.NaN),
        RINGS_10("rings 10 s", 10_000, 40, Double.NaN),
        MUTE("rings 2 s, agent mute from T0", 2_000, 40, Double.NaN);

        private final String title;
        private final int ringMs;
        private final int humans;
        private final double heardP95;

        Row(String title, int ringMs, int humans, double heardP95) {
            this.title = title;
            this.ringMs = ringMs;
            this.humans = humans;
            this.heardP95 = heardP95;
        }

        HandoffRun.Plot plot() {
            int agentMs = ThreadLocalRandom.current().nextInt(500, 1_500);
            return new HandoffRun.Plot(agentMs, 300, ringMs + 5_000, 20, this == PREWARMED, this == MUTE, false);
        }

        Stage.Setting setting() {
            Stage.Setting setting = Stage.Setting.of(humans, new AnswerPlan.Answer(ringMs));
            JsonObject policy = new JsonObject().put("threshold", 0.85).put("cut", "now");
            return switch (this) {
                case STANDBY -> setting.onStandby();
                case PREWARMED -> setting.with(policy.put("prewarmMargin", 0.05));
                case AT_ONCE, RINGS_2, RINGS_10, MUTE -> setting.with(policy.put("prewarmMargin", 0));
            };
        }
    }

    /**
     * A gateway, and what is about it.
     *
     * @param title what its rows are told apart by; empty where there is but one
     * @param setting what its stages have beside what the row wants
     * @param over told of each handoff before its caller's next call
     */
    private record Side(String title, Gateway gateway, UnaryOperator<Stage.Setting> setting, Consumer<Handoff> over) {}

    private final int perRow;
    private final List<String> names;
    private final Report report;

    private static Report report(String name) {
        return new Report(
                name,
                "the human",
                "handoffs",
                "T0–T4, ms p50 / p95 / max",
                "T0 to heard, ms p50 / p95 / max",
                "answer to heard, ms p50 / p95 / max",
                "gap, ms max",
                "dead air, ms p95 / max",
                "SIP to the caller",
                "SSRC changes",
                "other breaks",
                "failed",
                "apart: own clock > 10 ms");
    }

    /** @param names rows; none: all */
    HandoffBench(int perRow, List<String> names) {
        this("handoff", perRow, names);
    }

    private HandoffBench(String name, int perRow, List<String> names) {
        this.perRow = perRow;
        this.names = names;
        this.report = report(name);
    }

    void run() throws Exception {
        try (GatewayProcess process = GatewayProcess.start()) {
            run(List.of(new Side("", process.seen(), setting -> setting, over -> {})));
        }
    }

    /** Each row twice: by a gateway without an archive, and by one with everything that people decide, label and look at. */
    static void allOn(int perRow, List<String> names) throws Exception {
        try (GatewayProcess off = GatewayProcess.start();
                Everything on = Everything.start()) {
            new HandoffBench(
                            "handoff-all-on",
                            perRow,
                            names.isEmpty() ? List.of("standby", "prewarmed", "at_once") : names)
                    .run(List.of(
                            new Side("all off", off.seen(), setting -> setting, over -> {}),
                            new Side("all on", on.gateway(), Everything::on, on::label)));
            System.out.println("\n" + on.told());
        }
    }

    private void run(List<Side> sides) throws Exception {
        for (Side side : sides) {
            series(side, Row.AT_ONCE, 100); // warms both ends up; not counted
        }
        for (Row row : Row.values()) {
            if (names.isEmpty() || names.contains(row.name().toLowerCase(java.util.Locale.ROOT))) {
                for (Side side : sides) {
                    figures(
                            row,
                            side.title().isEmpty() ? row.title : row.title + ", " + side.title(),
                            series(side, row, perRow));
                }
            }
        }
        report.print();
    }

    private record Series(List<Handoff> handoffs, Map<String, Integer> failures) {}

    private static Series series(Side side, Row row, int wanted) throws InterruptedException {
        List<Handoff> done = new ArrayList<>();
        Map<String, Integer> failures = new TreeMap<>();
        AtomicInteger begun = new AtomicInteger();
        int tape = row.ringMs / 1000 + 12;
        try (Stage stage = Stage.set(
                        side.gateway(), Cast.tones(tape), side.setting().apply(row.setting()));
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < CALLS; caller++) {
                callers.execute(() -> {
                    while (begun.incrementAndGet() <= wanted) {
                        try {
                            Handoff handoff = new HandoffRun(stage, row.plot()).call();
                            synchronized (done) {
                                done.add(handoff);
                            }
                            stage.release(handoff);
                            side.over().accept(handoff);
                        } catch (DemoFailed e) {
                            synchronized (done) {
                                failures.merge(String.valueOf(e.getMessage()), 1, Integer::sum);
                            }
                        }
                    }
                });
            }
            callers.shutdown();
            if (!callers.awaitTermination(2, TimeUnit.HOURS)) {
                throw new IllegalStateException(row + " took more than two hours");
            }
        }
        return new Series(done, failures);
    }

    private void figures(Row row, String title, Series series) {
        List<Handoff> sound =
                series.handoffs().stream().filter(h -> h.slipMs() <= SLIP_MS).toList();
        List<Handoff> apart =
                series.handoffs().stream().filter(h -> h.slipMs() > SLIP_MS).toList();
        Distribution heard = of(sound, Handoff::heardMs);
        Distribution cut = of(sound, Handoff::cutMs);
        Distribution gap = of(sound, Handoff::gapMs);
        Distribution dead = of(sound, Handoff::deadAirMs);
        int sip = sound.stream().mapToInt(h -> h.sipToCaller().size()).sum();
        int ssrc = sound.stream().mapToInt(h -> h.timeline().ssrcChanges()).sum();
        int others = sound.stream().mapToInt(Handoff::breaks).sum() - ssrc;
        int failed =
                series.failures().values().stream().mapToInt(Integer::intValue).sum();
        Distribution own = gatewaysOwn(sound, handoff -> handoff.getDouble("handoffMs"));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("row", title);
        json.put("handoffs", sound.size());
        put(json, "heardMs", heard);
        put(json, "cutMs", cut);
        put(json, "gapMs", gap);
        put(json, "deadAirMs", dead);
        put(json, "wordsLostMs", of(sound, Handoff::wordsLostMs));
        put(json, "humanHeardCallerMs", of(sound, Handoff::humanHeardCallerMs));
        put(json, "gatewayHandoffMs", own);
        // Where the time goes: the reservation, the human's answer and what the cut waits for, the next packet of the
        // human.
        put(json, "reservedMs", gatewaysOwn(sound, handoff -> between(handoff, "t0", "t1")));
        put(json, "armedMs", gatewaysOwn(sound, handoff -> between(handoff, "t1", "t3")));
        put(json, "sentMs", gatewaysOwn(sound, handoff -> between(handoff, "t3", "t4")));
        json.put("sipToCaller", sip);
        json.put("ssrcChanges", ssrc);
        json.put("otherBreaks", others);
        json.put("failed", failed);
        json.put("failures", new JsonObject(new LinkedHashMap<>(series.failures())));
        json.put("apart", apart(apart));
        report.row(
                json,
                title,
                "" + sound.size(),
                own.cell(),
                heard.cell(),
                cut.cell(),
                "%.1f".formatted(gap.max()),
                "%.1f / %.1f".formatted(dead.at(95), dead.max()),
                "" + sip,
                "" + ssrc,
                "" + others,
                "" + failed,
                apart.isEmpty()
                        ? "0"
                        : "%d (gap %.0f, dead air %.0f, breaks %d)"
                                .formatted(
                                        apart.size(),
                                        of(apart, Handoff::gapMs).max(),
                                        of(apart, Handoff::deadAirMs).max(),
                                        apart.stream().mapToInt(Handoff::breaks).sum()));
        series.failures().forEach((why, times) -> report.note("- " + title + ", failed " + times + " times: " + why));
        double deadMax = row == Row.MUTE ? 440 : 40;
        hold(title, "T0 to heard p95", heard.at(95), row.heardP95);
        hold(title, "gap max", gap.max(), 40);
        hold(title, "dead air max", dead.max(), deadMax);
        hold(title, "SIP, breaks and failures", sip + ssrc + others + failed, 0);
    }

    private void hold(String title, String what, double found, double mark) {
        if (!Double.isNaN(mark) && !(found <= mark)) {
            report.note("- " + title + ": " + what + " is %.1f, the mark is %.1f".formatted(found, mark));
        }
    }

    /** The gateway's own clock, to be laid beside what was heard; never used for the figures. */
    private static Distribution gatewaysOwn(List<Handoff> handoffs, Function<JsonObject, @Nullable Double> figure) {
        List<Double> own = new ArrayList<>();
        for (Handoff handoff : handoffs) {
            JsonObject document = handoff.gateway();
            JsonArray list = document == null ? new JsonArray() : document.getJsonArray("handoffs", new JsonArray());
            if (!list.isEmpty() && figure.apply(list.getJsonObject(list.size() - 1)) instanceof Double ms) {
                own.add(ms);
            }
        }
        return Distribution.of(own);
    }

    private static @Nullable Double between(JsonObject handoff, String from, String to) {
        Double began = handoff.getDouble(from);
        Double ended = handoff.getDouble(to);
        return began == null || ended == null ? null : ended - began;
    }

    private static JsonArray apart(List<Handoff> handoffs) {
        JsonArray list = new JsonArray();
        handoffs.forEach(h -> list.add(new JsonObject()
                .put("slipMs", h.slipMs())
                .put("heardMs", h.heardMs())
                .put("gapMs", h.gapMs())
                .put("deadAirMs", h.deadAirMs())
                .put("breaks", h.breaks())
                .put("sipToCaller", h.sipToCaller().size())));
        return list;
    }

    private static Distribution of(List<Handoff> handoffs, ToDoubleFunction<Handoff> figure) {
        return Distribution.of(handoffs.stream().map(figure::applyAsDouble).toList());
    }

    private static void put(Map<String, Object> json, String name, Distribution found) {
        json.put(
                name,
                new JsonObject()
                        .put("samples", found.count())
                        .put("p50", number(found.at(50)))
                        .put("p95", number(found.at(95)))
                        .put("max", number(found.max())));
    }

    private static Object number(double value) {
        return Double.isNaN(value) ? "none" : value;
    }
}
