package io.segue.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Outside.Profile.class)
class LabelsWithoutArchiveTest {
    @Test
    void saysThatThereIsNoPostgresql() {
        for (String path : new String[] {
            "/reviews/next",
            "/reviews/agreement",
            "/feedback.jsonl?format=sft",
            "/feedback.jsonl?format=calibration",
            "/calls/" + ScriptedCalls.HAS + "/labels"
        }) {
            given().header("Authorization", "Bearer " + Outside.ADMIN)
                    .get("/api/v1" + path)
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .body("detail", containsString("QUARKUS_DATASOURCE_JDBC_URL"));
        }
    }
}
