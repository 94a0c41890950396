package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.bench.GatewayProcess;
import io.segue.demo.Gateway;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that the gateway does not take, as a carrier sees it. */
class RefusalsIT {
    private static final String TRUNK = "127.0.0.1";

    private static RawSip open(String transport) throws IOException {
        return transport.equals("UDP") ? RawSip.udp(TRUNK) : RawSip.tcp(TRUNK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UDP", "TCP"})
    void aNumberThatNoAgentHasIsAnsweredWith404(String transport) throws Exception {
        Gateway gateway = SipGateway.get().seen();
        try (RawSip trunk = open(transport)) {
            String id = RawSip.fresh();
            trunk.send(trunk.invite("+4900000000", id));
            RawSip.Message answer = trunk.finalAnswer();
            assertEquals(404, answer.status(), answer::text);
            assertEquals("1 INVITE", answer.header("CSeq"));
            assertTrue(answer.header("To").contains(";tag="), answer::text);
            trunk.send(RawSip.after(answer, trunk.request("ACK", "+4900000000", id, "", "")));
            assertEquals(List.of(), trunk.untilPing(), "once acknowledged it is not said again");
            assertEquals(
                    0,
                    gateway.get("/calls?sipCallId=" + id)
                            .orElseThrow()
                            .getJsonArray("items")
                            .size());
        }
    }

    /** The caller lets its BYE wait for an answer, so that the gateway is still there to be asked. */
    @Test
    void aGatewayThatIsGoingTakesNoCallAndSaysSoToWhoeverAsks() throws Exception {
        GatewayProcess process = FlowGateway.start("refusals", Map.of());
        Scene scene = new Scene(process);
        try (RawSip carrier = RawSip.udp(TRUNK, process.seen().sip())) {
            scene.queue("refunds").agent("refunds");
            scene.call().hangUp();
            String id = RawSip.fresh();
            carrier.send(carrier.invite(scene.number(), id));
            RawSip.Message ok = carrier.finalAnswer();
            assertEquals(200, ok.status(), ok::text);
            carrier.send(RawSip.after(ok, carrier.request("ACK", scene.number(), id, "", "")));
            assertEquals(List.of(), carrier.untilPing());

            CompletableFuture<Void> gone = CompletableFuture.runAsync(process::close);
            RawSip.Message bye = carrier.next();
            assertTrue(bye.text().startsWith("BYE "), bye::text);
            for (String asked : List.of(
                    carrier.request("OPTIONS", "ping", RawSip.fresh(), "", ""),
                    carrier.invite(scene.number(), RawSip.fresh()))) {
                carrier.send(asked);
                RawSip.Message answer = carrier.finalAnswer();
                assertEquals(503, answer.status(), answer::text);
                assertTrue(Integer.parseInt(answer.header("Retry-After")) > 0, answer::text);
            }
            gone.get(Until.DEADLINE_SECONDS, TimeUnit.SECONDS);
        } finally {
            process.close();
            scene.leave();
        }
    }
}
