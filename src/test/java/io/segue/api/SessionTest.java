package io.segue.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.segue.flow.record.EndedSessions;
import io.segue.flow.record.StoreAway;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(SessionTest.Profile.class)
class SessionTest {
    private static final int PER_HUMAN_MAX = 3;

    /** Sign-ins of these tests come from one address. */
    public static final class Profile extends Outside.Base {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> all = new java.util.HashMap<>(super.getConfigOverrides());
            all.put("segue.session.failures-per-human-max", "" + PER_HUMAN_MAX);
            all.put("segue.session.failures-per-address-max", "1000");
            return all;
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return and(MemorySessions.class);
        }
    }

    @Alternative
    @Singleton
    static class MemorySessions implements EndedSessions {
        final Map<String, Long> ended = new ConcurrentHashMap<>();
        volatile boolean away;

        @Override
        public CompletionStage<Void> end(String session, long forMs) {
            if (!away) {
                ended.put(session, forMs);
            }
            return away
                    ? CompletableFuture.failedFuture(new StoreAway("Redis is away"))
                    : CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Boolean> has(String session) {
            return away
                    ? CompletableFuture.failedFuture(new StoreAway("Redis is away"))
                    : CompletableFuture.supplyAsync(() -> ended.containsKey(session));
        }
    }

    @Inject
    MemorySessions sessions;

    @AfterEach
    void deleteEverybody() {
        sessions.away = false;
        List<String> ids = admin().get("/api/v1/humans").then().extract().path("items.id");
        ids.forEach(id -> admin().delete("/api/v1/humans/" + id));
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + Outside.ADMIN).contentType(ContentType.JSON);
    }

    private static void human(String id, String role, String password) {
        admin().body("{\"password\":\"" + password + "\",\"role\":\"" + role + "\"}")
                .put("/api/v1/humans/" + id)
                .then();
    }

    private static Response signIn(String human, String password) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("human", human, "password", password))
                .post("/api/v1/session");
    }

    private static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON);
    }

    @Test
    void givesATokenWithTheRoleOfTheHuman() {
        human("sue", "supervisor", "open sesame");
        human("hal", "human", "open sesame");
        long now = System.currentTimeMillis();
        String token = signIn("sue", "open sesame")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("role", equalTo("supervisor"))
                .body("human", equalTo("sue"))
                .body("expiresAt", greaterThan(now + 43_100_000L))
                .extract()
                .path("token");
        as(token).get("/api/v1/trunks").then().statusCode(200);
        as(token).body("{}").put("/api/v1/agents/x").then().statusCode(403);
        String hal = signIn("hal", "open sesame").then().extract().path("token");
        as(hal).get("/api/v1/trunks").then().statusCode(403);
        as(hal).body("{\"state\":\"available\"}")
                .put("/api/v1/humans/hal/presence")
                .then()
                .statusCode(200);
        as(hal).body("{\"state\":\"available\"}")
                .put("/api/v1/humans/sue/presence")
                .then()
                .statusCode(403);
    }

    @Test
    void tellsWhoIsAsking() {
        human("sue", "supervisor", "open sesame");
        String token = signIn("sue", "open sesame").then().extract().path("token");
        as(token)
                .get("/api/v1/session")
                .then()
                .statusCode(200)
                .body("name", equalTo("sue"))
                .body("role", equalTo("supervisor"))
                .body("human", equalTo("sue"));
        admin().get("/api/v1/session")
                .then()
                .statusCode(200)
                .body("role", equalTo("admin"))
                .body("human", nullValue());
        as("nobody's").get("/api/v1/session").then().statusCode(401);
    }

    @Test
    void aHumansRoleIsHumanUnlessSomebodySaysOtherwiseAndNeverAdmin() {
        admin().body("{\"password\":\"open sesame\"}")
                .put("/api/v1/humans/hal")
                .then()
                .statusCode(201)
                .body("role", equalTo("human"));
        admin().body("{\"password\":\"open sesame\",\"role\":\"admin\"}")
                .put("/api/v1/humans/hal")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("role"));
    }

    @Test
    void aTokenEndsWithThePasswordTheRoleOrTheHuman() {
        human("sue", "supervisor", "first password");
        String first = signIn("sue", "first password").then().extract().path("token");
        human("sue", "supervisor", "second password");
        as(first).get("/api/v1/trunks").then().statusCode(401);
        String second = signIn("sue", "second password").then().extract().path("token");
        human("sue", "reviewer", "second password");
        as(second).get("/api/v1/agents").then().statusCode(401);
        String third = signIn("sue", "second password").then().extract().path("token");
        as(third).get("/api/v1/agents").then().statusCode(200);
        admin().delete("/api/v1/humans/sue").then().statusCode(204);
        as(third).get("/api/v1/agents").then().statusCode(401);
    }

    @Test
    void whoSignsOutEndsThatSessionAndNoOther() {
        human("sue", "supervisor", "open sesame");
        String here = signIn("sue", "open sesame").then().extract().path("token");
        String there = signIn("sue", "open sesame").then().extract().path("token");
        as(here).delete("/api/v1/session").then().statusCode(204);
        assertTrue(sessions.ended.values().stream().allMatch(ms -> ms > 43_100_000 && ms <= 43_200_000));
        as(here).get("/api/v1/trunks")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:segue:problem:unauthorized"));
        as(here).delete("/api/v1/session").then().statusCode(401);
        as(there).get("/api/v1/trunks").then().statusCode(200);
        admin().delete("/api/v1/session").then().statusCode(409).body("type", equalTo("urn:segue:problem:conflict"));
    }

    @Test
    void whileTheStoreIsAwayNobodySignsOutAndWhoIsSignedInGoesOn() {
        human("sue", "supervisor", "open sesame");
        String token = signIn("sue", "open sesame").then().extract().path("token");
        sessions.away = true;
        as(token).delete("/api/v1/session").then().statusCode(503);
        as(token).get("/api/v1/trunks").then().statusCode(200);
        sessions.away = false;
        as(token).get("/api/v1/trunks").then().statusCode(200);
    }

    @Test
    void anAdminAloneMakesSupervisorsAndSetsTheirPasswords() {
        human("sue", "supervisor", "open sesame");
        human("hal", "human", "open sesame");
        String token = signIn("sue", "open sesame").then().extract().path("token");
        for (String key : List.of(token, Outside.SUPERVISOR)) {
            refuses(as(key).body("{\"password\":\"mine now\",\"role\":\"supervisor\"}")
                    .put("/api/v1/humans/sue"));
            refuses(as(key).body("{\"role\":\"specialist\"}").put("/api/v1/humans/sue"));
            refuses(as(key).body("{\"password\":\"mine now\"}").put("/api/v1/humans/sue"));
            refuses(as(key).body("{\"role\":\"supervisor\"}").put("/api/v1/humans/hal"));
            refuses(as(key).body("{\"password\":\"p\",\"role\":\"supervisor\"}").put("/api/v1/humans/new"));
            refuses(as(key).delete("/api/v1/humans/sue"));
        }
        signIn("sue", "open sesame").then().statusCode(200);
        as(token)
                .body("{\"role\":\"supervisor\",\"skills\":[\"en\"]}")
                .put("/api/v1/humans/sue")
                .then()
                .statusCode(200);
        as(token)
                .body("{\"password\":\"anew\",\"role\":\"specialist\"}")
                .put("/api/v1/humans/hal")
                .then()
                .statusCode(200);
        as(token).delete("/api/v1/humans/hal").then().statusCode(204);
        as(token).delete("/api/v1/humans/hal").then().statusCode(404);
        human("sue", "supervisor", "another");
        signIn("sue", "another").then().statusCode(200);
    }

    @Test
    void whatASupervisorChangesIsWhatWasLookedAt() {
        human("hal", "human", "open sesame");
        RequestSpecification sue = as(Outside.SUPERVISOR).body("{\"name\":\"Hal\"}");
        sue.header("If-Match", "\"1000\"").put("/api/v1/humans/hal").then().statusCode(412);
        as(Outside.SUPERVISOR)
                .body("{\"password\":\"p\"}")
                .header("If-Match", "*")
                .put("/api/v1/humans/new")
                .then()
                .statusCode(412);
        as(Outside.SUPERVISOR)
                .body("{\"name\":\"Hal\"}")
                .header("If-None-Match", "*")
                .put("/api/v1/humans/hal")
                .then()
                .statusCode(412);
        as(Outside.SUPERVISOR)
                .body("{\"name\":\"Hal\"}")
                .header("If-Match", "*")
                .put("/api/v1/humans/hal")
                .then()
                .statusCode(200);
    }

    private static void refuses(Response response) {
        response.then().statusCode(403).body("detail", startsWith("an admin alone "));
    }

    @Test
    void nobodyAndAWrongPasswordLookAlike() {
        human("ann", "human", "open sesame");
        admin().body("{\"contact\":\"sip:fix@192.0.2.1\"}")
                .put("/api/v1/humans/fix")
                .then()
                .statusCode(201);
        String wrong =
                signIn("ann", "close sesame").then().statusCode(401).extract().asString();
        for (String human : List.of("nobody", "fix", "a b", "<script>", "ann' or 1=1")) {
            assertEquals(
                    wrong,
                    signIn(human, "open sesame")
                            .then()
                            .statusCode(401)
                            .extract()
                            .asString(),
                    human);
        }
    }

    @Test
    void letsAsManyFailAsTheLimitAndThenNotEvenTheRightOne() {
        human("lim", "human", "open sesame");
        for (int i = 0; i < PER_HUMAN_MAX; i++) {
            signIn("lim", "wrong " + i).then().statusCode(401);
            if (i < PER_HUMAN_MAX - 1) {
                signIn("lim", "open sesame").then().statusCode(200);
            }
        }
        signIn("lim", "open sesame")
                .then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", notNullValue());
        human("other", "human", "open sesame");
        signIn("other", "open sesame").then().statusCode(200);
    }

    @Test
    void namesTheFieldThatIsWrong() {
        for (String body : List.of(
                "{}",
                "{\"human\":\"a\"}",
                "{\"password\":\"p\"}",
                "{\"human\":1,\"password\":2}",
                "{\"human\":\"a\\r\\nb\",\"password\":\"p\"}",
                "{\"human\":\"a\",\"password\":\"p\",\"role\":\"admin\"}")) {
            given().contentType(ContentType.JSON)
                    .body(body)
                    .post("/api/v1/session")
                    .then()
                    .statusCode(400)
                    .body("errors[0].field", notNullValue());
        }
        signIn("a", "p".repeat(512)).then().statusCode(401);
        signIn("a", "p".repeat(513)).then().statusCode(400);
    }
}
