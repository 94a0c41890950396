package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.archive.dev.OwnPostgres;
import io.segue.bench.GatewayProcess;
import io.segue.demo.ear.Voice;
import io.segue.demo.phone.AnswerPlan;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged gateway with a real PostgreSQL that is away at the start and goes away in the middle of a call. */
class ArchiveIT {
    @TempDir
    Path directory;

    private static JsonObject agent() {
        return new JsonObject().put("owner", "tests").put("url", "ws://127.0.0.1:1/");
    }

    private static List<JsonObject> items(Scene scene, String path) {
        JsonArray items = scene.gateway.get(path).orElse(new JsonObject()).getJsonArray("items", new JsonArray());
        return IntStream.range(0, items.size()).mapToObj(items::getJsonObject).toList();
    }

    private static Optional<String> one(OwnPostgres postgres, String query) {
        try (Connection connection = DriverManager.getConnection(postgres.url());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? Optional.of(String.valueOf(rows.getString(1))) : Optional.empty();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void callsAreArchivedAndAuditedAlthoughPostgresqlComesLateAndGoesAway() throws Exception {
        int port = OwnPostgres.freePort();
        Path data = directory.resolve("data");
        Path file = directory.resolve("audit.jsonl");
        try (GatewayProcess process = FlowGateway.start(
                        "archive",
                        Map.of(
                                "QUARKUS_DATASOURCE_JDBC_URL",
                                "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres",
                                "SEGUE_NODE",
                                "it-archive",
                                "SEGUE_AUDIT_HEADS_EVERY",
                                "200ms",
                                "SEGUE_AUDIT_FILE",
                                file.toString()));
                Scene scene = new Scene(process)) {
            assertEquals(0, scene.metric("segue_archive_up"), "it is ready without PostgreSQL");
            scene.queue("refunds");
            scene.human("anna", AnswerPlan.atOnce(), "refunds");
            assertEquals(
                    503,
                    scene.gateway.ask("PUT", "/agents/early", agent()).status(),
                    "what agents may do changes only with a trail");
            assertEquals(404, scene.gateway.ask("GET", "/agents/early", null).status(), "nothing was changed");
            try (OwnPostgres once = OwnPostgres.start(port, data, false)) {
                Until.holds("PostgreSQL is known to be there", () -> scene.metric("segue_archive_up") == 1);
                scene.agent("refunds");
                Until.holds("nothing of the trail waits", () -> scene.metric("segue_audit_waiting") == 0);
            }
            Until.holds("PostgreSQL is known to be away", () -> scene.metric("segue_archive_up") == 0);
            TestCall first = scene.call();
            String id = first.id;
            OwnPostgres before = OwnPostgres.start(port, data, false);
            try {
                Until.holds("PostgreSQL is known to be there", () -> scene.metric("segue_archive_up") == 1);
                long t0 = first.ask();
                first.hears(Voice.HUMAN_HERTZ, t0);
                first.handoffIn("connected");
                scene.human("sue", AnswerPlan.atOnce(), "refunds");
                first.order("supervise", new JsonObject().put("mode", "barge").put("human", scene.named("sue")));
                Until.holds("the supervisor in the trail", () -> items(scene, "/audit?call=" + id).stream()
                        .anyMatch(entry -> entry.getString("kind").equals("supervision.began")
                                && entry.getString("actor").equals("key:bench")));
                first.hangUp();
                Until.holds("and their end", () -> items(scene, "/audit?call=" + id).stream()
                        .anyMatch(entry -> entry.getString("kind").equals("supervision.ended")));
                Until.found(
                        "the call in the archive", () -> one(before, "select outcome from call where id = '" + id + "'")
                                .filter("handed_off"::equals));
                assertEquals(
                        Optional.of("connected"), one(before, "select state from handoff where call = '" + id + "'"));
                assertTrue(one(before, "select text from turn where call = '" + id + "'")
                        .isPresent());
                Until.holds("the handoff in the trail", () -> items(scene, "/audit?call=" + id).stream()
                        .anyMatch(entry -> entry.getString("kind").equals("handoff.connected")));
                assertTrue(
                        items(scene, "/audit?kind=queue.changed").stream()
                                .anyMatch(entry -> entry.getString("actor").equals("key:bench")
                                        && entry.getString("role").equals("admin")),
                        "what was changed before PostgreSQL came is in it too, with who");
            } finally {
                before.close();
            }
            Until.holds("PostgreSQL is known to be away", () -> scene.metric("segue_archive_up") == 0);
            TestCall second = scene.call();
            second.hangUp();
            Until.holds("the call waits", () -> scene.metric("segue_archive_calls_waiting") == 1);
            try (OwnPostgres after = OwnPostgres.start(port, data, false)) {
                Until.found("the second call", () -> one(after, "select id from call where id = '" + second.id + "'"));
                Until.holds("nothing of the trail waits", () -> scene.metric("segue_audit_waiting") == 0);
                Until.found("a signed head", () -> one(after, "select signer from audit_head"));
                assertEquals(0, verify("--dump", file.toString(), "--node", "it-archive"));
            }
            assertEquals(0, scene.metric("segue_faults_total"));
        }
    }

    /** As somebody would: the packaged program, which starts no gateway for it. */
    private static int verify(String... more) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-jar",
                "target/quarkus-app/quarkus-run.jar",
                "audit",
                "verify"));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "it", "archive", "verify.log").toFile())
                .start();
        return process.waitFor();
    }
}
