package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.segue.bench.GatewayProcess;
import io.segue.demo.phone.Leg;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** As many calls as the limit, and one more, which is refused and harms nobody. */
class LimitsIT {
    private static final String OFFER = """
            v=0\r
            o=- 1 1 IN IP4 127.0.0.1\r
            s=-\r
            c=IN IP4 127.0.0.1\r
            t=0 0\r
            m=audio 9 RTP/AVP 0\r
            """;

    @Test
    void asManyCallsAsTheLimitAreCarriedAndOneMoreIsToldToComeLater() throws Exception {
        twoAndNoThird(Map.of("SEGUE_CALLS_MAX", "2"));
    }

    @Test
    void asManyCallsAsThereArePortsAreCarriedAndOneMoreIsToldToComeLater() throws Exception {
        int first = 18_000 + 4 * ThreadLocalRandom.current().nextInt(250);
        twoAndNoThird(Map.of("SEGUE_MEDIA_PORTS", first + "-" + (first + 3)));
    }

    private static void twoAndNoThird(Map<String, String> settings) throws Exception {
        try (GatewayProcess process = FlowGateway.start("limits", settings);
                Scene scene = new Scene(process);
                RawSip trunk = RawSip.udp("127.0.0.1", scene.gateway.sip())) {
            scene.queue("refunds").agent("refunds");
            Leg one = scene.call().caller;
            Leg two = scene.call().caller;
            trunk.send(trunk.request(
                    "INVITE", scene.number(), RawSip.fresh(), "Content-Type: application/sdp\r\n", OFFER));
            RawSip.Message answer = trunk.next();
            while (answer.status() < 200) {
                answer = trunk.next();
            }
            assertEquals(503, answer.status(), answer.text());
            assertFalse(answer.header("Retry-After").isEmpty(), answer.text());
            assertFalse(two.ended().isDone());
            Scene.done("BYE", one.hangUp());
            Until.holds("the place is free", () -> scene.metric("segue_calls_live") == 1);
            Until.holds("its port has rested", () -> scene.metric("segue_media_ports_free") > 0);
            scene.call();
            scene.nothingIsLeft(0);
        }
    }
}
