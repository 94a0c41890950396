package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.archive.TestPostgres;
import io.segue.bench.GatewayProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What somebody has to look at reaches whoever reads the live stream of the packaged gateway. */
class EventStreamIT {
    @Test
    void aViolationAndALoopThatGetsWorseReachWhoeverListens() throws Exception {
        String url = TestPostgres.freshUrl();
        try (GatewayProcess process = FlowGateway.start(
                        "events", Map.of("QUARKUS_DATASOURCE_JDBC_URL", url, "SEGUE_INSIGHT_ALARM_EVERY", "1s"));
                Scene scene = new Scene(process);
                EventStream stream = EventStream.open(process)) {
            Until.holds("PostgreSQL is known to be there", () -> scene.metric("segue_archive_up") == 1);
            scene.queue("care")
                    .agent(
                            "care",
                            new JsonObject(),
                            new JsonObject()
                                    .put(
                                            "boundaries",
                                            new JsonArray().add(new JsonObject().put("action", "payment.*"))));
            TestCall call = scene.call();
            call.bot()
                    .tell(
                            "action",
                            new JsonObject()
                                    .put("id", "a1")
                                    .put("type", "payment.authorize")
                                    .put("state", "executed"));
            JsonObject violation = stream.event("violation", event -> call.id.equals(event.getString("call")));
            assertTrue(violation.encode().contains("payment.authorize"), violation::encode);
            call.hangUp();

            weeks(url, 10, 60);
            JsonObject worse = stream.event("alarm", event -> "worse".equals(event.getString("state")));
            assertEquals("refunds", worse.getString("agent"));
            assertEquals("intervention_rate", worse.getString("metric"));
            assertEquals(
                    1,
                    scene.gateway
                            .get("/insights/alarms")
                            .orElseThrow()
                            .getJsonArray("items")
                            .size());
            Until.holds("the metric says so", () -> process.metric("segue_insight_alarm", "agent=\"refunds\"") == 1);
            scene.nothingIsLeft(0);
        }
    }

    /** 100 calls in each of two weeks, of which humans got so many. */
    private static void weeks(String url, int before, int last) throws Exception {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("""
                    insert into call (id, node, agent, started_at, ended_at, end_reason, outcome, document)
                    select w || '-' || i, 'n', 'refunds', now() - interval '1 day' - w * interval '7 days', now(), 'BYE',
                           case when i <= case w when 0 then %d else %d end then 'handed_off' else 'contained' end, '{}'
                    from generate_series(1, 100) i, generate_series(0, 1) w""".formatted(last, before));
            statement.execute("""
                    insert into handoff (id, call, state, outcome, connected_at)
                    select id || '-1', id, 'connected', 'caller_hung_up', started_at from call where outcome = 'handed_off'""");
            connection.commit();
        }
    }
}
