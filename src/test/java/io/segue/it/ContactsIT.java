package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.archive.TestPostgres;
import io.segue.archive.dev.OwnPostgres;
import io.segue.bench.GatewayProcess;
import io.segue.demo.ear.Voice;
import io.segue.demo.phone.AnswerPlan;
import io.segue.demo.phone.Leg;
import io.segue.demo.phone.Phone;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a contact wrote elsewhere reaches the human; what must not be kept reaches nobody; and a contact can be erased. */
class ContactsIT {
    private static final String SCRIPT = "<script>alert(1)</script>";
    private static final String SCRIPT_IN_PATH = "%3Cscript%3Ealert(1)%3C%2Fscript%3E";

    private static JsonObject message(String channel, String id, long at, String text) {
        return new JsonObject()
                .put("channel", channel)
                .put("id", id)
                .put("at", at)
                .put("text", text);
    }

    @Test
    void messagesReachTheHumanSecretsReachNobodyAndTheContactIsForgotten() throws Exception {
        try (OwnPostgres postgres = OwnPostgres.start();
                GatewayProcess process = FlowGateway.start(
                        "contacts",
                        Map.of(
                                "QUARKUS_DATASOURCE_JDBC_URL",
                                postgres.url(),
                                "SEGUE_REDACTION_PATTERNS_IBAN",
                                "[A-Z]{2}\\d{2}( ?\\d{4}){4,5}( ?\\d{1,3})?"));
                Scene scene = new Scene(process)) {
            Until.holds("PostgreSQL is known to be there", () -> scene.metric("segue_archive_up") == 1);
            scene.queue("refunds").agent("refunds", new JsonObject(), new JsonObject().put("recording", true));
            Phone anna = scene.human("anna", AnswerPlan.atOnce(), "refunds");
            String from = "+1555" + scene.number().substring("+1999".length()) + "1";
            scene.gateway.post(
                    "/contacts/" + SCRIPT_IN_PATH + "/messages",
                    new JsonObject()
                            .put("identities", new JsonArray().add(from))
                            .put(
                                    "messages",
                                    new JsonArray()
                                            .add(message(
                                                    "sms", "s1", 1_790_000_000_000L, "my card 4111-1111-1111-1111"))
                                            .add(message(
                                                    "chat", "c1", 1_790_000_002_000L, "DE89 3704 0044 0532 0130 00"))));
            scene.gateway.post(
                    "/contacts/" + from + "/messages",
                    message("whatsapp", "w1", 1_790_000_001_000L, "where is my money?"));

            TestCall call = scene.call(Scene.speaking(), Map.of("X-Contact-Id", SCRIPT));
            call.caller.dial("4711");
            Until.holds(
                    "the bot has the digits",
                    () -> call.bot().heard().stream()
                                    .filter(h -> h.event().equals("dtmf"))
                                    .count()
                            == 4);
            long t0 = call.bot()
                    .turn("My card is 4111 1111 1111 1111 and my PIN is 4 7 1 1", "refund_dispute", 0.2)
                    .join();
            Leg leg = Scene.rung(anna);
            assertFalse(leg.inviteHeader("call-info").contains("script"), leg.inviteHeader("call-info"));
            call.hears(Voice.HUMAN_HERTZ, t0);

            JsonObject context =
                    scene.gateway.get("/calls/" + call.id + "/context").orElseThrow();
            assertEquals(SCRIPT, context.getString("contact"));
            JsonArray messages = context.getJsonArray("messages");
            assertEquals(
                    List.of("chat [iban]", "whatsapp where is my money?", "sms my card [card]"),
                    messages.stream()
                            .map(JsonObject.class::cast)
                            .map(m -> m.getString("channel") + " " + m.getString("text"))
                            .toList());
            assertEquals(
                    "My card is [card] and my PIN is [digits]",
                    context.getJsonArray("turns").getJsonObject(0).getString("text"));
            call.handoffIn("connected");
            call.hangUp();

            Until.holds("the call is archived", () -> calls(scene, from) == 1);
            String archived =
                    scene.gateway.get("/calls/" + call.id).orElseThrow().encode();
            assertFalse(archived.contains("4111 1111") || archived.contains("4111-1111"), archived);
            assertTrue(archived.contains(from), archived);

            String recording = "/calls/" + call.id + "/recording";
            assertEquals(200, scene.gateway.ask("HEAD", recording, null).status());
            scene.gateway.delete("/contacts/" + from);
            assertEquals(404, scene.gateway.ask("HEAD", recording, null).status());
            assertEquals(Optional.empty(), scene.gateway.get("/contacts/" + from));
            assertEquals(Optional.empty(), scene.gateway.get("/contacts/" + SCRIPT_IN_PATH));
            String erased = scene.gateway.get("/calls/" + call.id).orElseThrow().encode();
            assertFalse(erased.contains(from), erased);
            assertFalse(erased.contains("PIN"), erased);
            assertTrue(erased.contains("[erased]"), erased);
            scene.gateway.delete("/contacts/" + from);
            Until.holds("both orders are in the trail", () -> entries(scene, "contact.erased") == 2);
            String trail = scene.gateway.get("/audit?limit=1000").orElseThrow().encode();
            assertFalse(trail.contains(from), trail);
            assertFalse(trail.contains("PIN"), trail);
            assertEquals(0, scene.metric("segue_faults_total"));
        }
    }

    @Test
    void whomTheAgentNamesByTheirMailAddressBringsWhatTheyWrote() {
        try (GatewayProcess process = FlowGateway.start(
                        "contacts-mail", Map.of("QUARKUS_DATASOURCE_JDBC_URL", TestPostgres.freshUrl()));
                Scene scene = new Scene(process)) {
            Until.holds("PostgreSQL is known to be there", () -> scene.metric("segue_archive_up") == 1);
            scene.queue("refunds").agent("refunds");
            scene.human("anna", AnswerPlan.atOnce(), "refunds");
            scene.gateway.post(
                    "/contacts/Ben@Example.org/messages",
                    message("email", "m1", 1_790_000_000_000L, "where is my money?"));
            TestCall call = scene.call();
            call.bot()
                    .tell(
                            "handoff",
                            new JsonObject()
                                    .put("reason", "caller_request")
                                    .put("queue", scene.named("refunds"))
                                    .put("context", new JsonObject().put("contact", "ben@example.org")));
            Until.holds("the human's context has the message", () -> scene.gateway
                    .get("/calls/" + call.id + "/context")
                    .map(context -> context.getJsonArray("messages", new JsonArray()))
                    .filter(messages -> messages.size() == 1
                            && messages.getJsonObject(0).getString("channel").equals("email")
                            && messages.getJsonObject(0).getString("text").equals("where is my money?"))
                    .isPresent());
            call.handoffIn("connected");
            call.hangUp();
            Until.holds("the call is theirs in the archive", () -> calls(scene, "ben@example.org") == 1);
            scene.nothingIsLeft(0);
        }
    }

    private static int calls(Scene scene, String contact) {
        return scene.gateway
                .get("/contacts/" + contact)
                .map(found -> found.getJsonArray("calls").size())
                .orElse(0);
    }

    private static int entries(Scene scene, String kind) {
        return scene.gateway
                .get("/audit?kind=" + kind)
                .map(found -> found.getJsonArray("items").size())
                .orElse(0);
    }
}
