package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.bench.GatewayProcess;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

/** A CANCEL at once behind its INVITE, over UDP: whichever of the CANCEL and the answer is first, nothing is left of the call. */
class CancelIT {
    private static final String TRUNK = "127.0.0.1";

    private static AgentAtWork agent;
    private final GatewayProcess gateway = SipGateway.get();

    @BeforeAll
    static void begin() throws Exception {
        agent = new AgentAtWork();
    }

    @AfterAll
    static void end() {
        agent.close();
    }

    @RepeatedTest(10)
    void answersACancelledInviteOnceAndKeepsNoCall() throws Exception {
        try (RawSip trunk = RawSip.udp(TRUNK)) {
            String id = RawSip.fresh();
            trunk.send(trunk.invite(agent.number(), id));
            trunk.send(trunk.request("CANCEL", agent.number(), id, "", ""));
            RawSip.Message ofCancel = null;
            RawSip.Message ofInvite = null;
            while (ofCancel == null || ofInvite == null) {
                RawSip.Message answer = trunk.next();
                if (answer.header("CSeq").equals("1 CANCEL")) {
                    ofCancel = answer;
                } else if (answer.status() >= 200) {
                    ofInvite = answer;
                }
            }
            // The gateway answers at once: the CANCEL may have come too late (RFC 3261 9.2), and the caller hangs up.
            RawSip.Message both = new RawSip.Message(ofInvite.text() + ofCancel.text());
            assertEquals(200, ofCancel.status(), both::text);
            assertEquals(ofInvite.header("To"), ofCancel.header("To"), both::text);
            assertTrue(List.of(200, 487).contains(ofInvite.status()), ofInvite::text);
            trunk.send(RawSip.after(ofInvite, trunk.request("ACK", agent.number(), id, "", "")));
            if (ofInvite.status() == 200) {
                String bye = RawSip.after(ofInvite, trunk.request("BYE", agent.number(), id, "", ""));
                trunk.send(bye.replace("CSeq: 1", "CSeq: 2").replace("z9hG4bK", "z9hG4bKbye"));
                RawSip.Message answer = trunk.next();
                while (!answer.header("CSeq").equals("2 BYE")) {
                    answer = trunk.next();
                }
                assertEquals(200, answer.status());
            }
            Until.holds("no call left", () -> gateway.metric("segue_calls_live", "") == 0);
            Until.holds("no RTP port left", () -> gateway.metric("segue_media_legs", "") == 0);
        }
    }
}
