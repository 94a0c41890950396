package io.segue.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.segue.audit.Actor;
import io.segue.call.Supervision;
import io.segue.flow.Calls;
import io.segue.turn.Speaker;
import io.segue.turn.Turn;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Outside.Profile.class)
class CallsTest {
    private static final String HAS = ScriptedCalls.HAS;
    private static final String HAD = ScriptedCalls.HAD;
    private static final String OTHER = ScriptedCalls.OTHER;

    @Inject
    ScriptedCalls calls;

    @Inject
    ContextLinks links;

    @BeforeEach
    void forgetOrders() {
        calls.orders.clear();
    }

    private static RequestSpecification as(String secret) {
        return given().header("Authorization", "Bearer " + secret).contentType(ContentType.JSON);
    }

    @Test
    void listsCallsUpToAsManyAsAskedFor() {
        as(Outside.ADMIN).get("/api/v1/calls").then().statusCode(200).body("items", hasSize(3));
        as(Outside.ADMIN).get("/api/v1/calls?limit=1").then().body("items", hasSize(1));
        as(Outside.ADMIN).get("/api/v1/calls?limit=1000").then().statusCode(200);
        as(Outside.ADMIN).get("/api/v1/calls?limit=1001").then().statusCode(400);
        as(Outside.ADMIN).get("/api/v1/calls?limit=0").then().statusCode(400);
        as(Outside.ADMIN).get("/api/v1/calls?limit=many").then().statusCode(400);
    }

    @Test
    void findsACallByTheCallIdOfAnyLeg() {
        as(Outside.ADMIN).get("/api/v1/calls?sipCallId=leg@phone").then().body("items[0].callId", equalTo(HAS));
        as(Outside.ADMIN)
                .get("/api/v1/calls?sipCallId=other")
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
        as(Outside.ADMIN).get("/api/v1/calls/" + HAS).then().statusCode(200).body("callId", equalTo(HAS));
    }

    @Test
    void showsAHumanTheCallsThatCameToThem() {
        as(Outside.HUMAN).get("/api/v1/calls").then().body("items.callId", equalTo(List.of(HAS, HAD)));
        as(Outside.HUMAN).get("/api/v1/calls/" + HAD).then().statusCode(200);
        as(Outside.HUMAN).get("/api/v1/calls/" + OTHER).then().statusCode(404);
        as(Outside.HUMAN).get("/api/v1/calls/" + HAD + "/context").then().statusCode(200);
        as(Outside.HUMAN).get("/api/v1/calls/" + OTHER + "/context").then().statusCode(404);
    }

    @Test
    void letsAHumanSteerTheCallThatTheyHaveOnly() {
        as(Outside.HUMAN).post("/api/v1/calls/" + HAS + "/return").then().statusCode(202);
        as(Outside.HUMAN).post("/api/v1/calls/" + HAD + "/return").then().statusCode(403);
        as(Outside.HUMAN).post("/api/v1/calls/" + OTHER + "/hangup").then().statusCode(404);
        assertEquals(List.of("return null"), calls.orders);
    }

    @Test
    void passesAnOrderOnWithTheNameOfItsKey() {
        as(Outside.SUPERVISOR)
                .body("{\"queue\":\"billing\",\"skills\":[\"en\"],\"note\":\"please\"}")
                .post("/api/v1/calls/" + OTHER + "/handoff")
                .then()
                .statusCode(202)
                .body("callId", equalTo(OTHER));
        as(Outside.SUPERVISOR)
                .body("{\"by\":\"somebody else\"}")
                .post("/api/v1/calls/" + OTHER + "/handoff")
                .then()
                .statusCode(400);
        as(Outside.SUPERVISOR).post("/api/v1/calls/" + OTHER + "/hangup").then().statusCode(202);
        as(Outside.SUPERVISOR)
                .body("{\"note\":\"they paid\"}")
                .post("/api/v1/calls/" + OTHER + "/return")
                .then()
                .statusCode(202);
        assertEquals(
                List.of(
                        new Calls.HandoffOrder("billing", null, List.of("en"), "please", "key:sue"),
                        "hangup",
                        "return they paid"),
                calls.orders);
    }

    @Test
    void callsOutsideOnlyWhereAQueueWouldCall() {
        as(Outside.ADMIN)
                .body("{\"name\":\"Claims\",\"overflow\":[{\"sip\":\"sip:acd@pbx.example\"}]}")
                .put("/api/v1/queues/claims")
                .then()
                .statusCode(201);
        String path = "/api/v1/calls/" + OTHER + "/handoff";
        as(Outside.SUPERVISOR)
                .body("{\"sip\":\"sip:premium@elsewhere.example\"}")
                .post(path)
                .then()
                .statusCode(400)
                .body("errors[0].message", equalTo("is the overflow of no queue"));
        as(Outside.SUPERVISOR)
                .body("{\"sip\":\"sip:acd@pbx.example\",\"queue\":\"claims\"}")
                .post(path)
                .then()
                .statusCode(400);
        as(Outside.SUPERVISOR)
                .body("{\"sip\":\"sip:acd@pbx.example\"}")
                .post(path)
                .then()
                .statusCode(202);
        assertEquals(
                List.of(new Calls.HandoffOrder(null, "sip:acd@pbx.example", List.of(), null, "key:sue")), calls.orders);
    }

    @Test
    void takesAnOutcomeOfThoseWhoHadTheCall() {
        String mine = "/api/v1/calls/" + ScriptedCalls.HAD + "/outcome";
        as(Outside.HUMAN)
                .body("{\"outcome\":\"resolved\",\"note\":\"paid with 4111 1111 1111 1111\"}")
                .post(mine)
                .then()
                .statusCode(200)
                .body("outcome", equalTo("resolved"))
                .body("note", equalTo("paid with [card]"));
        as(Outside.HUMAN).body("{\"note\":\"hm\"}").post(mine).then().statusCode(400);
        as(Outside.HUMAN).body("{\"outcome\":\"fine\"}").post(mine).then().statusCode(400);
        as(Outside.HUMAN)
                .body("{\"outcome\":\"resolved\"}")
                .post("/api/v1/calls/" + OTHER + "/outcome")
                .then()
                .statusCode(404);
    }

    @Test
    void letsASupervisorListenInByWordsItKnowsAndHumansThereAre() {
        as(Outside.ADMIN)
                .body("{\"name\":\"Eve\",\"password\":\"a-password-of-eve\"}")
                .put("/api/v1/humans/eve")
                .then()
                .statusCode(201);
        String path = "/api/v1/calls/" + OTHER + "/supervise";
        as(Outside.SUPERVISOR)
                .body("{\"mode\":\"whisper\",\"human\":\"eve\"}")
                .post(path)
                .then()
                .statusCode(202);
        as(Outside.SUPERVISOR).delete(path).then().statusCode(202);
        Actor sue = new Actor("key:sue", "supervisor");
        assertEquals(List.of(new Calls.SuperviseOrder("eve", Supervision.Mode.WHISPER, sue), sue), calls.orders);
        for (String[] wrong : new String[][] {
            {"{\"human\":\"eve\"}", "mode", "is required"},
            {"{\"mode\":\"shout\",\"human\":\"eve\"}", "mode", "has to be one of listen, whisper, barge, not \"shout\""
            },
            {"{\"mode\":\"listen\"}", "human", "is required"},
            {"{\"mode\":\"listen\",\"human\":\"nobody\"}", "human", "is the id of no human"},
            {"{\"mode\":\"listen\",\"human\":\"eve\",\"by\":\"x\"}", "by", "is not known"},
        }) {
            as(Outside.ADMIN)
                    .body(wrong[0])
                    .post(path)
                    .then()
                    .statusCode(400)
                    .body("errors[0].field", equalTo(wrong[1]))
                    .body("errors[0].message", startsWith(wrong[2]));
        }
        as(Outside.ADMIN)
                .body("{\"mode\":\"listen\",\"human\":\"eve\"}")
                .post("/api/v1/calls/" + ScriptedCalls.BUSY + "/supervise")
                .then()
                .statusCode(409);
        as(Outside.ADMIN).delete("/api/v1/humans/eve").then().statusCode(204);
    }

    @Test
    void saysWhyAnOrderCannotBeCarriedOut() {
        as(Outside.ADMIN)
                .post("/api/v1/calls/" + ScriptedCalls.BUSY + "/handoff")
                .then()
                .statusCode(409)
                .body("detail", equalTo("a handoff is under way"));
        as(Outside.ADMIN)
                .post("/api/v1/calls/" + ScriptedCalls.FAR + "/hangup")
                .then()
                .statusCode(503)
                .header("Retry-After", "1");
        as(Outside.ADMIN)
                .post("/api/v1/calls/" + "0".repeat(32) + "/hangup")
                .then()
                .statusCode(404);
    }

    @Test
    void takesATurnAtTheEdgesOfItsRangesAndNothingBeyond() {
        String path = "/api/v1/calls/" + OTHER + "/turns";
        as(Outside.ADMIN)
                .body("{\"id\":\"t1\",\"speaker\":\"human\",\"text\":\"How can I help?\\nTell me.\",\"confidence\":1,"
                        + "\"sentiment\":-1,\"entities\":{\"order\":\"42\"},\"startMs\":100,\"endMs\":200}")
                .post(path)
                .then()
                .statusCode(202);
        assertEquals(
                List.of(new Turn(
                        "t1",
                        Speaker.HUMAN,
                        "How can I help?\nTell me.",
                        null,
                        1.0,
                        -1.0,
                        null,
                        Map.of("order", "42"),
                        100,
                        200,
                        false)),
                calls.orders);
        for (String[] wrong : new String[][] {
            {"confidence", "7", "has to be 0 to 1, not 7"},
            {"confidence", "1.0001", "has to be 0 to 1, not 1.0001"},
            {"confidence", "-0.1", "has to be 0 to 1, not -0.1"},
            {"confidence", "\"high\"", "has to be 0 to 1, not \"high\""},
            {"confidence", "1e999", "has to be 0 to 1, not Infinity"},
            {"sentiment", "-1.01", "has to be -1 to 1, not -1.01"},
            {"sentiment", "2", "has to be -1 to 1, not 2"},
            {"speaker", "\"ghost\"", "has to be one of caller, agent, human, not \"ghost\""},
            {"startMs", "1.5", "has to be a whole number, 0 to 604800000, not 1.5"},
            {"conf", "1", "is not known; did you mean confidence?"},
        }) {
            String speaker = wrong[0].equals("speaker") ? "" : "\"speaker\":\"human\",";
            as(Outside.ADMIN)
                    .body("{" + speaker + "\"text\":\"x\",\"" + wrong[0] + "\":" + wrong[1] + "}")
                    .post(path)
                    .then()
                    .statusCode(400)
                    .body("errors[0].field", equalTo(wrong[0]))
                    .body("errors[0].message", equalTo(wrong[2]));
        }
        as(Outside.ADMIN)
                .body("{}")
                .post(path)
                .then()
                .statusCode(400)
                .body("errors.field", equalTo(List.of("speaker", "text")));
        as(Outside.ADMIN)
                .body("{\"speaker\":\"human\",\"text\":\"" + "x".repeat(16_384) + "\"}")
                .post(path)
                .then()
                .statusCode(202);
        as(Outside.ADMIN)
                .body("{\"speaker\":\"human\",\"text\":\"" + "x".repeat(16_385) + "\"}")
                .post(path)
                .then()
                .statusCode(400);
    }

    @Test
    void opensTheContextToASignedLinkWithoutAKey() {
        URI link = links.sign(OTHER, OTHER + "-1", Instant.now().plusSeconds(60));
        String path = link.getRawPath() + "?" + link.getRawQuery();
        given().urlEncodingEnabled(false).get(path).then().statusCode(200).body("callId", equalTo(OTHER));
    }

    @Test
    void refusesALinkThatWasTamperedWithAndSaysOfAnOldOneThatItIsGone() {
        URI link = links.sign(OTHER, OTHER + "-1", Instant.now().plusSeconds(60));
        String path = link.getRawPath() + "?" + link.getRawQuery();
        given().get(path.replace(OTHER + "/context", HAS + "/context")).then().statusCode(403);
        given().get(path.replace("-1&", "-2&")).then().statusCode(403);
        given().get(path.replace("expires=", "expires=9")).then().statusCode(403);
        given().get(path.substring(0, path.length() - 2)).then().statusCode(403);
        given().get(path + "zz").then().statusCode(403);
        given().get(link.getRawPath() + "?signature=00").then().statusCode(403);
        given().get(link.getRawPath()).then().statusCode(401);
        URI old = links.sign(OTHER, OTHER + "-1", Instant.now().minusSeconds(2));
        given().get(old.getRawPath() + "?" + old.getRawQuery())
                .then()
                .statusCode(410)
                .contentType("application/problem+json");
    }
}
