package io.segue.demo;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The demo's endpoint in the dev profile, whose calls go through this JVM's own gateway over its sockets. */
@QuarkusTest
@TestProfile(DemoResourceTest.Dev.class)
@Timeout(120)
class DemoResourceTest {
    private static final String DEMO = "/api/v1/demo/calls";

    /** The dev profile on free ports. */
    public static final class Dev implements QuarkusTestProfile {
        @Override
        public String getConfigProfile() {
            return "dev";
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("segue.sip.port", "" + freePort(), "segue.media.ports", "18000-18999");
        }

        private static int freePort() {
            try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Response order(String body) {
        // As curl -d sends it.
        return given().contentType("application/x-www-form-urlencoded")
                .body(body)
                .post(DEMO);
    }

    @Test
    void takesAsManyCallsAsTheLimitAndOneDemoAtATime() throws Exception {
        CompletableFuture<Response> demo = CompletableFuture.supplyAsync(() -> order("{\"ringMs\":2000,\"calls\":20}"));
        while (given().get("/api/v1/calls").jsonPath().getList("items").isEmpty()) {
            assertFalse(demo.isDone(), "over before a call was seen");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        // An order that could be carried out is told to wait; one that could not be, why.
        order("{\"ringMs\":25000,\"calls\":20}")
                .then()
                .statusCode(409)
                .body("detail", containsString("a demo is running"));
        order("{\"ringMs\":25000,\"calls\":21}").then().statusCode(400);
        demo.get(60, TimeUnit.SECONDS)
                .then()
                .statusCode(200)
                .body("seamless", equalTo(true))
                .body("calls", hasSize(20))
                .body("calls.heard.caller.findAll { it.who.contains('human') }", hasSize(20));
    }

    @Test
    void refusesWhatItCannotCarryOutAndSaysWhy() {
        refuses("{\"ringMs\":-1}", "ringMs: has to be 0 to 25000, not -1");
        refuses("{\"ringMs\":25001}", "ringMs: has to be 0 to 25000, not 25001");
        refuses("{\"calls\":0}", "calls: has to be 1 to 20, not 0");
        refuses("{\"calls\":21}", "calls: has to be 1 to 20, not 21");
        for (String value : new String[] {"1.5", "\"1\"", "null", "true", "4294967297", "[1]"}) {
            refuses("{\"calls\":" + value + "}", "calls: has to be a whole number, at most 20");
            refuses("{\"ringMs\":" + value + "}", "ringMs: has to be a whole number, at most 25000");
        }
        refuses("{\"ringms\":1}", "only ringMs and calls can be asked for");
        for (String body : new String[] {"{", "[]", "null", "5", "ringMs=5", "{} {}"}) {
            refuses(body, "the body is no JSON of the form {\"ringMs\":2000,\"calls\":1}");
        }
    }

    @Test
    void isToldToThoseWhoReadTheInterfacesDescription() {
        given().get("/q/openapi").then().statusCode(200).body(containsString(DEMO));
    }

    private static void refuses(String body, String why) {
        order(body)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("status", equalTo(400))
                .body("detail", equalTo(why));
    }
}
