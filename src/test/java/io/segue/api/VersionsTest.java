package io.segue.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.segue.registry.Directory;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who changed what, when, and the way back. Each test has an agent of its own, since versions are for good. */
@QuarkusTest
@TestProfile(Outside.Profile.class)
class VersionsTest {
    @Inject
    MemoryDocuments documents;

    @Inject
    MemoryVersions versions;

    @Inject
    ScriptedCalls calls;

    @Inject
    Directory directory;

    @AfterEach
    void deleteEverything() {
        versions.away = false;
        calls.lastCalls.clear();
        for (String kind : List.of("agents", "queues", "humans", "trunks")) {
            List<String> ids = admin().get("/api/v1/" + kind).then().extract().path("items.id");
            ids.forEach(id -> admin().delete("/api/v1/" + kind + "/" + id));
        }
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + Outside.ADMIN).contentType(ContentType.JSON);
    }

    private static String agent(String more) {
        return "{\"owner\":\"team\",\"url\":\"wss://bot.example/\"" + (more.isEmpty() ? "" : "," + more) + "}";
    }

    @Test
    void saysWhoChangedWhatAndWhy() {
        String path = "/api/v1/agents/told";
        admin().header("X-Segue-Note", "first").body(agent("")).put(path).then().statusCode(201);
        admin().queryParam("note", "mehr Geduld: 0,7 ✓")
                .body(agent("\"policy\":{\"threshold\":0.7}"))
                .put(path)
                .then()
                .statusCode(200)
                .body("version", equalTo(2))
                .header("ETag", "\"2\"");
        admin().get(path + "/versions")
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items[0].version", equalTo(2))
                .body("items[0].by", equalTo("key:ada"))
                .body("items[0].role", equalTo("admin"))
                .body("items[0].note", equalTo("mehr Geduld: 0,7 ✓"))
                .body("items[0].changes", hasSize(1))
                .body("items[0].changes[0].field", equalTo("policy.threshold"))
                .body("items[0].changes[0].before", equalTo(0.85f))
                .body("items[0].changes[0].after", equalTo(0.7f))
                .body("items[1].note", equalTo("first"));
        admin().get(path + "/versions?limit=1").then().body("items", hasSize(1));
        admin().get(path + "/versions?before=2").then().body("items.version", equalTo(List.of(1)));
        admin().get(path + "/versions/1").then().statusCode(200).body("document.policy.threshold", equalTo(0.85f));
        admin().get(path + "/versions/3").then().statusCode(404);
        admin().get("/api/v1/agents/nobody/versions").then().statusCode(404);
    }

    @Test
    void rollsBackToAnyVersionAndKeepsTheSecretOfNow() {
        String path = "/api/v1/agents/rolled";
        admin().body(agent("\"name\":\"One\",\"auth\":{\"type\":\"bearer\",\"secret\":\"old-secret\"}"))
                .put(path)
                .then()
                .statusCode(201);
        admin().body(agent("\"name\":\"Two\",\"auth\":{\"type\":\"bearer\",\"secret\":\"new-secret\"}"))
                .put(path)
                .then()
                .statusCode(200);
        admin().post(path + "/versions/1/restore")
                .then()
                .statusCode(200)
                .body("name", equalTo("One"))
                .body("version", equalTo(3));
        assertEquals(
                "new-secret", directory.agent("rolled").orElseThrow().auth().secret());
        assertEquals(3, directory.agent("rolled").orElseThrow().version());
        admin().get(path + "/versions")
                .then()
                .body("items[0].note", equalTo("restored from version 1"))
                .body("items[1].secretChanged", equalTo(true))
                .body("items[0].secretChanged", nullValue())
                .body(not(containsString("-secret")));
        admin().get(path + "/versions/1").then().body(not(containsString("-secret")));
    }

    @Test
    void bringsADeletedAgentBack() {
        String path = "/api/v1/agents/gone";
        admin().body(agent("")).put(path).then().statusCode(201);
        admin().delete(path).then().statusCode(204);
        admin().get(path + "/versions").then().body("items[0].deleted", equalTo(true));
        admin().post(path + "/versions/2/restore").then().statusCode(409);
        admin().post(path + "/versions/1/restore").then().statusCode(201).body("version", equalTo(3));
    }

    @Test
    void refusesAVersionThatIsNotTakenAnyMore() {
        admin().body(agent("\"numbers\":[\"+15550101\"]"))
                .put("/api/v1/agents/first")
                .then()
                .statusCode(201);
        admin().body(agent("")).put("/api/v1/agents/first").then().statusCode(200);
        admin().body(agent("\"numbers\":[\"+15550101\"]"))
                .put("/api/v1/agents/second")
                .then()
                .statusCode(201);
        admin().post("/api/v1/agents/first/versions/1/restore")
                .then()
                .statusCode(409)
                .body("detail", equalTo("numbers: +15550101 is agent second's"));
        admin().body(agent("\"auth\":{\"type\":\"bearer\",\"secret\":\"some-secret\"}"))
                .put("/api/v1/agents/kept")
                .then()
                .statusCode(201);
        admin().delete("/api/v1/agents/kept").then().statusCode(204);
        admin().post("/api/v1/agents/kept/versions/1/restore")
                .then()
                .statusCode(409)
                .body("errors[0].field", equalTo("auth.secret"));
        admin().get("/api/v1/agents/kept").then().statusCode(404);
    }

    @Test
    void ofTwoOperatorsAtOnceOneWinsAndTheOtherIsTold() {
        String path = "/api/v1/agents/contended";
        admin().body(agent("")).put(path).then().statusCode(201).header("ETag", "\"1\"");
        admin().get(path).then().header("ETag", "\"1\"");
        admin().header("If-Match", "\"1\"")
                .body(agent("\"name\":\"A\""))
                .put(path)
                .then()
                .statusCode(200);
        admin().header("If-Match", "\"1\"")
                .body(agent("\"name\":\"B\""))
                .put(path)
                .then()
                .statusCode(412)
                .contentType("application/problem+json");
        admin().header("If-Match", "\"1\"").delete(path).then().statusCode(412);
        admin().header("If-None-Match", "*").body(agent("")).put(path).then().statusCode(412);
        admin().get(path).then().body("name", equalTo("A"));
        admin().header("If-Match", "*")
                .body(agent(""))
                .put("/api/v1/agents/none")
                .then()
                .statusCode(412);
        for (String wrong : List.of("1", "\"x\"", "W/\"1\"", "\"1\", \"2\"", "\"\"")) {
            admin().header("If-Match", wrong).body(agent("")).put(path).then().statusCode(400);
        }
    }

    @Test
    void makesNoVersionOfWhatChangesNothing() {
        String path = "/api/v1/agents/same";
        admin().body(agent("")).put(path).then().statusCode(201);
        admin().body(agent("")).put(path).then().statusCode(200).body("version", equalTo(1));
        admin().get(path + "/versions").then().body("items", hasSize(1));
    }

    @Test
    void losesNoVersionWhileTheArchiveIsAway() {
        String path = "/api/v1/agents/waiting";
        versions.away = true;
        admin().body(agent("")).put(path).then().statusCode(201);
        admin().body(agent("\"name\":\"B\"")).put(path).then().statusCode(200);
        admin().get(path + "/versions").then().statusCode(503).body(not(containsString("secret-host")));
        versions.away = false;
        admin().get(path + "/versions").then().statusCode(200).body("items", hasSize(2));
        assertEquals(List.of(), List.copyOf(documents.memos));
    }

    @Test
    void takesANoteOfTheGreatestLengthAndNotOneCharacterMore() {
        String path = "/api/v1/agents/noted";
        admin().header("X-Segue-Note", "n".repeat(500))
                .body(agent(""))
                .put(path)
                .then()
                .statusCode(201);
        admin().header("X-Segue-Note", "n".repeat(501))
                .body(agent(""))
                .put(path)
                .then()
                .statusCode(400);
        admin().queryParam("note", "a\r\nb").body(agent("")).put(path).then().statusCode(400);
    }

    @Test
    void showsAnOwnerWithAScriptAsTextAndRefusesOneWithALineBreak() {
        String path = "/api/v1/agents/owned";
        admin().body("{\"owner\":\"<script>alert(1)</script>\",\"url\":\"wss://bot.example/\"}")
                .put(path)
                .then()
                .statusCode(201)
                .contentType(ContentType.JSON)
                .header("X-Content-Type-Options", "nosniff")
                .body("owner", equalTo("<script>alert(1)</script>"));
        admin().body("{\"owner\":\"a\\r\\nX-Evil: 1\",\"url\":\"wss://bot.example/\"}")
                .put(path)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("owner"));
    }

    @Test
    void listsTheAgentsThatNobodyCallsOrAnswersFor() {
        // The documents of these tests were changed in 2023.
        admin().body(agent("")).put("/api/v1/agents/idle").then().statusCode(201);
        admin().body(agent("")).put("/api/v1/agents/busy").then().statusCode(201);
        admin().body("{\"owner\":\"human:nobody\",\"url\":\"wss://bot.example/\"}")
                .put("/api/v1/agents/orphan")
                .then()
                .statusCode(201);
        long now = System.currentTimeMillis();
        calls.lastCalls.putAll(java.util.Map.of("busy", now, "orphan", now));
        admin().get("/api/v1/agents?stale=30")
                .then()
                .statusCode(200)
                .body("items.id", equalTo(List.of("idle", "orphan")))
                .body("items[0].stale", equalTo(List.of("no-call")))
                .body("items[0].lastCallAt", nullValue())
                .body("items[1].stale", equalTo(List.of("owner-gone")))
                .body("items[1].lastCallAt", equalTo(now));
        admin().get("/api/v1/agents").then().body("items", hasSize(3));
        admin().get("/api/v1/agents?stale=3650").then().statusCode(200);
        for (String wrong : List.of("3651", "-1", "x", "1.5")) {
            admin().get("/api/v1/agents?stale=" + wrong).then().statusCode(400);
        }
    }
}
