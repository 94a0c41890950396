package io.segue.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.segue.flow.oversight.Tokens;
import io.segue.signing.TokenCheck;
import io.segue.signoff.Claims;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The forms and the refusals; what is decided is tested where there are calls. */
@QuarkusTest
@TestProfile(Outside.Profile.class)
class SignoffsTest {
    private static final String SIGNOFF = "/api/v1/signoffs/" + "a".repeat(32) + "-s1";
    private static final String APPROVAL = "/api/v1/approvals/" + "a".repeat(32) + "-t1";

    @Inject
    Tokens tokens;

    @Test
    void saysWhatIsWrongWithADecision() {
        post(SIGNOFF, "{}").statusCode(400).body("errors.field", contains("decision"));
        post(SIGNOFF, "{\"decision\":\"maybe\"}")
                .statusCode(400)
                .body("errors[0].message", containsString("approved, edited, rejected"));
        post(SIGNOFF, "{\"decision\":\"edited\"}").statusCode(400).body("errors.field", contains("payload"));
        post(SIGNOFF, "{\"decision\":\"approved\",\"payload\":{}}")
                .statusCode(400)
                .body("errors.field", contains("payload"));
        post(SIGNOFF, "{\"decision\":\"edited\",\"amount\":-1}")
                .statusCode(400)
                .body("errors.field", contains("amount", "payload"));
        post(SIGNOFF, "{\"decision\":\"edited\",\"amount\":1,\"currency\":\"usd\"}")
                .statusCode(400)
                .body("errors.field", contains("currency"));
        post(SIGNOFF, "{\"decision\":\"approved\",\"by\":\"somebody else\"}")
                .statusCode(400)
                .body("errors.field", contains("by"));
        post(SIGNOFF, "{\"decision\":\"edited\",\"payload\":{\"n\":1e400}}")
                .statusCode(400)
                .body("errors.field", contains("payload"));
        post(APPROVAL, "{\"decision\":\"edited\"}").statusCode(400).body("errors.field", contains("text"));
        post(APPROVAL, "{\"decision\":\"rejected\",\"text\":\"x\"}")
                .statusCode(400)
                .body("errors.field", contains("text"));
        post(APPROVAL, "[]").statusCode(400).body("type", equalTo("urn:segue:problem:malformed"));
    }

    @Test
    void saysWhichStatesThereAre() {
        get("/api/v1/signoffs?state=open").statusCode(400).body("detail", containsString("pending, approved"));
        get("/api/v1/signoffs").statusCode(200).body("items", empty());
        get("/api/v1/approvals?state=pending").statusCode(200).body("items", empty());
    }

    @Test
    void saysThatThereIsNoPostgresqlWhereOneIsNeeded() {
        get("/api/v1/signoffs?state=approved").statusCode(503).body("detail", containsString("PostgreSQL"));
        redeem(token(Claims.SECONDS_MAX)).statusCode(503).body("detail", containsString("PostgreSQL"));
    }

    @Test
    void refusesATokenThatIsNotGood() {
        redeem("nonsense").statusCode(400).body("type", equalTo("urn:segue:problem:token-malformed"));
        String good = token(60);
        redeem(good.substring(0, good.lastIndexOf('.')) + "." + "A".repeat(86))
                .statusCode(403)
                .body("type", equalTo("urn:segue:problem:token-forged"));
        redeem(token(-1)).statusCode(410).body("type", equalTo("urn:segue:problem:token-expired"));
        post("/api/v1/signoffs/" + "b".repeat(32) + "-s1/redeem", "{\"token\":\"" + good + "\"}")
                .statusCode(409)
                .body("type", equalTo("urn:segue:problem:token-mismatch"))
                .body("detail", not(containsString("a".repeat(32))));
        post(SIGNOFF + "/redeem", "{\"token\":\"" + good + "\",\"amount\":420.01}")
                .statusCode(409);
        post(SIGNOFF + "/redeem", "{}").statusCode(400).body("errors.field", contains("token"));
    }

    @Test
    void showsItsPublicKeysToAnybody() throws Exception {
        Map<String, Object> keys = given().get("/.well-known/jwks.json")
                .then()
                .statusCode(200)
                .header("Cache-Control", "public, max-age=300")
                .contentType(ContentType.JSON)
                .extract()
                .jsonPath()
                .getMap("$");
        assertTrue(TokenCheck.verifies(token(60), keys));
    }

    private String token(int seconds) {
        long now = System.currentTimeMillis() / 1000;
        return tokens.issue(new Claims(
                "a".repeat(32) + "-s1",
                "sam",
                "specialist",
                "a".repeat(32),
                "a9",
                "payment.authorize",
                "00",
                new BigDecimal("420"),
                "USD",
                now,
                now + seconds));
    }

    private static ValidatableResponse redeem(String token) {
        return post(SIGNOFF + "/redeem", "{\"token\":\"" + token + "\"}");
    }

    private static ValidatableResponse post(String path, String body) {
        return given().header("Authorization", "Bearer " + Outside.SUPERVISOR)
                .contentType(ContentType.JSON)
                .body(body)
                .post(path)
                .then();
    }

    private static ValidatableResponse get(String path) {
        return given().header("Authorization", "Bearer " + Outside.SUPERVISOR)
                .get(path)
                .then();
    }
}
