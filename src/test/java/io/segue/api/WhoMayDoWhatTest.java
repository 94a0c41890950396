package io.segue.api;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The table of docs/api.md, endpoint by endpoint and role by role. */
@QuarkusTest
@TestProfile(Outside.Profile.class)
class WhoMayDoWhatTest {
    private static final List<String> ROLES = List.of("human", "reviewer", "specialist", "supervisor", "admin");
    private static final Set<String> ALL = Set.copyOf(ROLES);
    private static final Set<String> READERS = Set.of("reviewer", "specialist", "supervisor", "admin");
    private static final Set<String> SUPERVISORS = Set.of("supervisor", "admin");
    private static final Set<String> STEERERS = Set.of("human", "supervisor", "admin");
    private static final Set<String> ADMINS = Set.of("admin");

    private record Row(String method, String path, Set<String> allowed) {}

    private static final String CALL = "/api/v1/calls/" + ScriptedCalls.HAS;

    private static final List<Row> TABLE = List.of(
            new Row("GET", "/api/v1/agents", READERS),
            new Row("GET", "/api/v1/agents/x", READERS),
            new Row("PUT", "/api/v1/agents/x", ADMINS),
            new Row("DELETE", "/api/v1/agents/x", ADMINS),
            new Row("POST", "/api/v1/agents/x/shadow", SUPERVISORS),
            new Row("GET", "/api/v1/agents/x/versions", READERS),
            new Row("GET", "/api/v1/agents/x/versions/1", READERS),
            new Row("POST", "/api/v1/agents/x/versions/1/restore", ADMINS),
            new Row("GET", "/api/v1/queues", ALL),
            new Row("GET", "/api/v1/queues/x", ALL),
            new Row("PUT", "/api/v1/queues/x", SUPERVISORS),
            new Row("DELETE", "/api/v1/queues/x", SUPERVISORS),
            new Row("GET", "/api/v1/humans", ALL),
            new Row("GET", "/api/v1/humans/x", ALL),
            new Row("PUT", "/api/v1/humans/x", SUPERVISORS),
            new Row("DELETE", "/api/v1/humans/x", SUPERVISORS),
            new Row("GET", "/api/v1/humans/x/presence", ALL),
            new Row("PUT", "/api/v1/humans/ann/presence", STEERERS),
            new Row("GET", "/api/v1/trunks", SUPERVISORS),
            new Row("GET", "/api/v1/trunks/x", SUPERVISORS),
            new Row("PUT", "/api/v1/trunks/x", ADMINS),
            new Row("DELETE", "/api/v1/trunks/x", ADMINS),
            new Row("GET", "/api/v1/contacts/x", SUPERVISORS),
            new Row("DELETE", "/api/v1/contacts/x", ADMINS),
            new Row("POST", "/api/v1/contacts/x/messages", SUPERVISORS),
            new Row("GET", "/api/v1/audit", SUPERVISORS),
            new Row("GET", "/api/v1/audit/verification", SUPERVISORS),
            new Row("GET", "/api/v1/insights", READERS),
            new Row("GET", "/api/v1/insights/calls", READERS),
            new Row("GET", "/api/v1/insights/alarms", READERS),
            new Row("GET", "/api/v1/calls", ALL),
            new Row("GET", CALL, ALL),
            new Row("GET", CALL + "/context", ALL),
            new Row("POST", CALL + "/handoff", ALL),
            new Row("POST", CALL + "/return", STEERERS),
            new Row("POST", CALL + "/hangup", STEERERS),
            new Row("GET", CALL + "/recording", READERS),
            new Row("POST", CALL + "/recording", STEERERS),
            new Row("POST", CALL + "/turns", SUPERVISORS),
            new Row("POST", "/api/v1/calls/x/outcome", Set.of("human", "supervisor", "admin")),
            new Row("GET", "/api/v1/session", ALL),
            new Row("GET", "/api/v1/signoffs", ALL),
            new Row("GET", "/api/v1/signoffs/x-s1", ALL),
            new Row("POST", "/api/v1/signoffs/x-s1", Set.of("specialist", "supervisor", "admin")),
            new Row("POST", "/api/v1/signoffs/x-s1/redeem", ALL),
            new Row("GET", "/api/v1/approvals", ALL),
            new Row("GET", "/api/v1/approvals/x-t1", ALL),
            new Row("POST", "/api/v1/approvals/x-t1", READERS),
            new Row("PUT", CALL + "/turns/t1/label", ALL),
            new Row("GET", CALL + "/labels", READERS),
            new Row("GET", "/api/v1/reviews/next", ALL),
            new Row("GET", "/api/v1/reviews/agreement", READERS),
            new Row("GET", "/api/v1/feedback.jsonl?format=sft", SUPERVISORS),
            new Row("GET", "/api/v1/agents/x/calibration", READERS),
            new Row("POST", "/api/v1/agents/x/calibration/proposals/y/accept", ADMINS),
            new Row("POST", CALL + "/supervise", SUPERVISORS),
            new Row("DELETE", CALL + "/supervise", SUPERVISORS));

    @TestFactory
    Stream<DynamicTest> letsEachRoleDoWhatTheTableSaysAndNothingElse() {
        return TABLE.stream().flatMap(row -> ROLES.stream()
                .map(role -> DynamicTest.dynamicTest(role + " " + row.method + " " + row.path, () -> {
                    int status = request(row, given().header("Authorization", "Bearer " + Outside.SECRETS.get(role)));
                    if (row.allowed.contains(role)) {
                        assertTrue(status != 401 && status != 403, "refused with " + status);
                    } else {
                        assertEquals(403, status);
                    }
                })));
    }

    @TestFactory
    Stream<DynamicTest> letsNobodyInWithoutAKey() {
        return Stream.concat(TABLE.stream(), Stream.of(new Row("GET", "/api/v1/events", Set.of())))
                .map(row -> DynamicTest.dynamicTest(row.method + " " + row.path, () -> {
                    assertEquals(401, request(row, given()));
                    assertEquals(401, request(row, given().header("Authorization", "Bearer no-such-key-here")));
                }));
    }

    @Test
    void hasARowForEveryEndpoint() {
        // The OpenAPI document is made of the endpoints themselves.
        String openApi =
                given().accept(ContentType.JSON).get("/q/openapi?format=json").asString();
        io.restassured.path.json.JsonPath document = io.restassured.path.json.JsonPath.from(openApi);
        java.util.Map<String, java.util.Map<String, Object>> paths = document.getMap("paths");
        int endpoints = 0;
        for (java.util.Map.Entry<String, java.util.Map<String, Object>> path : paths.entrySet()) {
            if (path.getKey().startsWith("/api/v1/")) {
                endpoints += path.getValue().size();
            }
        }
        // And /events, /session to sign in and out, and /registry.yaml to read and write, which have tests of their
        // own.
        assertEquals(TABLE.size() + 5, endpoints, paths::toString);
    }

    private static int request(Row row, RequestSpecification request) {
        return request.contentType(ContentType.JSON)
                .body(row.method.equals("GET") || row.method.equals("DELETE") ? "" : "{}")
                .request(row.method, row.path)
                .statusCode();
    }
}
