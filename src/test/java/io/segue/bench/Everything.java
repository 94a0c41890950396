package io.segue.bench;

import io.segue.archive.dev.OwnPostgres;
import io.segue.demo.DemoFailed;
import io.segue.demo.Gateway;
import io.segue.demo.Handoff;
import io.segue.demo.Stage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * A gateway with everything that people decide, label and look at: a PostgreSQL whose commits wait for the disk, the audit trail with its file, insight that is
 * reckoned every ten seconds, somebody who reads the live stream, somebody who asks for figures, the trail and the metrics once a second, a reviewer who labels each
 * call as it ends, and agents with boundaries and 200 rules.
 */
final class Everything implements AutoCloseable {
    private static final int RULES = 200;
    private static final long LOOK_EVERY_MS = 1_000;

    private final OwnPostgres postgres;
    private final GatewayProcess process;
    private final HttpClient reader = HttpClient.newHttpClient();
    private final LongAdder events = new LongAdder();
    private final LongAdder looks = new LongAdder();
    private final LongAdder labels = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile boolean closed;

    private Everything(OwnPostgres postgres, GatewayProcess process) {
        this.postgres = postgres;
        this.process = process;
    }

    static Everything start() throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("segue-bench-postgres");
        OwnPostgres postgres = OwnPostgres.start(OwnPostgres.freePort(), data.resolve("data"), true);
        try {
            GatewayProcess process = GatewayProcess.start(
                    Path.of("target", "bench", "all-on"),
                    Map.of(
                            "QUARKUS_DATASOURCE_JDBC_URL",
                            postgres.url(),
                            "SEGUE_NODE",
                            "all-on",
                            "SEGUE_AUDIT_FILE",
                            data.resolve("audit.jsonl").toString(),
                            "SEGUE_INSIGHT_ALARM_EVERY",
                            "10s"));
            Everything everything = new Everything(postgres, process);
            while (process.metric("segue_archive_up", "") != 1) {
                Thread.sleep(100);
            }
            Thread.ofVirtual().name("events").start(everything::read);
            Thread.ofVirtual().name("looks").start(everything::look);
            return everything;
        } catch (IOException | InterruptedException | RuntimeException e) {
            postgres.close();
            throw e;
        }
    }

    Gateway gateway() {
        return process.seen();
    }

    /** An agent that may not do everything, with rules of which none holds, so that each turn asks them all. */
    static Stage.Setting on(Stage.Setting setting) {
        JsonArray rules = new JsonArray();
        for (int i = 0; i < RULES; i++) {
            rules.add(new JsonObject()
                    .put("id", "r" + i)
                    .put("when", condition(i))
                    .put("then", new JsonObject().put("do", "handoff")));
        }
        JsonArray boundaries = new JsonArray()
                .add(new JsonObject()
                        .put("action", "payment.authorize")
                        .put("above", 500)
                        .put("currency", "USD"))
                .add(new JsonObject().put("action", "clinical.*"));
        return setting.with(setting.policy().copy().put("rules", rules))
                .and(new JsonObject().put("boundaries", boundaries).put("onViolation", "handoff"));
    }

    /** What makes a rule rare stands last in it, so that what stands before is asked too. */
    private static JsonObject condition(int i) {
        JsonObject rare = new JsonObject()
                .put("phrases", new JsonArray().add("to somebody who is " + i).add("and " + i + " more"));
        JsonObject intent =
                new JsonObject().put("intent", new JsonArray().add("refund_*").add("intent_" + i));
        return switch (i % 4) {
            case 0 -> all(intent, new JsonObject().put("confidenceBelow", 0.97), rare);
            case 1 ->
                new JsonObject()
                        .put(
                                "any",
                                new JsonArray()
                                        .add(new JsonObject().put("lowTurns", 40))
                                        .add(new JsonObject()
                                                .put(
                                                        "repeats",
                                                        new JsonObject()
                                                                .put("of", "text")
                                                                .put("times", 20)))
                                        .add(rare));
            case 2 ->
                all(new JsonObject().put("not", new JsonObject().put("language", new JsonArray().add("fr"))), rare);
            default -> all(new JsonObject().put("speaker", "caller"), intent, rare);
        };
    }

    private static JsonObject all(JsonObject... conditions) {
        JsonArray list = new JsonArray();
        for (JsonObject condition : conditions) {
            list.add(condition);
        }
        return new JsonObject().put("all", list);
    }

    /** As a reviewer would: what the agent understood was right. */
    void label(Handoff handoff) {
        JsonObject call = handoff.gateway();
        JsonArray turns = call == null ? new JsonArray() : call.getJsonArray("turns", new JsonArray());
        for (int i = 0; i < turns.size(); i++) {
            String path = "/calls/" + handoff.callId() + "/turns/"
                    + turns.getJsonObject(i).getString("id") + "/label";
            count(
                    gateway()
                                    .ask("PUT", path, new JsonObject().put("label", "approved"))
                                    .isGood()
                            ? labels
                            : refused);
        }
    }

    private static void count(LongAdder what) {
        what.increment();
    }

    private void look() {
        while (!closed) {
            try {
                boolean good = true;
                for (String path : new String[] {
                    "/insights?by=agent,day", "/insights/alarms?state=all", "/audit?limit=100", "/reviews/next"
                }) {
                    good &= gateway().ask("GET", path, null).isGood();
                }
                process.metric("segue_calls_live", "");
                count(good ? looks : refused);
                Thread.sleep(LOOK_EVERY_MS);
            } catch (DemoFailed | IOException e) {
                count(refused);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void read() {
        HttpRequest request = HttpRequest.newBuilder(process.http().resolve("/api/v1/events"))
                .header("Authorization", process.authorization())
                .build();
        try (Stream<String> lines =
                reader.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
            lines.filter(line -> line.startsWith("data:")).forEach(line -> events.increment());
        } catch (IOException | java.io.UncheckedIOException e) {
            // It is over.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was done beside the handoffs, in a sentence. */
    String told() throws IOException {
        return "All on: %d rules, %,d links in the trail, %,d calls archived, %,d labels, %,d events read, %,d looks at insight, trail, review queue and metrics; %,d requests refused."
                .formatted(
                        RULES,
                        (long) process.metric("segue_audit_written_total", ""),
                        (long) process.metric("segue_archive_calls_written_total", ""),
                        labels.sum(),
                        events.sum(),
                        looks.sum(),
                        refused.sum());
    }

    @Override
    public void close() {
        closed = true;
        reader.shutdownNow();
        process.close();
        postgres.close();
    }
}
