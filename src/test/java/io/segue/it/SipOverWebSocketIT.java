package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.bench.GatewayProcess;
import io.segue.demo.phone.AnswerPlan;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Softphones of browsers, at a gateway of their own: sessions last 3 s there, and a page has 3 s to come back. */
class SipOverWebSocketIT {
    private static final String PASSWORD = "a password of the tests";

    private static GatewayProcess process;

    private Scene scene;

    @BeforeAll
    static void start() {
        process = FlowGateway.start(
                "websocket", Map.of("SEGUE_SESSION_LIFETIME", "3s", "SEGUE_SIP_WS_BACK_WITHIN", "3s"));
    }

    @AfterAll
    static void stop() {
        process.close();
    }

    @BeforeEach
    void open() {
        scene = new Scene(process);
        scene.queue("refunds").agent("refunds");
    }

    @AfterEach
    void close() {
        try (Scene ending = scene) {
            ending.nothingIsLeft(0);
        }
        Until.holds("no socket is left", () -> process.metric("segue_sip_websockets", "") == 0);
    }

    /** A human who registers, and is available. */
    private String human(String name) {
        scene.put(
                "/humans/" + scene.named(name),
                new JsonObject()
                        .put("name", name)
                        .put("password", PASSWORD)
                        .put("queues", new JsonArray().add(scene.named("refunds"))));
        scene.available(name);
        return scene.named(name);
    }

    private WebPage page(String human) {
        return WebPage.open(process.http(), human).registeredWith(PASSWORD);
    }

    private String token(String human) {
        JsonObject who = new JsonObject().put("human", human).put("password", PASSWORD);
        return new JsonObject(scene.gateway.ask("POST", "/session", who).body()).getString("token");
    }

    private static int status(String path) throws IOException {
        return ((HttpURLConnection) process.http().resolve(path).toURL().openConnection()).getResponseCode();
    }

    @Test
    void registersByTheTokenOfASessionUntilItIsOver() throws Exception {
        String anna = human("anna");
        String ben = human("ben");
        String token = token(anna);
        try (WebPage page = WebPage.open(process.http(), anna);
                WebPage others = WebPage.open(process.http(), ben)) {
            RawSip.Message answer = page.register("Authorization: Bearer " + token);
            assertEquals(200, answer.status());
            assertTrue(answer.header("Contact").contains(".invalid;transport=ws>"), answer.text());
            assertEquals(403, others.register("Authorization: Bearer " + token).status());
            Until.holds(
                    "the session is over",
                    () -> page.register("Authorization: Bearer " + token).status() == 401);
        }
        assertEquals(426, status("/sip"));
    }

    @Test
    void aSessionThatWasSignedOutOfRegistersNobody() {
        String anna = human("anna");
        String token = token(anna);
        process.seenBy(token).delete("/session");
        try (WebPage page = WebPage.open(process.http(), anna)) {
            assertEquals(401, page.register("Authorization: Bearer " + token).status());
        }
    }

    @Test
    void twoTabsRingOneWinsAndTheOtherHearsThatItWasElsewhere() {
        String anna = human("anna");
        String ben = human("ben");
        try (WebPage first = page(anna);
                WebPage second = page(anna);
                WebPage bens = page(ben)) {
            scene.away("ben");
            TestCall call = scene.call();
            call.ask();
            RawSip.Message here = first.expect("INVITE");
            RawSip.Message there = second.expect("INVITE");
            first.answer(here, "180 Ringing");
            second.answer(there, "180 Ringing");
            second.accept(there);
            second.expect("ACK");
            RawSip.Message cancel = first.expect("CANCEL");
            assertTrue(cancel.header("Reason").contains("cause=200"), cancel.text());
            first.answer(cancel, "200 OK");
            first.answer(here, "487 Request Terminated");
            first.expect("ACK");
            scene.awaitPresence("anna", "talking");
            assertNull(bens.next(0));
            call.hangUp();
            second.answer(second.expect("BYE"), "200 OK");
            scene.awaitPresence("anna", "available");
        }
        scene.awaitPresence("anna", "away");
    }

    @Test
    void aTabThatIsClosedWhileItRingsLeavesTheCallToTheNextAndItsHumanAwayUntilTheyAreBack() {
        String anna = human("anna");
        WebPage closing = page(anna);
        TestCall call = scene.call();
        call.ask();
        closing.answer(closing.expect("INVITE"), "180 Ringing");
        scene.human("ben", AnswerPlan.atOnce(), "refunds");
        closing.close();
        call.handoffIn("connected");
        assertEquals("human_unreachable", call.why(0));
        scene.awaitPresence("anna", "away");
        call.hangUp();
        try (WebPage again = page(anna)) {
            scene.awaitPresence("anna", "available");
            scene.away("anna");
        }
        try (WebPage again = page(anna)) {
            assertEquals("away", scene.presence("anna"));
        }
    }

    /** A call that anna is let hear, whose audio nobody waits for. */
    private TestCall heardBy(String human) {
        TestCall call = scene.call();
        call.order("supervise", new JsonObject().put("mode", "listen").put("human", human));
        return call;
    }

    @Test
    void aPageBackFromALostNetworkHasItsCallStill() {
        String anna = human("anna");
        try (WebPage page = page(anna)) {
            TestCall call = heardBy(anna);
            RawSip.Message invite = page.expect("INVITE");
            page.accept(invite);
            page.expect("ACK");
            page.close();
            page.reconnect(process.http());
            page.registeredWith(PASSWORD);
            scene.awaitPresence("anna", "talking");
            call.hangUp();
            RawSip.Message bye = page.expect("BYE");
            assertEquals(invite.header("Call-ID"), bye.header("Call-ID"));
            page.answer(bye, "200 OK");
        }
    }

    @Test
    void aPageThatDoesNotComeBackHasLeft() {
        String anna = human("anna");
        try (WebPage page = page(anna)) {
            TestCall call = heardBy(anna);
            page.accept(page.expect("INVITE"));
            page.expect("ACK");
            scene.awaitPresence("anna", "talking");
            page.close();
            scene.awaitPresence("anna", "away");
            call.hangUp();
        }
    }

    @Test
    void aPageThatIsLoadedAnewIsCalledAgainForTheSameCall() {
        String anna = human("anna");
        try (WebPage before = WebPage.open(process.http(), anna, "browser").registeredWith(PASSWORD)) {
            TestCall call = heardBy(anna);
            RawSip.Message invite = before.expect("INVITE");
            before.accept(invite);
            before.expect("ACK");
            before.close();
            try (WebPage anew = WebPage.open(process.http(), anna, "browser").registeredWith(PASSWORD)) {
                RawSip.Message again = anew.expect("INVITE");
                assertEquals("1", again.header("X-Segue-Resumed"));
                assertEquals("Auto", again.header("Answer-Mode"));
                assertEquals(invite.header("X-Segue-Call"), again.header("X-Segue-Call"));
                assertEquals("listen", again.header("X-Segue-Supervise"));
                anew.accept(again);
                anew.expect("ACK");
                scene.awaitPresence("anna", "talking");
                call.hangUp();
                anew.answer(anew.expect("BYE"), "200 OK");
            }
        }
    }

    @Test
    void whatIsNoRegistrationClosesTheSocketAndABrowserIsNoTrunk() {
        try (WebPage stranger = WebPage.open(process.http(), "nobody")) {
            stranger.send(
                    "OPTIONS sip:segue.example SIP/2.0\r\nVia: SIP/2.0/WS x.invalid;branch=z9hG4bKx\r\n"
                            + "From: <sip:x@x>;tag=1\r\nTo: <sip:x@x>\r\nCall-ID: x\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 1\r\n\r\n");
            assertEquals(1008, stranger.closed());
        }
        try (WebPage anna = page(human("anna"))) {
            anna.send("INVITE sip:" + scene.number()
                    + "@segue.example SIP/2.0\r\nVia: SIP/2.0/WS x.invalid;branch=z9hG4bKy\r\n"
                    + "From: <sip:x@x>;tag=1\r\nTo: <sip:x@x>\r\nCall-ID: y\r\nCSeq: 1 INVITE\r\nMax-Forwards: 1\r\n"
                    + "Contact: <sip:x@x.invalid>\r\n\r\n");
            anna.expect("403");
        }
    }
}
