package io.segue.api;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.segue.archive.Database;
import io.segue.archive.PostgresTestResource;
import io.segue.store.RedisTestResource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(AuditTest.WithPostgres.class)
class AuditTest {
    /** This test alone has a PostgreSQL. */
    public static final class WithPostgres implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(
                    new TestResourceEntry(RedisTestResource.class), new TestResourceEntry(PostgresTestResource.class));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "segue.api.keys",
                    "root:admin:0123456789abcdef,eve:supervisor:fedcba9876543210,rita:reviewer:00112233445566778",
                    "segue.audit.timeout",
                    "500ms");
        }
    }

    private static final String ADMIN = "Bearer 0123456789abcdef";
    private static final String SUPERVISOR = "Bearer fedcba9876543210";

    private static final String CALL = "0123456789abcdef0123456789abcdef";

    @Inject
    Database database;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    private static void until(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 20 s");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    @Test
    void whoChangedWhatStandsInTheTrailPageByPage() {
        until(() -> database.state() == Database.State.UP);
        given().header("Authorization", ADMIN)
                .contentType("application/json")
                .body(Map.of("addresses", List.of("192.0.2.0/24"), "username", "u", "password", "not to be told"))
                .put("/api/v1/trunks/t1")
                .then()
                .statusCode(201);
        given().header("Authorization", SUPERVISOR)
                .contentType("application/json")
                .body(Map.of("name", "Billing"))
                .put("/api/v1/queues/q1")
                .then()
                .statusCode(201);
        given().header("Authorization", SUPERVISOR)
                .delete("/api/v1/queues/q1")
                .then()
                .statusCode(204);
        until(() -> given().header("Authorization", ADMIN)
                        .get("/api/v1/audit?kind=queue.removed")
                        .jsonPath()
                        .getList("items")
                        .size()
                == 1);
        given().header("Authorization", SUPERVISOR)
                .get("/api/v1/audit?kind=trunk.*")
                .then()
                .statusCode(200)
                .body("items[0].actor", equalTo("key:root"))
                .body("items[0].role", equalTo("admin"))
                .body("items[0].body.id", equalTo("t1"))
                .body("items[0].body.document.password", nullValue())
                .body("items[0].hash", notNullValue());
        String next = given().header("Authorization", ADMIN)
                .get("/api/v1/audit?kind=queue.*&limit=1")
                .then()
                .body("items.kind", equalTo(List.of("queue.changed")))
                .body("items[0].actor", equalTo("key:eve"))
                .extract()
                .path("next");
        given().header("Authorization", ADMIN)
                .queryParam("after", next)
                .get("/api/v1/audit?kind=queue.*&limit=1")
                .then()
                .body("items.kind", equalTo(List.of("queue.removed")))
                .body("next", nullValue());
        given().get("/q/health").then().body("checks.name", hasItem("archive"));
    }

    @Test
    void aKeyIsNotTakenForTheHumanOfItsName() {
        until(() -> database.state() == Database.State.UP);
        String session = signedIn("eve", "supervisor");
        for (String who : List.of(SUPERVISOR, session)) {
            as(who).body(Map.of("name", "by " + who.length())).put("/api/v1/queues/shared");
        }
        until(() -> trail("queue.changed").stream()
                .filter(entry -> "shared".equals(body(entry).get("id")))
                .map(entry -> entry.get("actor") + " " + entry.get("role"))
                .toList()
                .equals(List.of("key:eve supervisor", "eve supervisor")));
    }

    @Test
    void whatSomebodyChoseToBeStandsInTheTrailAndWhatChangesNothingDoesNot() {
        until(() -> database.state() == Database.State.UP);
        String hal = signedIn("hal", "human");
        for (String[] choice : new String[][] {
            {hal, "away"}, {hal, "available"}, {hal, "available"}, {SUPERVISOR, "away"}, {SUPERVISOR, "away"}
        }) {
            as(choice[0])
                    .body(Map.of("state", choice[1]))
                    .put("/api/v1/humans/hal/presence")
                    .then()
                    .statusCode(200)
                    .body("state", equalTo(choice[1]));
        }
        as(ADMIN).body("{}").put("/api/v1/queues/last").then().statusCode(201);
        until(() -> trail("queue.changed").stream()
                .anyMatch(entry -> "last".equals(body(entry).get("id"))));
        assertEquals(
                List.of("hal human: away to available", "key:eve supervisor: available to away"),
                trail("presence.changed").stream()
                        .map(entry -> entry.get("actor") + " " + entry.get("role") + ": "
                                + body(entry).get("from") + " to " + body(entry).get("to"))
                        .toList());
    }

    private static String signedIn(String human, String role) {
        as(ADMIN)
                .body(Map.of("password", "open sesame", "role", role))
                .put("/api/v1/humans/" + human)
                .then()
                .statusCode(201);
        return "Bearer "
                + given().contentType("application/json")
                        .body(Map.of("human", human, "password", "open sesame"))
                        .post("/api/v1/session")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("token");
    }

    private static RequestSpecification as(String who) {
        return given().header("Authorization", who).contentType("application/json");
    }

    private static List<Map<String, Object>> trail(String kind) {
        return given().header("Authorization", ADMIN)
                .get("/api/v1/audit?limit=1000&kind=" + kind)
                .jsonPath()
                .getList("items");
    }

    private static Map<?, ?> body(Map<String, Object> entry) {
        return (Map<?, ?>) entry.get("body");
    }

    @Test
    void whatAnAgentMayDoChangesOnceItIsInTheTrailAndNotWithoutIt() throws Exception {
        until(() -> database.state() == Database.State.UP);
        agent("held").then().statusCode(201);
        until(() -> ofAgent("held").equals(List.of("agent.change_ordered", "agent.changed")));
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table audit in exclusive mode");
            for (Response refused : List.of(
                    agent("new"),
                    as(ADMIN).delete("/api/v1/agents/held"),
                    as(ADMIN).post("/api/v1/agents/held/versions/1/restore"),
                    given().header("Authorization", ADMIN)
                            .contentType("application/yaml")
                            .body("agents: {new: {owner: o, url: 'ws://127.0.0.1:1/'}}".getBytes(UTF_8))
                            .put("/api/v1/registry.yaml"))) {
                refused.then()
                        .statusCode(503)
                        .contentType("application/problem+json")
                        .body("detail", startsWith("nothing was changed"));
            }
            as(ADMIN).get("/api/v1/agents/new").then().statusCode(404);
            as(ADMIN).get("/api/v1/agents/held").then().statusCode(200).body("version", equalTo(1));
            as(ADMIN).body("{}").put("/api/v1/queues/meanwhile").then().statusCode(201);
            as(SUPERVISOR).post("/api/v1/calls/" + CALL + "/hangup").then().statusCode(404);
            connection.rollback();
        }
        until(() -> trail("queue.changed").stream()
                .anyMatch(entry -> "meanwhile".equals(body(entry).get("id"))));
        assertEquals(
                List.of("call.hungup", "order.refused"),
                given().header("Authorization", ADMIN)
                        .get("/api/v1/audit?call=" + CALL)
                        .jsonPath()
                        .getList("items.kind"));
        as(ADMIN).delete("/api/v1/agents/held").then().statusCode(204);
        until(() -> ofAgent("held").getLast().equals("agent.removed"));
    }

    private static Response agent(String id) {
        return as(ADMIN).body(Map.of("owner", "o", "url", "ws://127.0.0.1:1/")).put("/api/v1/agents/" + id);
    }

    private static List<Object> ofAgent(String id) {
        return trail("agent.*").stream()
                .filter(entry -> id.equals(body(entry).get("id")))
                .map(entry -> entry.get("kind"))
                .toList();
    }

    @Test
    void aReviewerDoesNotReadIt() {
        given().header("Authorization", "Bearer 00112233445566778")
                .get("/api/v1/audit")
                .then()
                .statusCode(403);
    }

    @Test
    void namesEachParameterThatIsWrong() {
        for (String wrong : List.of(
                "call=x",
                "from=yesterday",
                "to=-1",
                "after=nowhere",
                "limit=0",
                "limit=1001",
                "kind=" + "k".repeat(129))) {
            given().header("Authorization", ADMIN)
                    .get("/api/v1/audit?" + wrong)
                    .then()
                    .statusCode(400)
                    .body("errors[0].field", equalTo(wrong.substring(0, wrong.indexOf('='))));
        }
        given().header("Authorization", ADMIN)
                .get("/api/v1/audit?call=%0d%0a%3Cscript%3E")
                .then()
                .statusCode(400)
                .body("detail", containsString("32 hex digits"));
    }
}
