package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.archive.TestPostgres;
import io.segue.bench.GatewayProcess;
import io.segue.demo.Gateway;
import io.segue.demo.ear.Voice;
import io.segue.demo.phone.AnswerPlan;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People who sign in and label: two gateways on one Redis and one PostgreSQL. Calls are the first one's. */
class ReviewIT {
    private static final String PASSWORD = "open sesame";

    private final Receiver receiver = new Receiver();
    private GatewayProcess first;
    private GatewayProcess second;
    private Scene scene;

    @BeforeEach
    void start() {
        Map<String, String> shared = Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                TestPostgres.freshUrl(),
                "SEGUE_SIGNING_KEY",
                "the same thirty-two characters on each",
                "SEGUE_WEBHOOK_URL",
                receiver.url().toString(),
                "SEGUE_WEBHOOK_SECRET",
                "a secret of the tests' own");
        first = FlowGateway.start("review-1", shared);
        Map<String, String> joined = new HashMap<>(shared);
        joined.put("QUARKUS_REDIS_HOSTS", first.redisUri().toString());
        second = FlowGateway.start("review-2", joined);
        scene = new Scene(first);
        Until.holds(
                "PostgreSQL is known to be there",
                () -> first.metric("segue_archive_up", "") + second.metric("segue_archive_up", "") == 2);
        scene.queue("refunds").agent("refunds");
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : Stream.of(scene, second, first)
                .filter(java.util.Objects::nonNull)
                .toList()) {
            one.close();
        }
    }

    @Test
    void aCallIsLabelledWhileItGoesOnAndWhenItIsOverAndWhenOnlyTheArchiveHasIt() throws Exception {
        Gateway sam = second.seenBy(reviewer("sam", "specialist"));
        Gateway rex = first.seenBy(reviewer("rex", "reviewer"));
        scene.human("anna", AnswerPlan.atOnce(), "refunds");
        TestCall call = scene.call();
        call.bot().turn("Where is it?", "order_status", 0.95).join();
        call.bot()
                .tell(
                        "turn",
                        new JsonObject().put("id", "a1").put("speaker", "agent").put("text", "It takes three days."))
                .join();
        try (EventStream stream = EventStream.open(first)) {
            JsonObject label = labelledOnce(
                    sam,
                    call,
                    "a1",
                    new JsonObject()
                            .put("label", "edited")
                            .put("text", "It takes five days.")
                            .put("reason", "policy 7")
                            .put("severity", "high"));
            assertEquals(scene.named("sam"), label.getString("reviewer"));
            assertEquals("specialist", label.getString("role"));
            assertFalse(call.caller.ended().isDone(), "it was labelled live, at the other gateway");
            JsonObject told = stream.event("label", event -> call.id.equals(event.getString("call")));
            assertEquals("high", told.getString("severity"));
            assertFalse(told.encode().contains("days"), told::encode);
        }
        JsonObject pushed = Until.found(
                        "the push", () -> receiver.of("label", call.id).stream().findFirst())
                .data();
        assertEquals("It takes three days.", pushed.getString("original"));
        assertEquals("It takes five days.", pushed.getString("text"));

        call.hears(Voice.HUMAN_HERTZ, call.ask());
        call.handoffIn("connected");
        String document = "/humans/" + scene.named("anna");
        scene.gateway.put(document, scene.gateway.get(document).orElseThrow().put("password", PASSWORD));
        Gateway anna = second.seenBy(signedIn("anna"));
        List<String> turns = turns(call);
        assertEquals(
                "human",
                labelledOnce(anna, call, turns.getFirst(), approved()).getString("role"),
                "whoever got the caller is the contact-centre agent");
        call.hangUp();
        call.awaitState("ended");

        CompletableFuture<HttpResponse<String>> other =
                CompletableFuture.supplyAsync(() -> label(sam, call, turns.getLast(), approved()));
        HttpResponse<String> mine = label(rex, call, turns.getLast(), new JsonObject().put("label", "rejected"));
        assertEquals(
                List.of(201, 409),
                Stream.of(mine, other.join())
                        .map(HttpResponse::statusCode)
                        .sorted()
                        .toList(),
                "two reviewers at two gateways at once");

        Until.holds(
                "it is archived",
                () -> second.metric("segue_archive_calls_waiting", "") + first.metric("segue_archive_calls_waiting", "")
                                == 0
                        && first.metric("segue_archive_calls_written_total", "") > 0);
        assertEquals(1, first.redis("DEL segue:call:{" + call.id + "}"));
        assertEquals(1, first.redis("DEL segue:sip:{" + call.caller.callId() + "}"));
        JsonObject found = sam.get("/calls?sipCallId=" + call.caller.callId()).orElseThrow();
        assertEquals(call.id, found.getJsonArray("items").getJsonObject(0).getString("id"));
        HttpResponse<String> again = label(sam, call, "a1", approved());
        assertEquals(200, again.statusCode(), again.body());
        assertEquals(2, new JsonObject(again.body()).getInteger("version"));
        assertEquals(404, label(sam, call, "a9", approved()).statusCode());
    }

    @Test
    void whoSignsOutAtOneGatewayIsOutAtTheOther() {
        String here = reviewer("sam", "specialist");
        String there = signedIn("sam");
        assertEquals(200, asks(first, here));
        assertEquals(204, second.seenBy(here).send("DELETE", "/session", "").statusCode());
        assertEquals(401, asks(first, here));
        assertEquals(401, asks(second, here));
        assertEquals(200, asks(first, there));
        Until.holds("both are in the trail", () -> scene.gateway.get("/audit?kind=session.*").stream()
                .flatMap(list -> list.getJsonArray("items").stream())
                .map(entry -> ((JsonObject) entry).getString("kind"))
                .toList()
                .equals(List.of("session.opened", "session.opened", "session.ended")));
    }

    private static int asks(GatewayProcess process, String token) {
        return process.seenBy(token).send("GET", "/signoffs?state=pending", "").statusCode();
    }

    /** The token of somebody with a role, who signs in at the second gateway. */
    private String reviewer(String name, String role) {
        scene.put(
                "/humans/" + scene.named(name),
                new JsonObject().put("role", role).put("password", PASSWORD));
        return signedIn(name);
    }

    private String signedIn(String name) {
        Gateway nobody = second.seenBy("");
        String body = new JsonObject()
                .put("human", scene.named(name))
                .put("password", PASSWORD)
                .encode();
        return Until.found("a session", () -> {
            HttpResponse<String> answer = nobody.send("POST", "/session", body);
            return answer.statusCode() == 200
                    ? Optional.of(new JsonObject(answer.body()).getString("token"))
                    : Optional.empty();
        });
    }

    private static JsonObject approved() {
        return new JsonObject().put("label", "approved");
    }

    private static HttpResponse<String> label(Gateway by, TestCall call, String turn, JsonObject label) {
        return by.send("PUT", "/calls/" + call.id + "/turns/" + turn + "/label", label.encode());
    }

    /** What a gateway has heard of another's call may be a moment old. */
    private static JsonObject labelledOnce(Gateway by, TestCall call, String turn, JsonObject label) {
        return Until.found("the turn can be labelled", () -> {
            HttpResponse<String> answer = label(by, call, turn, label);
            assertTrue(List.of(201, 404).contains(answer.statusCode()), answer::body);
            return answer.statusCode() == 201 ? Optional.of(new JsonObject(answer.body())) : Optional.empty();
        });
    }

    private static List<String> turns(TestCall call) {
        return call.document().getJsonArray("turns").stream()
                .map(turn -> ((JsonObject) turn).getString("id"))
                .toList();
    }
}
