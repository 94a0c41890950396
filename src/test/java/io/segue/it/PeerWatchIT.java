package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.bench.GatewayProcess;
import io.segue.demo.phone.AnswerPlan;
import io.segue.demo.phone.Phone;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway that asks its peers every second whether they are there, and a peer on a socket that answers, falls silent and answers again. */
class PeerWatchIT {
    private static final int UNANSWERED_MAX = 2;

    private static GatewayProcess process;

    private final AtomicBoolean silent = new AtomicBoolean();
    private Scene scene;
    private SipPeer peer;

    @BeforeAll
    static void start() {
        process = FlowGateway.start(
                "peers",
                Map.of(
                        "SEGUE_SIP_PEER_PING_EVERY",
                        "1s",
                        "SEGUE_SIP_PEER_PING_TIMEOUT",
                        "500ms",
                        "SEGUE_SIP_PEER_PING_UNANSWERED_MAX",
                        "" + UNANSWERED_MAX));
    }

    @AfterAll
    static void stop() {
        process.close();
    }

    /** The peer is there for OPTIONS, and busy. */
    @BeforeEach
    void open() throws IOException {
        scene = new Scene(process);
        peer = new SipPeer("127.0.0.1", request -> {
            if (silent.get() || request.text().startsWith("ACK ")) {
                return null;
            }
            return request.text().startsWith("INVITE ") ? "486 Busy Here" : "200 OK";
        });
    }

    @AfterEach
    void close() {
        scene.close();
        peer.close();
    }

    private void fallsSilent() {
        Until.holds("the peer is asked and answers", () -> peer.asked("OPTIONS").size() >= 2);
        assertEquals(0, scene.metric("segue_peers_down"));
        silent.set(true);
        Until.holds("the peer is down", () -> scene.metric("segue_peers_down") == 1);
    }

    private void answersAgain() {
        silent.set(false);
        Until.holds("the peer is up", () -> scene.metric("segue_peers_down") == 0);
    }

    @Test
    void aHumanWhosePhoneNoLongerAnswersIsSkippedUntilItAnswersAgain() {
        scene.queue("refunds").agent("refunds");
        scene.put(
                "/humans/" + scene.named("anna"),
                new JsonObject()
                        .put("name", "anna")
                        .put("contact", peer.contact("anna"))
                        .put("queues", new JsonArray().add(scene.named("refunds"))));
        scene.available("anna");
        fallsSilent();
        Phone ben = scene.human("ben", AnswerPlan.atOnce(), "refunds");
        TestCall first = scene.call();
        first.ask();
        first.handoffIn("connected");
        assertEquals("human_unreachable", first.why(0));
        assertEquals(0, peer.asked("INVITE").size());
        assertEquals(1, ben.calls().size());
        answersAgain();
        TestCall second = scene.call();
        second.ask();
        Until.holds("anna's phone is called", () -> !peer.asked("INVITE").isEmpty());
        second.hangUp();
        first.hangUp();
        scene.nothingIsLeft(0);
    }

    @Test
    void anOverflowThatNoLongerAnswersIsSkippedUntilItAnswersAgain() {
        scene.queue("second");
        scene.queue(
                        "refunds",
                        new JsonObject()
                                .put(
                                        "overflow",
                                        new JsonArray()
                                                .add(new JsonObject().put("sip", peer.contact("acd")))
                                                .add(scene.toQueue("second"))))
                .agent("refunds");
        Phone ben = scene.human("ben", AnswerPlan.atOnce(), "second");
        fallsSilent();
        TestCall first = scene.call();
        first.ask();
        first.handoffIn("connected");
        assertEquals(0, peer.asked("INVITE").size());
        assertEquals(1, ben.calls().size());
        first.hangUp();
        answersAgain();
        TestCall second = scene.call();
        second.ask();
        Until.holds("the overflow is called", () -> !peer.asked("INVITE").isEmpty());
        second.hangUp();
        scene.nothingIsLeft(0);
    }
}
