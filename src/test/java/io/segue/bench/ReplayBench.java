package io.segue.bench;

import io.segue.archive.dev.OwnPostgres;
import io.segue.demo.Gateway;
import io.segue.demo.Gateway.Answer;
import io.segue.demo.replay.Dialogue;
import io.segue.demo.replay.DialogueFile;
import io.segue.demo.replay.Half;
import io.segue.demo.replay.Order;
import io.segue.demo.replay.Replay;
import io.segue.demo.replay.Tally;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What real dialogues say: thresholds are learnt from the labels of one half of them and checked on the other, by the file, by a shadow and by live calls.
 */
final class ReplayBench {
    static final Path DIALOGUES = Path.of("..", "shared", "data", "dialogues", "sgd-dev.jsonl.gz");
    private static final long ARCHIVED_MS = 60_000;
    private static final String AGENT = "/agents/" + Order.AGENT;

    private final Path file;
    private final Target errorBudget;
    private final Target interventionRate;
    private final int calls;
    private final Report runs = new Report(
            "replay-calls",
            "dialogues",
            "policy",
            "calls",
            "failed",
            "turns",
            "predictions right",
            "actions",
            "labels",
            "handed off",
            "s");
    private final Report shadows =
            new Report("replay-shadow", "thresholds", "calls", "turns", "handed off", "by the draft", "differ");

    /**
     * @param errorBudget the share of all turns that may be wrong and go to nobody
     * @param calls at once
     * @param interventionRate the share of all turns that may go to a person
     */
    ReplayBench(Path file, double errorBudget, int calls, double interventionRate) {
        this.file = file;
        this.errorBudget = new Target("errorBudget", errorBudget, "of all turns wrong and to nobody");
        this.interventionRate = new Target("interventionRate", interventionRate, "of all turns to a person");
        this.calls = calls;
    }

    /** What a threshold is to keep, as the gateway is asked for it. */
    private record Target(String name, double share, String meaning) {
        String title() {
            return "at most " + percent(share) + " " + meaning;
        }
    }

    /** What the gateway proposes from the labels of some calls, for a target. */
    private record Proposed(Target target, JsonObject calibration, Instant from, Instant to) {
        Map<String, Double> thresholds() {
            Map<String, Double> found = new LinkedHashMap<>();
            for (JsonObject intent : objects(calibration.getJsonArray("intents"))) {
                Double threshold = intent.getJsonObject("proposal").getDouble("threshold");
                if (threshold != null) {
                    found.put(intent.getString("intent"), threshold);
                }
            }
            return found;
        }

        /** All of them as a policy that hands off by nothing else. */
        JsonObject draft() {
            JsonObject intents = new JsonObject();
            thresholds().forEach(intents::put);
            return new JsonObject()
                    .put("threshold", 0)
                    .put("prewarmMargin", 0)
                    .put("phrases", new JsonArray())
                    .put("intents", intents);
        }
    }

    void run() throws Exception {
        if (!Files.exists(file)) {
            System.err.println("bench: there is no " + file + "; name a file of dialogues: bench/run.sh replay FILE");
            return;
        }
        Path data = Files.createTempDirectory("segue-bench-postgres");
        try (OwnPostgres postgres = OwnPostgres.start(OwnPostgres.freePort(), data.resolve("data"), true);
                GatewayProcess process = GatewayProcess.start(
                        Path.of("target", "bench"), Map.of("QUARKUS_DATASOURCE_JDBC_URL", postgres.url()))) {
            await("PostgreSQL", () -> process.metric("segue_archive_up", "") == 1);
            Gateway gateway = process.seen();
            Tally even = replay(process, Half.EVEN, true, "none is handed off");
            Proposed byError = proposed(gateway, even, errorBudget);
            reliability(byError.calibration().getJsonObject("overall"));
            thresholds("replay-thresholds", byError);
            Proposed byRate = proposed(gateway, even, interventionRate);
            thresholds("replay-thresholds-by-rate", byRate);
            Tally odd = replay(process, Half.ODD, true, "none is handed off");
            Tally live = tried(process, odd, byError);
            insights(gateway, live);
            tried(process, odd, byRate);
            runs.note(
                    "Mark: none. " + calls + " calls at once; the bot, the phones and the gateway share this machine.");
            shadows.print();
            runs.print();
        }
    }

    /** The proposals as a draft on past calls, then accepted, one by one, and played live. */
    private Tally tried(GatewayProcess process, Tally odd, Proposed proposed) throws Exception {
        shadow(process.seen(), odd, proposed);
        accept(process.seen(), proposed);
        return replay(process, Half.ODD, false, proposed.target().title());
    }

    private Tally replay(GatewayProcess process, Half half, boolean labels, String policy) throws Exception {
        Order order = new Order(Order.AGENT, calls, Order.PAUSE_MS, labels, null, true);
        Tally tally =
                new Replay(process.seen(), order, new DialogueFile(file, half, Long.MAX_VALUE)).run(t -> {}, t -> {});
        tally.troubles().forEach(System.err::println);
        JsonObject f = tally.json();
        runs.row(
                f.getMap(),
                half.name().toLowerCase(Locale.ROOT),
                policy,
                "%,d".formatted(f.getLong("calls")),
                "%,d".formatted(f.getLong("failed")),
                "%,d".formatted(f.getLong("turns")),
                "%,d of %,d".formatted(f.getLong("right"), f.getLong("predictions")),
                "%,d".formatted(f.getLong("actions")),
                "%,d".formatted(f.getLong("labels")),
                "%,d".formatted(f.getLong("handoffs")),
                "%.1f".formatted(f.getDouble("seconds")));
        await(
                "the calls in the archive",
                () -> process.metric("segue_calls_live", "") == 0
                        && process.metric("segue_archive_calls_waiting", "") == 0
                        && archived(process.seen(), tally.began()) >= f.getLong("calls"));
        return tally;
    }

    private static long archived(Gateway gateway, Instant from) {
        Answer answer = gateway.ask(
                "POST",
                AGENT + "/shadow",
                new JsonObject().put("policy", new JsonObject()).put("from", from.toString()));
        return answer.isGood() ? new JsonObject(answer.body()).getLong("calls") : 0;
    }

    private static Proposed proposed(Gateway gateway, Tally labelled, Target target) {
        String span = "&from=" + labelled.began() + "&to=" + labelled.ended();
        Answer answer = gateway.ask("GET", AGENT + "/calibration?" + target.name() + "=" + target.share() + span, null);
        if (!answer.isGood()) {
            throw new IllegalStateException("the calibration was answered " + answer.status() + ": " + answer.why());
        }
        return new Proposed(target, new JsonObject(answer.body()), labelled.began(), labelled.ended());
    }

    /** What the labels propose, beside what the proposals do to the half that they have not seen. */
    private void thresholds(String name, Proposed proposed) throws IOException {
        Report report = new Report(
                name,
                "intent",
                "turns",
                "right",
                "threshold",
                "to a person",
                "wrong, to nobody",
                "held out: to a person",
                "held out: wrong, to nobody");
        Told told = new Told();
        Outcome all = new Outcome();
        int refused = 0;
        for (JsonObject intent : objects(proposed.calibration().getJsonArray("intents"))) {
            JsonObject proposal = intent.getJsonObject("proposal");
            JsonObject learnt = proposal.getJsonObject("learnt");
            if (learnt == null) {
                refused++;
                continue;
            }
            String which = intent.getString("intent");
            Outcome held = heldOut(which, proposal.getDouble("threshold"));
            long turns = intent.getLong("turns");
            told.add(turns, learnt);
            all.add(held);
            report.row(
                    Map.of("intent", which, "turns", turns, "proposal", proposal, "heldOut", held.json()),
                    which,
                    "%,d".formatted(turns),
                    percent((double) right(intent) / Math.max(1, intent.getLong("labels"))),
                    "%.2f".formatted(proposal.getDouble("threshold")),
                    percent(learnt.getDouble("interventionRate")),
                    percent(learnt.getDouble("error")),
                    percent(held.intervention()),
                    percent(held.error()));
        }
        report.row(
                Map.of("intent", "all of these", "turns", told.turns, "heldOut", all.json()),
                "all of these",
                "%,d".formatted(told.turns),
                "",
                "",
                percent(told.share(told.intervention)),
                percent(told.share(told.error)),
                percent(all.intervention()),
                percent(all.error()));
        report.note("Asked for: " + proposed.target().title()
                + ". Learnt from the labels of the even half (`GET /agents/replay/calibration?"
                + proposed.target().name() + "=" + proposed.target().share() + "`), held out: the odd half, "
                + "%,d".formatted(all.turns) + " turns.");
        report.note(refused + " more intents have no proposal: too few labels, or no threshold keeps it.");
        report.print();
    }

    private static void reliability(JsonObject overall) throws IOException {
        Report report = new Report("replay-reliability", "confidence", "turns", "labels", "right", "interval");
        for (JsonObject bin : objects(overall.getJsonArray("bins"))) {
            double accuracy = bin.getDouble("accuracy", Double.NaN);
            report.row(
                    bin.getMap(),
                    "%.1f to %.1f".formatted(bin.getDouble("from"), bin.getDouble("to")),
                    "%,d".formatted(bin.getLong("turns")),
                    "%,d".formatted(bin.getLong("labels")),
                    Double.isNaN(accuracy) ? "" : percent(accuracy),
                    Double.isNaN(accuracy)
                            ? ""
                            : percent(bin.getDouble("low")) + " to " + percent(bin.getDouble("high")));
        }
        report.note("Expected calibration error: " + overall.getValue("calibrationError") + ".");
        report.print();
    }

    private static long right(JsonObject intent) {
        return objects(intent.getJsonArray("bins")).stream()
                .mapToLong(bin -> bin.getLong("right"))
                .sum();
    }

    private void shadow(Gateway gateway, Tally odd, Proposed proposed) {
        Answer answer = gateway.ask(
                "POST",
                AGENT + "/shadow",
                new JsonObject()
                        .put("policy", proposed.draft())
                        .put("from", odd.began().toString())
                        .put("to", odd.ended().toString()));
        if (!answer.isGood()) {
            throw new IllegalStateException("the shadow was answered " + answer.status() + ": " + answer.why());
        }
        JsonObject found = new JsonObject(answer.body());
        JsonObject handoffs = found.getJsonObject("handoffs");
        JsonArray differences = found.getJsonArray("differences");
        found.put("differences", differences.isEmpty() ? differences : new JsonArray().add(differences.getValue(0)));
        shadows.row(
                found.getMap(),
                proposed.target().title(),
                "%,d".formatted(found.getLong("calls")),
                "%,d".formatted(found.getLong("turns")),
                "%,d".formatted(handoffs.getLong("current")),
                "%,d".formatted(handoffs.getLong("draft")),
                "%,d".formatted(found.getLong("differ")));
        shadows.note("```\n" + found.encodePrettily() + "\n```");
    }

    /** As an admin would, intent by intent; what was just changed may take a moment to be known. */
    private static void accept(Gateway gateway, Proposed proposed) throws IOException, InterruptedException {
        for (Map.Entry<String, Double> one : proposed.thresholds().entrySet()) {
            JsonObject body = new JsonObject()
                    .put("threshold", one.getValue())
                    .put(proposed.target().name(), proposed.target().share())
                    .put("from", proposed.from().toString())
                    .put("to", proposed.to().toString());
            await("proposal " + one.getKey() + " accepted", () -> {
                Answer answer = gateway.ask("POST", AGENT + "/calibration/proposals/" + one.getKey() + "/accept", body);
                if (answer.status() == 409) {
                    throw new IllegalStateException(one.getKey() + " was not accepted: " + answer.why());
                }
                return answer.isGood();
            });
        }
    }

    private static void insights(Gateway gateway, Tally live) {
        Answer answer = gateway.ask("GET", "/insights?agent=" + Order.AGENT + "&by=total&from=" + live.began(), null);
        System.out.println("\n### replay-insights\n");
        System.out.println(
                answer.isGood()
                        ? "`GET /insights?agent=replay&by=total` of the calls with the proposed thresholds:\n```\n"
                                + new JsonObject(answer.body()).encodePrettily() + "\n```"
                        : "This gateway has no insights (" + answer.status() + ": " + answer.why() + ").");
    }

    /** What a threshold does to turns whose truth is known. */
    private static final class Outcome {
        private long turns;
        private long toAPerson;
        private long wrong;

        void see(Dialogue.Reading reading, double threshold) {
            turns++;
            if (reading.confidence() < threshold) {
                toAPerson++;
            } else if (!reading.isRight()) {
                wrong++;
            }
        }

        void add(Outcome other) {
            turns += other.turns;
            toAPerson += other.toAPerson;
            wrong += other.wrong;
        }

        double intervention() {
            return (double) toAPerson / Math.max(1, turns);
        }

        double error() {
            return (double) wrong / Math.max(1, turns);
        }

        JsonObject json() {
            return new JsonObject()
                    .put("turns", turns)
                    .put("intervention", intervention())
                    .put("error", error());
        }
    }

    /** What the proposals promise, weighed by turns. */
    private static final class Told {
        private long turns;
        private double intervention;
        private double error;

        void add(long of, JsonObject estimate) {
            turns += of;
            intervention += of * estimate.getDouble("interventionRate");
            error += of * estimate.getDouble("error");
        }

        double share(double sum) {
            return sum / Math.max(1, turns);
        }
    }

    private Outcome heldOut(String intent, double threshold) {
        Outcome outcome = new Outcome();
        new DialogueFile(file, Half.ODD, Long.MAX_VALUE)
                .each(dialogue -> dialogue.turns().forEach(said -> {
                    Dialogue.Reading reading = said.reading();
                    if (reading != null && reading.predicted().equals(intent)) {
                        outcome.see(reading, threshold);
                    }
                }));
        return outcome;
    }

    private static List<JsonObject> objects(JsonArray array) {
        return IntStream.range(0, array.size()).mapToObj(array::getJsonObject).toList();
    }

    private static String percent(double share) {
        return "%.1f %%".formatted(share * 100);
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(String what, Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + ARCHIVED_MS * 1_000_000;
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("waited in vain for " + what);
            }
            Thread.sleep(200);
        }
    }
}
