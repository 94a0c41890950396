package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.bench.GatewayProcess;
import io.segue.demo.ear.Voice;
import io.segue.demo.phone.AnswerPlan;
import io.segue.demo.phone.Leg;
import io.segue.demo.phone.Phone;
import io.segue.it.Receiver.Push;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole conversation is with the human before the first word. */
class ContextIT extends AtTheScene {
    private static final String CARRIERS_UUI = "00c81122;encoding=hex";

    private Phone anna;

    @BeforeEach
    void aHuman() {
        anna = scene.human("anna", AnswerPlan.atOnce(), "refunds");
    }

    private TestCall call() {
        return scene.call(
                Scene.speaking(),
                Map.of(FlowGateway.LET_THROUGH, "A-4711", "X-Secret", "s3cret", "User-to-User", CARRIERS_UUI));
    }

    @Test
    void theHumansInviteNamesTheCallAndTheHandoff() {
        TestCall call = call();
        call.ask();
        Leg leg = Scene.rung(anna);
        assertEquals(call.id, leg.inviteHeader("x-segue-call"));
        assertEquals(call.id + "-1", leg.inviteHeader("x-segue-handoff"));
        assertEquals(
                "04" + HexFormat.of().formatHex(call.id.getBytes(StandardCharsets.US_ASCII)) + ";encoding=hex",
                leg.inviteHeader("user-to-user"));
        call.hears(Voice.HUMAN_HERTZ, 0);
        call.hangUp();
    }

    @Test
    void extensionHeadersGoOnByTheListAlone() {
        TestCall call = call();
        assertEquals("A-4711", call.bot().parameter(FlowGateway.LET_THROUGH));
        assertEquals("", call.bot().parameter("X-Secret"));
        assertEquals(
                call.caller.callId(),
                scene.gateway
                        .get("/calls?sipCallId=" + call.caller.callId())
                        .orElseThrow()
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .getJsonArray("legs")
                        .getJsonObject(0)
                        .getString("sipCallId"));
        call.ask();
        Leg leg = Scene.rung(anna);
        assertEquals("A-4711", leg.inviteHeader(FlowGateway.LET_THROUGH.toLowerCase(java.util.Locale.ROOT)));
        assertEquals("", leg.inviteHeader("x-secret"));
        call.hears(Voice.HUMAN_HERTZ, 0);
        assertEquals(
                call.id,
                scene.gateway
                        .get("/calls?sipCallId=" + leg.callId())
                        .orElseThrow()
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .getString("id"));
        call.hangUp();
        // And when it is all over, from the store.
        call.awaitState("ended");
        assertEquals(
                call.id,
                scene.gateway
                        .get("/calls?sipCallId=" + leg.callId())
                        .orElseThrow()
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .getString("id"));
        assertEquals(2, call.document().getJsonArray("legs").size());
    }

    @Test
    void theContextTellsWhatWasSaidAndWhyAHumanIsWanted() {
        TestCall call = call();
        call.bot().turn("Where is my order?", "order_status", 0.97).join();
        call.bot().handoff("caller_request", "Charged twice, wants a refund.").join();
        Scene.rung(anna);
        JsonObject context = scene.gateway.get("/calls/" + call.id + "/context").orElseThrow();
        assertEquals("Charged twice, wants a refund.", context.getString("summary"));
        assertEquals("caller_request", context.getString("reason"));
        assertEquals(call.id + "-1", context.getString("handoff"));
        assertEquals(call.bot().from(), context.getJsonObject("caller").getString("number"));
        assertEquals(scene.number(), context.getJsonObject("caller").getString("called"));
        assertEquals(scene.named("agent"), context.getJsonObject("agent").getString("id"));
        assertEquals("A-4711", context.getJsonObject("headers").getString(FlowGateway.LET_THROUGH));
        assertNull(context.getJsonObject("headers").getString("X-Secret"));
        assertEquals(CARRIERS_UUI, context.getString("userToUser"));
        JsonObject turn = context.getJsonArray("turns").getJsonObject(0);
        assertEquals("Where is my order?", turn.getString("text"));
        assertEquals(0.97, turn.getDouble("confidence"));
        call.hears(Voice.HUMAN_HERTZ, 0);
        call.hangUp();
    }

    @Test
    void theSignedLinkOpensTheContextWithoutAKeyAndATamperedOneDoesNot() throws Exception {
        TestCall call = call();
        call.bot().turn("My money!", "refund_dispute", 0.2).join();
        Leg leg = Scene.rung(anna);
        String info = leg.inviteHeader("call-info");
        URI link = URI.create(info.substring(info.indexOf('<') + 1, info.indexOf('>')));
        assertTrue(info.endsWith(">;purpose=info"), info);
        HttpResponse<String> opened = get(link.getPath() + "?" + link.getQuery());
        assertEquals(200, opened.statusCode());
        assertEquals(
                "My money!",
                new JsonObject(opened.body())
                        .getJsonArray("turns")
                        .getJsonObject(0)
                        .getString("text"));
        String query = link.getQuery();
        char last = query.charAt(query.length() - 2);
        String tampered = query.substring(0, query.length() - 2)
                + (last == 'A' ? 'B' : 'A')
                + query.substring(query.length() - 1);
        assertNotEquals(query, tampered);
        assertEquals(403, get(link.getPath() + "?" + tampered).statusCode());
        assertEquals(401, get(link.getPath()).statusCode());
        call.hears(Voice.HUMAN_HERTZ, 0);
        call.hangUp();
    }

    @Test
    void theContextIsReadableWhenTheInviteArrives() {
        CompletableFuture<JsonObject> seen = new CompletableFuture<>();
        anna.onCall(leg -> seen.completeAsync(() -> scene.gateway
                .get("/calls/" + leg.inviteHeader("x-segue-call") + "/context")
                .orElse(new JsonObject())));
        TestCall call = call();
        call.bot().turn("My money!", "refund_dispute", 0.2).join();
        JsonObject context =
                seen.orTimeout(Until.DEADLINE_SECONDS, TimeUnit.SECONDS).join();
        assertEquals(
                1,
                context.getJsonArray("turns", new io.vertx.core.json.JsonArray())
                        .size());
        assertEquals("low_confidence", context.getString("reason"));
        call.hears(Voice.HUMAN_HERTZ, 0);
        call.hangUp();
    }

    @Test
    void theWebhookBringsContextHandoffAndEndSigned() {
        TestCall call = call();
        call.ask();
        call.hears(Voice.HUMAN_HERTZ, 0);
        call.handoffIn("connected");
        call.hangUp();
        Push context = Until.found("the context is pushed", () -> first("context", call));
        assertEquals(scene.named("anna"), context.data().getString("human"));
        assertEquals("low_confidence", context.data().getString("reason"));
        assertTrue(context.signature().length() > 32, context.signature());
        Until.holds("the handoff's states are pushed", () -> FlowGateway.RECEIVER.of("handoff", call.id).stream()
                .map(p -> p.data().getJsonObject("handoff").getString("state"))
                .toList()
                .containsAll(List.of("requested", "reserved", "answered", "connected")));
        Push end = Until.found("the end is pushed", () -> first("call", call));
        assertEquals("ended", end.data().getString("state"));
    }

    @Test
    void aPushThatIsRefusedIsTriedAgain() {
        TestCall call = call();
        FlowGateway.RECEIVER.refuse(call.id, 2);
        call.ask();
        call.hears(Voice.HUMAN_HERTZ, 0);
        Until.holds("the context is taken at the third try", () -> {
            List<Push> tries = FlowGateway.RECEIVER.of("context", call.id);
            return tries.size() == 3 && tries.getLast().answered() == 204;
        });
        List<Push> tries = FlowGateway.RECEIVER.of("context", call.id);
        assertEquals(
                1, tries.stream().map(p -> p.body().getString("id")).distinct().count());
        call.hangUp();
    }

    @Test
    void aDeadWebhookHarmsNothing() throws Exception {
        String dead = "http://127.0.0.1:" + GatewayProcess.freeTcp() + "/";
        try (GatewayProcess process = FlowGateway.start(
                        "dead-webhook",
                        Map.of("SEGUE_WEBHOOK_URL", dead, "SEGUE_WEBHOOK_SECRET", "a secret of the tests' own"));
                Scene other = new Scene(process)) {
            other.queue("refunds").agent("refunds").human("ben", AnswerPlan.atOnce(), "refunds");
            TestCall call = other.call();
            long t0 = call.ask();
            long human = call.hears(Voice.HUMAN_HERTZ, t0);
            call.isUntouched(t0, human);
            call.handoffIn("connected");
            call.hangUp();
            other.nothingIsLeft(0);
        }
    }

    private static java.util.Optional<Push> first(String type, TestCall call) {
        return FlowGateway.RECEIVER.of(type, call.id).stream().findFirst();
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI there = scene.process.http().resolve(path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(there).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
