package io.segue.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Every error is application/problem+json, says its status, and shows nothing of the inside. */
@QuarkusTest
@TestProfile(Outside.Profile.class)
class ProblemsTest {
    @TestHTTPResource("/")
    URI root;

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + Outside.ADMIN);
    }

    private static ValidatableResponse problem(ValidatableResponse response, int status) {
        return response.statusCode(status)
                .contentType("application/problem+json")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .body("status", equalTo(status))
                .body("title", not(equalTo(null)))
                .body("detail", not(equalTo(null)))
                .body(not(containsString("Exception")))
                .body(not(containsString("\tat ")));
    }

    @Test
    void answers400ToWhatIsNoJson() {
        for (String body :
                new String[] {"{", "[]", "\"text\"", "{\"a\":1,\"a\":2}", "{} {}", "{\"a\":NaN}", "\u0000"}) {
            problem(
                    admin().contentType(ContentType.JSON)
                            .body(body)
                            .put("/api/v1/queues/q")
                            .then(),
                    400);
        }
        problem(
                        admin().contentType(ContentType.JSON)
                                .body("{\n \"a\": x}")
                                .put("/api/v1/queues/q")
                                .then(),
                        400)
                .body("detail", containsString("line 2"));
    }

    @Test
    void takesJsonAsDeepAsTheLimitAndNotOneDeeper() {
        String turn = "{\"speaker\":\"human\",\"text\":\"hi\",\"entities\":{\"a\":%s}}";
        String path = "/api/v1/calls/" + ScriptedCalls.OTHER + "/turns";
        String atLimit = turn.formatted("[".repeat(30) + "]".repeat(30));
        String past = turn.formatted("[".repeat(31) + "]".repeat(31));
        admin().contentType(ContentType.JSON).body(atLimit).post(path).then().statusCode(202);
        problem(admin().contentType(ContentType.JSON).body(past).post(path).then(), 400);
    }

    @Test
    void answers401WithAChallengeWithoutAKeyOrWithAWrongOne() {
        problem(given().get("/api/v1/agents").then(), 401).header("WWW-Authenticate", "Bearer");
        for (String header :
                new String[] {"Bearer wrong", "Bearer ", "Basic YTpi", "Bearer " + Outside.ADMIN + "x", "x"}) {
            problem(
                            given().header("Authorization", header)
                                    .get("/api/v1/agents")
                                    .then(),
                            401)
                    .header("WWW-Authenticate", "Bearer");
        }
    }

    @Test
    void answers404ToAPathThatIsNone() {
        problem(admin().get("/api/v1/nothing").then(), 404);
        problem(given().get("/api/v1/nothing").then(), 404);
        problem(admin().get("/api/v1/calls/x").then(), 404);
        problem(admin().get("/api/v1/calls/" + "0".repeat(32)).then(), 404);
        problem(admin().get("/api").then(), 404);
    }

    @Test
    void hasNoDemoOutsideDev() {
        problem(admin().post("/api/v1/demo/calls").then(), 404);
    }

    @Test
    void answers405WithWhatIsAllowed() {
        problem(admin().delete("/api/v1/agents").then(), 405);
        problem(
                admin().contentType(ContentType.JSON)
                        .body("{}")
                        .post("/api/v1/agents/a")
                        .then(),
                405);
    }

    @Test
    void answers406AndOnlyToThoseWhoWantNoJson() {
        problem(admin().accept("image/png").get("/api/v1/agents").then(), 406);
    }

    @Test
    void takesABodyAsLargeAsTheLimitAndAnswers413ToOneByteMore() {
        String path = "/api/v1/queues/large";
        String open = "{\"name\":\"large\"";
        String atLimit = open + " ".repeat(262_144 - open.length() - 1) + "}";
        admin().contentType(ContentType.JSON).body(atLimit).put(path).then().statusCode(201);
        problem(
                admin().contentType(ContentType.JSON)
                        .body(atLimit + " ")
                        .put(path)
                        .then(),
                413);
        problem(
                admin().contentType(ContentType.JSON)
                        .body(" ".repeat(2_000_000))
                        .put(path)
                        .then(),
                413);
        admin().delete(path).then().statusCode(204);
    }

    @Test
    void measuresABodyThatDoesNotSayHowLargeItIs() throws Exception {
        try (Socket socket = new Socket(root.getHost(), root.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("PUT /api/v1/queues/q HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Outside.ADMIN
                                    + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("8000\r\n" + " ".repeat(0x8000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            try {
                for (int i = 0; i < 9; i++) {
                    socket.getOutputStream().write(chunk);
                }
                socket.getOutputStream().write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (java.io.IOException e) {
                // Closed on us while we were writing, which is an answer too; what it said before is read below.
            }
            String answer = read(socket.getInputStream());
            assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
            assertTrue(answer.contains("application/problem+json"), answer);
        }
    }

    @Test
    void answers415ToABodyThatSaysItIsSomethingElse() {
        problem(
                admin().contentType("text/plain")
                        .body("{}")
                        .put("/api/v1/queues/q")
                        .then(),
                415);
        problem(
                admin().contentType("application/x-www-form-urlencoded")
                        .body("a=b")
                        .post("/api/v1/calls/" + ScriptedCalls.OTHER + "/hangup")
                        .then(),
                415);
    }

    @Test
    void saysOfABugNoMoreThanThatItIsOne() {
        String said = problem(
                        admin().get("/api/v1/calls/" + ScriptedCalls.BROKEN).then(), 500)
                .extract()
                .asString();
        assertFalse(said.contains("com.example"));
        assertEquals(-1, said.indexOf("internals"));
    }

    @Test
    void writesTextFromCallersAsText() {
        String context = admin().get("/api/v1/calls/" + ScriptedCalls.OTHER + "/context")
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .header("X-Content-Type-Options", "nosniff")
                .body("summary", equalTo("<script>alert(1)</script>\r\n\"quoted\""))
                .extract()
                .asString();
        assertTrue(context.contains("\\r\\n\\\"quoted\\\""));
        assertTrue(context.contains("\\u0000"));
    }

    private static String read(InputStream in) throws java.io.IOException {
        byte[] buffer = new byte[8192];
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int n = in.read(buffer);
            if (n < 0) {
                break;
            }
            text.append(new String(buffer, 0, n, StandardCharsets.US_ASCII));
        }
        return text.toString();
    }
}
