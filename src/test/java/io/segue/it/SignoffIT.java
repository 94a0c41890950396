package io.segue.it;

import static io.segue.it.Deciding.action;
import static io.segue.it.Deciding.ask;
import static io.segue.it.Deciding.body;
import static io.segue.it.Deciding.count;
import static io.segue.it.Deciding.decide;
import static io.segue.it.Deciding.decision;
import static io.segue.it.Deciding.forged;
import static io.segue.it.Deciding.heard;
import static io.segue.it.Deciding.keys;
import static io.segue.it.Deciding.last;
import static io.segue.it.Deciding.maps;
import static io.segue.it.Deciding.pending;
import static io.segue.it.Deciding.redeem;
import static io.segue.it.Deciding.refused;
import static io.segue.it.Deciding.token;
import static io.segue.it.Deciding.turn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.archive.TestPostgres;
import io.segue.bench.GatewayProcess;
import io.segue.demo.Gateway;
import io.segue.demo.ear.Voice;
import io.segue.demo.phone.AnswerPlan;
import io.segue.demo.phone.Leg;
import io.segue.demo.phone.Phone;
import io.segue.signing.TokenCheck;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People deciding: a bot on a real socket, two gateways on one Redis and one PostgreSQL. Calls are the first one's. */
class SignoffIT {
    private static GatewayProcess first;
    private static GatewayProcess second;

    private Scene scene;
    private Gateway here;
    private Gateway there;

    @BeforeAll
    static void start() {
        Map<String, String> shared = Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                TestPostgres.freshUrl(),
                "SEGUE_SIGNING_KEY",
                "the same thirty-two characters on each");
        first = FlowGateway.start("signoff-1", shared);
        Map<String, String> joined = new java.util.HashMap<>(shared);
        joined.put("QUARKUS_REDIS_HOSTS", first.redisUri().toString());
        second = FlowGateway.start("signoff-2", joined);
    }

    @AfterAll
    static void stop() {
        if (second != null) {
            second.close();
        }
        if (first != null) {
            first.close();
        }
    }

    @BeforeEach
    void begin() {
        scene = new Scene(first);
        here = first.seen();
        there = second.seen();
        scene.queue("care");
    }

    @AfterEach
    void end() {
        scene.nothingIsLeft(0);
        scene.close();
    }

    @Test
    void anotherGatewayDecidesAndAnyBackOfficeChecksAndRedeemsOnce() throws Exception {
        bounded("hotl", "alarm");
        TestCall call = scene.call();
        ask(call, "a9", 900);
        String id = call.id + "-s1";
        JsonObject pending =
                Until.found("a pending sign-off at the other gateway", () -> pending(there, "signoffs", id));
        assertEquals(900, pending.getJsonObject("action").getInteger("amount"));
        assertEquals(500, pending.getJsonObject("boundary").getInteger("above"));
        assertEquals(call.id, pending.getJsonObject("evidence").getString("call"));
        JsonObject decided =
                body(200, decide(there, "signoffs", id, decision("approved").put("note", "fine")));
        assertEquals("approved", decided.getString("state"));
        JsonObject told = heard(call, "action");
        assertEquals("a9", told.getString("id"));
        assertEquals("approved", told.getString("decision"));
        assertEquals("key:bench", told.getString("by"));
        assertEquals("x", told.getJsonObject("payload").getString("to"));
        String token = told.getString("token");

        JsonObject keys = keys(first);
        assertEquals(keys, keys(second));
        assertTrue(
                TokenCheck.verifies(token, keys.getMap().containsKey("keys") ? Map.of("keys", maps(keys)) : Map.of()));
        assertEquals(id, TokenCheck.part(token, 1).get("jti").asText());

        refused(409, "token-mismatch", redeem(there, call.id + "-s2", token(token)));
        refused(409, "token-mismatch", redeem(there, id, token(token).put("action", "a8")));
        refused(409, "token-mismatch", redeem(there, id, token(token).put("payload", new JsonObject().put("to", "y"))));
        refused(403, "token-forged", redeem(there, id, token(forged(token))));
        refused(400, "token-malformed", redeem(there, id, token("nonsense")));
        JsonObject redeemed = body(
                200,
                redeem(
                        there,
                        id,
                        token(token)
                                .put("action", "a9")
                                .put("amount", 900)
                                .put("payload", new JsonObject().put("to", "x"))));
        assertEquals("payment.authorize", redeemed.getString("type"));
        refused(409, "already-redeemed", redeem(here, id, token(token)));

        refused(409, "conflict", decide(there, "signoffs", id, decision("rejected")));
        Until.holds("it is kept for good", () -> here.get("/signoffs?state=approved")
                .filter(list -> list.getJsonArray("items").stream()
                        .anyMatch(item -> ((JsonObject) item).getString("id").equals(id)))
                .isPresent());
        assertTrue(pending(there, "signoffs", id).isEmpty());
        call.bot().tell("action", action("a9", 900).put("state", "executed"));
        Until.holds("the trail has all of it", () -> there.get("/audit?call=" + call.id)
                .map(trail -> trail.getJsonArray("items").stream()
                        .map(item -> ((JsonObject) item).getString("kind"))
                        .toList())
                .orElse(List.of())
                .containsAll(List.of(
                        "signoff.requested",
                        "signoff.decided",
                        "signoff.refused",
                        "signoff.redeemed",
                        "signoff.executed")));
        call.hangUp();
    }

    @Test
    void ofTwoWhoDecideAtOnceOneWinsAndTheOtherIsToldWho() {
        TestCall call = asking();
        String id = call.id + "-s1";
        Until.found("a pending sign-off", () -> pending(here, "signoffs", id));
        CompletableFuture<HttpResponse<String>> other =
                CompletableFuture.supplyAsync(() -> decide(there, "signoffs", id, decision("rejected")));
        HttpResponse<String> mine = decide(here, "signoffs", id, decision("approved"));
        List<Integer> statuses = List.of(mine.statusCode(), other.join().statusCode());
        assertTrue(statuses.contains(200) && statuses.contains(409), statuses.toString());
        HttpResponse<String> loser = mine.statusCode() == 409 ? mine : other.join();
        assertTrue(
                new JsonObject(loser.body()).getString("detail").contains("by key:bench (admin) at 20"), loser.body());
        assertNotNull(heard(call, "action"));
        assertEquals(1, count(call, "action"));
        call.hangUp();
    }

    @Test
    void whatIsWithinTheBoundaryIsApprovedAtOnceAndOneCentPastItWaits() {
        bounded("hotl", "alarm");
        TestCall call = scene.call();
        ask(call, "a1", 500.00);
        JsonObject told = heard(call, "action");
        assertEquals("policy", told.getString("by"));
        assertNotNull(told.getString("token"));
        ask(call, "a2", 500.01);
        Until.found("a pending sign-off", () -> pending(here, "signoffs", call.id + "-s2"));
        assertEquals(1, count(call, "action"));
        body(
                200,
                decide(
                        here,
                        "signoffs",
                        call.id + "-s2",
                        decision("edited").put("amount", 450).put("payload", new JsonObject().put("to", "z"))));
        JsonObject edited =
                Until.found("an edited action", () -> last(call, "action").filter(a -> "a2".equals(a.getString("id"))));
        assertEquals("edited", edited.getString("decision"));
        assertEquals("z", edited.getJsonObject("payload").getString("to"));
        assertEquals(450, edited.getInteger("amount"));
        call.bot()
                .raw("{\"event\":\"action\",\"action\":{\"id\":\"a3\",\"type\":7}}")
                .join();
        assertEquals("invalid_action", heard(call, "error").getString("code"));
        call.hangUp();
    }

    @Test
    void actingWithoutASignOffIsAViolationThatBringsAHuman() {
        bounded("hotl", "handoff");
        Phone anna = scene.human("anna", AnswerPlan.atOnce(), "care");
        TestCall call = scene.call();
        double before = violations("signoff");
        call.bot().tell("action", action("a1", 900).put("state", "executed"));
        Leg human = Scene.rung(anna);
        Scene.hears(human, Voice.CALLER_HERTZ);
        assertEquals(before + 1, violations("signoff"));
        Until.holds(
                "the reason is said",
                () -> call.handoff().getString("reason", "").equals("signoff_violated"));
        call.hangUp();
    }

    @Test
    void inHitlATurnIsHeldUntilAReviewerHasSpokenAndOneThatIsNotIsAViolation() {
        bounded("hitl", "alarm");
        TestCall call = scene.call();
        call.bot().speak(false).join();
        long asked = call.bot()
                .tell("turn", turn("t1", "We refund you.").put("proposed", true))
                .join();
        String id = call.id + "-t1";
        call.hearsFiller(asked);
        JsonObject pending =
                Until.found("a pending approval at the other gateway", () -> pending(there, "approvals", id));
        assertEquals("We refund you.", pending.getJsonObject("turn").getString("text"));
        refused(400, "invalid", decide(there, "approvals", id, decision("edited")));
        body(200, decide(there, "approvals", id, decision("edited").put("text", "We refund you tomorrow.")));
        JsonObject told = heard(call, "turn");
        assertEquals("edited", told.getString("decision"));
        assertEquals("We refund you tomorrow.", told.getString("text"));
        assertNull(told.getString("token"));
        double before = violations("approval");
        call.bot().tell("turn", turn("t1", "We refund you tomorrow!"));
        call.bot().tell("turn", turn("t2", "And here is a present."));
        Until.holds("a violation", () -> violations("approval") == before + 1);
        Until.holds("both are in the transcript", () -> here.get("/calls/" + call.id)
                .map(c -> c.getJsonArray("turns").size())
                .orElse(0)
                .equals(2));
        call.hangUp();
    }

    @Test
    void aTurnThatNobodyAnswersBringsAHuman() {
        scene.agent(
                "care",
                new JsonObject(),
                new JsonObject()
                        .put("mode", "hitl")
                        .put("hitl", new JsonObject().put("deadlineSeconds", 1).put("onExpiry", "handoff")));
        Phone anna = scene.human("anna", AnswerPlan.atOnce(), "care");
        TestCall call = scene.call();
        call.bot().tell("turn", turn("t1", "We refund you.").put("proposed", true));
        Scene.hears(Scene.rung(anna), Voice.CALLER_HERTZ);
        assertEquals("rejected", heard(call, "turn").getString("decision"));
        Until.holds(
                "the reason is said",
                () -> call.handoff().getString("reason", "").equals("approval_expired"));
        call.hangUp();
    }

    @Test
    void whatTheEndOfTheCallLeavesUndecidedExpires() {
        TestCall call = asking();
        String id = call.id + "-s1";
        Until.found("a pending sign-off", () -> pending(there, "signoffs", id));
        call.hangUp();
        Until.holds(
                "it is gone from the list", () -> pending(there, "signoffs", id).isEmpty());
        Until.holds("it expired", () -> there.get("/signoffs/" + id)
                .filter(s -> "expired".equals(s.getString("state")))
                .isPresent());
        refused(409, "conflict", decide(there, "signoffs", id, decision("approved")));
        refused(404, "not-found", decide(there, "signoffs", "0".repeat(32) + "-s1", decision("approved")));
        refused(404, "not-found", decide(there, "approvals", id, decision("approved")));
    }

    @Test
    void withoutPostgresqlTheActionWaitsAndTheCallGoesOn() {
        try (Scene without = new Scene()) {
            without.queue("care");
            bounded(without, "hotl", "alarm");
            TestCall call = without.call();
            ask(call, "a1", 900);
            String id = call.id + "-s1";
            Gateway bare = without.gateway;
            Until.found("a pending sign-off", () -> pending(bare, "signoffs", id));
            refused(503, "unavailable", decide(bare, "signoffs", id, decision("approved")));
            assertFalse(pending(bare, "signoffs", id).isEmpty());
            assertEquals(0, count(call, "action"));
            assertFalse(call.caller.ended().isDone());
            refused(503, "unavailable", bare.send("GET", "/signoffs?state=approved", ""));
            call.hangUp();
        }
    }

    /** A call whose agent waits for leave to pay 900, which is past its boundary. */
    private TestCall asking() {
        bounded("hotl", "alarm");
        TestCall call = scene.call();
        ask(call, "a1", 900);
        return call;
    }

    private void bounded(String mode, String onViolation) {
        bounded(scene, mode, onViolation);
    }

    private static void bounded(Scene scene, String mode, String onViolation) {
        scene.agent(
                "care",
                new JsonObject(),
                new JsonObject()
                        .put("mode", mode)
                        .put("onViolation", onViolation)
                        .put(
                                "boundaries",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("action", "payment.authorize")
                                                .put("above", 500)
                                                .put("currency", "USD"))));
    }

    private static double violations(String kind) {
        try {
            return first.metric("segue_violations_total", "kind=\"" + kind + "\"");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
