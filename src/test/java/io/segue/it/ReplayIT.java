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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code segue replay}, the packaged program, against the packaged gateway. */
class ReplayIT {
    private static final Path HERE = Path.of("target", "it", "replay");

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
            assertEquals(0, process.metric("segue_faults_total", ""));
        }
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

    /** As somebody would, with what it says in two files. */
    private static JsonObject replay(GatewayProcess process, String... more) throws Exception {
        var command = new java.util.ArrayList<>(List.of(
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
        Path out = HERE.resolve("replay.json");
        Path err = HERE.resolve("replay.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("SEGUE_API_KEY", process.authorization().replace("Bearer ", ""));
        int code = builder.start().waitFor();
        String said = Files.readString(err);
        assertEquals(0, code, said);
        assertTrue(!said.contains("Exception"), said);
        return new JsonObject(Files.readString(out));
    }
}
