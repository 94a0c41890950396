package io.segue.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.segue.flow.registry.Documents;
import io.segue.registry.Directory;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Outside.Profile.class)
class ConfiguredThingsTest {
    private static final String AGENT = """
            {"owner":"billing team","url":"wss://bot.example/stream","dialect":"plivo","numbers":["+15550100","+1555*"],
             "auth":{"type":"bearer","secret":"s3cret-of-the-bot"}}""";

    @Inject
    MemoryDocuments documents;

    @Inject
    Directory directory;

    @AfterEach
    void deleteEverything() {
        documents.away = false;
        for (String kind : List.of("agents", "queues", "humans", "trunks")) {
            List<String> ids = admin().get("/api/v1/" + kind).then().extract().path("items.id");
            ids.forEach(
                    id -> admin().delete("/api/v1/" + kind + "/" + id).then().statusCode(204));
        }
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + Outside.ADMIN).contentType(ContentType.JSON);
    }

    @Test
    void storesAnAgentWithItsSecretAndShowsItWithout() {
        admin().body(AGENT)
                .put("/api/v1/agents/billing")
                .then()
                .statusCode(201)
                .body("id", equalTo("billing"))
                .body("policy.threshold", equalTo(0.85f))
                .body("auth", equalTo(java.util.Map.of("type", "bearer")));
        assertEquals(
                "{auth=s3cret-of-the-bot}",
                documents.of(Documents.Kind.AGENT).get("billing").get("secret").toString());
        String shown = admin().get("/api/v1/agents/billing")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertFalse(shown.contains("s3cret"));
        String listed = admin().get("/api/v1/agents")
                .then()
                .body("items", hasSize(1))
                .extract()
                .asString();
        assertFalse(listed.contains("s3cret"));
        assertEquals("billing", directory.agentFor("+15559999").orElseThrow().id());
    }

    @Test
    void keepsTheSecretWhenWhatWasShownIsWrittenBack() {
        admin().body(AGENT).put("/api/v1/agents/billing").then().statusCode(201);
        String shown = admin().get("/api/v1/agents/billing").asString();
        admin().body(shown).put("/api/v1/agents/billing").then().statusCode(200).body(equalTo(shown));
        assertEquals(
                "s3cret-of-the-bot",
                directory.agent("billing").orElseThrow().auth().secret());
    }

    @Test
    void refusesANumberThatAnotherAgentHas() {
        admin().body(AGENT).put("/api/v1/agents/billing").then().statusCode(201);
        admin().body(AGENT)
                .put("/api/v1/agents/sales")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", equalTo("numbers: +15550100 is agent billing's"));
    }

    @Test
    void namesEveryFieldThatIsWrong() {
        admin().body(
                        "{\"url\":\"ws://bot.example\",\"dialect\":\"vonage\",\"policy\":{\"threshold\":1.7,\"treshold\":1}}")
                .put("/api/v1/agents/billing")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("status", equalTo(400))
                .body("type", equalTo("urn:segue:problem:invalid"))
                .body("errors", hasItem(hasEntry("message", "has to be one of twilio, plivo, not \"vonage\"")))
                .body("errors.find { it.field == 'owner' }.message", equalTo("is missing"))
                .body("errors.find { it.field == 'url' }.message", containsString("wss://"))
                .body("errors.find { it.field == 'policy.threshold' }.message", equalTo("has to be 0 to 1, not 1.7"))
                .body(
                        "errors.find { it.field == 'policy.treshold' }.message",
                        equalTo("is not known; did you mean threshold?"));
        admin().get("/api/v1/agents/billing").then().statusCode(404);
    }

    @Test
    void warnsOfQueuesThatNobodyHasDescribedAndTakesTheAgent() {
        admin().body("{}").put("/api/v1/queues/known").then().statusCode(201);
        String answer = admin().body("""
                        {"owner":"o","url":"wss://bot.example/s","queue":"known","policy":{
                          "intents":{"a":{"queue":"known"},"b":{"queue":"nowhere"}},
                          "rules":[{"id":"r","when":{"turns":9},"then":{"do":"handoff","queue":"gone"}}]}}""")
                .put("/api/v1/agents/billing")
                .then()
                .statusCode(201)
                .body("warnings.field", equalTo(List.of("policy.intents.b.queue", "policy.rules[0].then.queue")))
                .body("warnings[0].message", equalTo("names a queue that is not described: nowhere"))
                .extract()
                .asString();
        admin().body(answer).put("/api/v1/agents/billing").then().statusCode(200);
        admin().get("/api/v1/agents/billing").then().statusCode(200).body("warnings", equalTo(null));
    }

    @Test
    void refusesAPolicyOfTenMegabytesAsTooLarge() {
        String policy = "{\"owner\":\"o\",\"url\":\"wss://bot.example/s\",\"policy\":{\"phrases\":[\""
                + "x".repeat(10 * 1024 * 1024)
                + "\"]}}";
        admin().body(policy)
                .put("/api/v1/agents/billing")
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("detail", equalTo("a body may have 262144 bytes"));
        admin().get("/api/v1/agents/billing").then().statusCode(404);
    }

    @Test
    void saysWhichFieldOfAPolicyIsWrongAndKeepsTheOneBefore() {
        admin().body(AGENT).put("/api/v1/agents/billing").then().statusCode(201);
        admin().body("""
                        {"owner":"o","url":"wss://bot.example/s","policy":{"threshold":1.7,"rules":[
                          {"id":"r","when":{"confidenceBelow":0.4,"confidenceAtLeast":-1},"then":{"do":"handoff"}}]}}""")
                .put("/api/v1/agents/billing")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("policy.threshold"))
                .body("errors[0].message", equalTo("has to be 0 to 1, not 1.7"))
                .body("errors[1].field", equalTo("policy.rules[0].when.confidenceAtLeast"));
        admin().body("""
                        {"owner":"o","url":"wss://bot.example/s","policy":{"rules":[
                          {"id":"r","when":{"confidenceBelow":0.4,"confidenceAtLeast":0.6},"then":{"do":"handoff"}}]}}""")
                .put("/api/v1/agents/billing")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("policy.rules[0].when"))
                .body("errors[0].message", containsString("no confidence is below 0.4 and at least 0.6"));
        admin().get("/api/v1/agents/billing")
                .then()
                .statusCode(200)
                .body("owner", equalTo("billing team"))
                .body("policy.threshold", equalTo(0.85f));
    }

    @Test
    void writesQueuesHumansAndTrunksTheSameWay() {
        admin().body(
                        "{\"ringSeconds\":15,\"ring\":\"all\",\"overflow\":[{\"queue\":\"tier2\"},{\"sip\":\"sip:acd@pbx.example\"},{\"agent\":true}]}")
                .put("/api/v1/queues/billing")
                .then()
                .statusCode(201)
                .body("overflow[1].sip", equalTo("sip:acd@pbx.example"));
        admin().body("{\"name\":\"Ann\",\"password\":\"open sesame\",\"queues\":[\"billing\"],\"skills\":[\"en\"]}")
                .put("/api/v1/humans/ann")
                .then()
                .statusCode(201)
                .body("password", equalTo(null));
        assertFalse(documents.of(Documents.Kind.HUMAN).get("ann").toString().contains("sesame"));
        assertEquals(1, directory.humansOf("billing", List.of("en")).size());
        admin().body("{\"addresses\":[\"203.0.113.0/24\"],\"username\":\"u\",\"password\":\"carrier-pass\"}")
                .put("/api/v1/trunks/carrier")
                .then()
                .statusCode(201)
                .body("username", equalTo("u"))
                .body(not(containsString("carrier-pass")));
        admin().delete("/api/v1/trunks/carrier").then().statusCode(204);
        admin().delete("/api/v1/trunks/carrier").then().statusCode(404);
        admin().get("/api/v1/trunks/carrier").then().statusCode(404).body("detail", equalTo("no trunk carrier"));
    }

    @Test
    void takesAsManyDocumentsAsTheLimitAndNotOneMore() {
        for (int i = 0; i < 5; i++) {
            admin().body("{}").put("/api/v1/queues/q" + i).then().statusCode(201);
        }
        admin().body("{}").put("/api/v1/queues/q5").then().statusCode(409).body("detail", containsString("5"));
        admin().body("{\"name\":\"changed\"}").put("/api/v1/queues/q4").then().statusCode(200);
    }

    @Test
    void answers503WhileTheStoreIsAwayAndStillReads() {
        admin().body("{}").put("/api/v1/queues/billing").then().statusCode(201);
        documents.away = true;
        admin().body("{}")
                .put("/api/v1/queues/billing")
                .then()
                .statusCode(503)
                .header("Retry-After", "1")
                .contentType("application/problem+json")
                .body(not(containsString("secret-host")));
        admin().delete("/api/v1/queues/billing").then().statusCode(503);
        admin().get("/api/v1/queues/billing").then().statusCode(200);
    }

    @Test
    void refusesAnIdThatCouldNotStandInAUri() {
        admin().body("{}")
                .put("/api/v1/queues/{id}", "a b")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("id"));
        admin().body("{}").put("/api/v1/queues/{id}", "a".repeat(64)).then().statusCode(201);
        admin().body("{}").put("/api/v1/queues/{id}", "a".repeat(65)).then().statusCode(400);
        admin().body("{\"id\":\"b\"}").put("/api/v1/queues/a").then().statusCode(400);
    }

    @Test
    void setsAndShowsPresence() {
        admin().body("{\"contact\":\"sip:ann@192.0.2.1\"}")
                .put("/api/v1/humans/ann")
                .then()
                .statusCode(201);
        admin().get("/api/v1/humans/ann/presence").then().statusCode(200).body("state", equalTo("away"));
        admin().body("{\"state\":\"available\"}")
                .put("/api/v1/humans/ann/presence")
                .then()
                .statusCode(200)
                .body("state", equalTo("available"));
        admin().get("/api/v1/humans/ann/presence").then().statusCode(200).body("state", equalTo("available"));
        admin().body("{\"state\":\"talking\"}")
                .put("/api/v1/humans/ann/presence")
                .then()
                .statusCode(400)
                .body("errors[0].message", equalTo("has to be one of available, away, not \"talking\""));
        admin().body("{}").put("/api/v1/humans/ann/presence").then().statusCode(400);
        admin().body("{\"state\":\"away\"}")
                .put("/api/v1/humans/nobody/presence")
                .then()
                .statusCode(404);
    }

    @Test
    void letsAHumanChooseTheirOwnPresenceOnly() {
        admin().body("{\"contact\":\"sip:ann@192.0.2.1\"}")
                .put("/api/v1/humans/ann")
                .then()
                .statusCode(201);
        admin().body("{\"contact\":\"sip:bob@192.0.2.1\"}")
                .put("/api/v1/humans/bob")
                .then()
                .statusCode(201);
        RequestSpecification ann =
                given().header("Authorization", "Bearer " + Outside.HUMAN).contentType(ContentType.JSON);
        ann.body("{\"state\":\"available\"}")
                .put("/api/v1/humans/ann/presence")
                .then()
                .statusCode(200);
        ann.body("{\"state\":\"available\"}")
                .put("/api/v1/humans/bob/presence")
                .then()
                .statusCode(403);
    }
}
