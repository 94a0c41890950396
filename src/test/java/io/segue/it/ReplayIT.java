package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.archive.dev.OwnPostgres;
import io.segue.bench.GatewayProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code segue replay}, the packaged program, against the packaged gateway. */
class ReplayIT {
    private static final Path OUT = Path.of("target", "it", "replay.json");
    private static final Path ERR = Path.of("target", "it", "replay.log");

    @Test
    void playsDialoguesAsCallsThatAreKeptWithTheirTurns() throws Exception {
        try (OwnPostgres postgres = OwnPostgres.start();
                GatewayProcess process =
                        FlowGateway.start("replay", Map.of("QUARKUS_DATASOURCE_JDBC_URL", postgres.url()))) {
            Until.holds("PostgreSQL is known to be there", () -> process.metric("segue_archive_up", "") == 1);
            JsonObject whole = replay(process, "--calls", "3", "--speed", "0");
            assertEquals(5, whole.getInteger("calls"), whole::encodePrettily);
            assertEquals(0, whole.getInteger("failed"), whole::encodePrettily);
            assertEquals(16, whole.getInteger("turns"), whole::encodePrettily);
            assertEquals(8, whole.getInteger("predictions"), whole::encodePrettily);
            assertEquals(5, whole.getInteger("right"), whole::encodePrettily);
            assertEquals(4, whole.getInteger("actions"), whole::encodePrettily);
            assertEquals(0, whole.getInteger("handoffs"), whole::encodePrettily);
            assertEquals(8, whole.getInteger("labels"), whole::encodePrettily);
            assertEquals(
                    List.of(2, 2, 3, 4, 5),
                    calls(process).stream()
                            .map(call -> call.getJsonArray("turns").size())
                            .sorted()
                            .toList());
            Until.holds("the turns in the archive", () -> count(postgres, "select count(*) from turn") == 16);
            assertEquals(3, count(postgres, "select count(*) from turn where intent = 'BookTable'"));
            assertEquals(3, count(postgres, "select count(*) from label where mark = 'edited'"));
            assertEquals(404, process.seen().ask("GET", "/agents/replay", null).status(), "it is taken away again");

            JsonObject handed = replay(process, "--threshold", "0.5", "--no-label");
            assertEquals(5, handed.getInteger("calls"), handed::encodePrettily);
            assertEquals(1, handed.getInteger("handoffs"), handed::encodePrettily);
            assertEquals(0, handed.getInteger("labels"));
            Until.holds(
                    "the handoff in the archive",
                    () -> count(postgres, "select count(*) from call where outcome = 'handed_off'") == 1);
            Until.holds("no call lives", () -> process.metric("segue_calls_live", "") == 0);
            Until.holds("all calls in the archive", () -> count(postgres, "select count(*) from call") == 10);
            JsonObject insights = process.seen()
                    .get("/insights?agent=replay&by=total")
                    .orElseThrow()
                    .getJsonArray("items")
                    .getJsonObject(0);
            assertEquals(10, insights.getInteger("calls"), insights::encodePrettily);
            assertEquals(0.1, insights.getJsonObject("handoffRate").getDouble("value"));
            assertEquals(1, insights.getJsonObject("handoffMs").getInteger("n"));
            assertEquals(3.0 / 8, insights.getJsonObject("editRate").getDouble("value"));
            assertEquals(
                    8 + handed.getInteger("predictions"),
                    insights.getJsonObject("confidence").getInteger("n"));
            assertEquals(0, process.metric("segue_faults_total", ""));
        }
    }

    @Test
    void endedByCtrlCItHangsUpTidiesUpAndSaysHowFarItGot() throws Exception {
        try (GatewayProcess process = FlowGateway.start("replay-cut-off", Map.of())) {
            Process replay = begin(process, "--calls", "2", "--speed", "60000");
            Until.holds("calls are up", () -> process.metric("segue_calls_live", "") == 2);
            signal(replay, "INT");
            assertTrue(replay.waitFor(20, TimeUnit.SECONDS), "it ends");
            String said = Files.readString(ERR);
            assertEquals(130, replay.exitValue(), said);
            assertEquals("", Files.readString(OUT), "no figures of half a replay");
            assertTrue(said.contains("ended before it was done: 0 of 5 calls"), said);
            assertTrue(said.contains(" 0 failed") && !said.contains("Exception"), said);
            Until.holds("no call lives", () -> process.metric("segue_calls_live", "") == 0);
            assertTrue(
                    calls(process).stream()
                            .allMatch(call -> call.getString("endReason").startsWith("BYE")),
                    "the callers have hung up");
            for (String left : List.of("/agents", "/queues", "/trunks", "/humans")) {
                assertEquals(
                        0,
                        process.seen()
                                .get(left)
                                .orElseThrow()
                                .getJsonArray("items")
                                .size(),
                        left);
            }
        }
    }

    private static void signal(Process process, String name) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + name, "" + process.pid())
                        .inheritIO()
                        .start()
                        .waitFor());
    }

    private static List<JsonObject> calls(GatewayProcess process) {
        JsonArray items = process.seen().get("/calls").orElseThrow().getJsonArray("items");
        return IntStream.range(0, items.size())
                .mapToObj(i -> process.seen()
                        .get("/calls/" + items.getJsonObject(i).getString("id"))
                        .orElseThrow())
                .toList();
    }

    private static int count(OwnPostgres postgres, String query) throws java.sql.SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.url());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static JsonObject replay(GatewayProcess process, String... more) throws Exception {
        int code = begin(process, more).waitFor();
        String said = Files.readString(ERR);
        assertEquals(0, code, said);
        assertTrue(!said.contains("Exception"), said);
        return new JsonObject(Files.readString(OUT));
    }

    /** As somebody would, with what it says in two files. */
    private static Process begin(GatewayProcess process, String... more) throws Exception {
        var command = new java.util.ArrayList<>(List.of(
                // A build in the background of a shell has SIGINT ignored, and its children inherit that.
                "env",
                "--default-signal=INT",
                System.getProperty("java.home") + "/bin/java",
                "-jar",
                "target/quarkus-app/quarkus-run.jar",
                "replay",
                "src/test/resources/replay/dialogues.jsonl",
                "--json",
                "--gateway",
                process.http().toString(),
                "--sip",
                "127.0.0.1:" + process.seen().sip().getPort()));
        command.addAll(List.of(more));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(OUT.toFile()).redirectError(ERR.toFile());
        builder.environment().put("SEGUE_API_KEY", process.authorization().replace("Bearer ", ""));
        return builder.start();
    }
}
