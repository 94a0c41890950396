package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.archive.dev.OwnPostgres;
import io.segue.bench.GatewayProcess;
import io.segue.demo.Gateway;
import io.segue.demo.ear.Voice;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People deciding while PostgreSQL goes away under a gateway with calls, and comes back. */
class SignoffOutageIT {
    @TempDir
    Path directory;

    @Test
    void whatIsRegulatedWaitsForPostgresqlAndTheCallGoesOn() throws Exception {
        int port = OwnPostgres.freePort();
        Path data = directory.resolve("data");
        OwnPostgres before = OwnPostgres.start(port, data, false);
        try (GatewayProcess process = FlowGateway.start(
                        "signoff-outage",
                        Map.of("QUARKUS_DATASOURCE_JDBC_URL", before.url(), "SEGUE_NODE", "it-outage"));
                Scene scene = new Scene(process)) {
            Gateway gateway = scene.gateway;
            Until.holds("PostgreSQL is known to be there", () -> scene.metric("segue_archive_up") == 1);
            scene.queue("care")
                    .agent(
                            "care",
                            new JsonObject(),
                            new JsonObject()
                                    .put(
                                            "boundaries",
                                            new JsonArray()
                                                    .add(new JsonObject()
                                                            .put("action", "payment.*")
                                                            .put("above", 500)
                                                            .put("currency", "USD"))));
            TestCall call = scene.call();
            ask(call, "a1", 900);
            Until.holds("it waits for somebody", () -> pending(gateway, call.id + "-s1"));
            String granted = decided(gateway, call, "a1", "s1").getString("token");

            before.close();
            Until.holds("PostgreSQL is known to be away", () -> scene.metric("segue_archive_up") == 0);
            long away = System.nanoTime();
            ask(call, "a2", 900);
            Until.holds("a question is asked all the same", () -> pending(gateway, call.id + "-s2"));
            for (String decision : List.of("approved", "rejected")) {
                refused(gateway.send("POST", "/signoffs/" + call.id + "-s2", decision(decision)));
            }
            assertTrue(pending(gateway, call.id + "-s2"), "it waits on");
            assertFalse(told(call, "a2").isPresent(), "nothing is decided that the trail does not have");
            refused(redeem(gateway, call, granted));
            ask(call, "a3", 500);
            JsonObject within = Until.found("what is within the boundary", () -> told(call, "a3"));
            assertEquals("policy", within.getString("by"));
            call.hears(Voice.AGENT_HERTZ, away);
            assertFalse(call.caller.ended().isDone());

            try (OwnPostgres after = OwnPostgres.start(port, data, false)) {
                Until.holds("PostgreSQL is known to be there", () -> scene.metric("segue_archive_up") == 1);
                assertNotNull(decided(gateway, call, "a2", "s2").getString("token"));
                assertEquals(200, redeem(gateway, call, granted).statusCode(), "it was not used up");
                assertEquals(409, redeem(gateway, call, granted).statusCode());
                Until.holds("nothing of the trail waits", () -> scene.metric("segue_audit_waiting") == 0);
                assertEquals(
                        List.of(
                                "signoff.requested",
                                "signoff.decided",
                                "signoff.requested",
                                "signoff.decided", // a3, by policy
                                "signoff.decided", // a2
                                "signoff.redeemed",
                                "signoff.refused"),
                        kinds(gateway, call));
                call.hangUp();
                scene.nothingIsLeft(0);
            }
        } finally {
            before.close();
        }
    }

    private static void ask(TestCall call, String id, double amount) {
        call.bot()
                .tell(
                        "action",
                        new JsonObject()
                                .put("id", id)
                                .put("type", "payment.authorize")
                                .put("amount", amount)
                                .put("currency", "USD")
                                .put("payload", new JsonObject().put("to", "x")))
                .join();
    }

    private static String decision(String word) {
        return new JsonObject().put("decision", word).encode();
    }

    /** Approves it, and what the bot is told then. */
    private static JsonObject decided(Gateway gateway, TestCall call, String action, String signoff) {
        HttpResponse<String> answer =
                gateway.send("POST", "/signoffs/" + call.id + "-" + signoff, decision("approved"));
        assertEquals(200, answer.statusCode(), answer.body());
        return Until.found("the decision at the bot", () -> told(call, action));
    }

    private static HttpResponse<String> redeem(Gateway gateway, TestCall call, String token) {
        return gateway.send(
                "POST",
                "/signoffs/" + call.id + "-s1/redeem",
                new JsonObject().put("token", token).encode());
    }

    private static void refused(HttpResponse<String> answer) {
        assertEquals(503, answer.statusCode(), answer.body());
        assertEquals("urn:segue:problem:unavailable", new JsonObject(answer.body()).getString("type"));
    }

    private static boolean pending(Gateway gateway, String id) {
        return gateway.get("/signoffs?state=pending").stream()
                .flatMap(list -> list.getJsonArray("items").stream())
                .anyMatch(item -> ((JsonObject) item).getString("id").equals(id));
    }

    private static Optional<JsonObject> told(TestCall call, String action) {
        return call.bot().heard().stream()
                .filter(heard -> heard.event().equals("action"))
                .map(heard -> heard.frame().getJsonObject("action"))
                .filter(told -> action.equals(told.getString("id")))
                .findFirst();
    }

    private static List<String> kinds(Gateway gateway, TestCall call) {
        return gateway.get("/audit?kind=signoff.*&call=" + call.id).stream()
                .flatMap(list -> list.getJsonArray("items").stream())
                .map(item -> ((JsonObject) item).getString("kind"))
                .toList();
    }
}
