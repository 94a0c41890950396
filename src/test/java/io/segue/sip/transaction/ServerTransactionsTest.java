package io.segue.sip.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerTransactionsTest {
    private static final String B = "z9hG4bKtheirs";
    private final Scene scene = new Scene();

    @Test
    void says100After200MillisecondsWhenNobodyHasAnswered() {
        scene.receive(Scene.incoming("INVITE", B), Scene.UDP).until(199);
        assertEquals(List.of("0 told INVITE"), scene.log);
        scene.until(10_000);
        assertEquals(List.of("0 told INVITE", "200 send 100"), scene.log);
        assertNull(scene.lastSent().to().tag());
    }

    @Test
    void saysNo100WhenTheUserWasQuicker() {
        scene.receive(Scene.incoming("INVITE", B), Scene.UDP).until(150).respond(180);
        scene.until(10_000);
        assertEquals(List.of("0 told INVITE", "150 send 180"), scene.log);
    }

    @Test
    void saysNo100ToOtherRequests() {
        scene.receive(Scene.incoming("INFO", B), Scene.UDP).until(10_000);
        assertEquals(List.of("0 told INFO"), scene.log);
    }

    @Test
    void answersARepeatedInviteWithTheLatestProvisionalAnswer() {
        SipRequest invite = Scene.incoming("INVITE", B);
        scene.receive(invite, Scene.UDP).until(100).receive(invite, Scene.UDP);
        scene.respond(180).until(500).receive(invite, Scene.UDP);
        assertEquals(List.of("0 told INVITE", "100 send 100", "100 send 180", "500 send 180"), scene.log);
        assertTrue(scene.sent.getLast().again());
    }

    @Test
    void repeatsARefusalByTimerGUntilTimerH() {
        scene.receive(Scene.incoming("INVITE", B), Scene.UDP).respond(486);
        scene.until(40_000);
        assertEquals(
                List.of(
                        "0 told INVITE",
                        "0 send 486",
                        "500 send 486",
                        "1500 send 486",
                        "3500 send 486",
                        "7500 send 486",
                        "11500 send 486",
                        "15500 send 486",
                        "19500 send 486",
                        "23500 send 486",
                        "27500 send 486",
                        "31500 send 486"),
                scene.log);
        assertEquals(0, scene.layer.size());
    }

    @Test
    void absorbsTheAckToARefusalAndItsRepeatsUntilTimerI() {
        scene.receive(Scene.incoming("INVITE", B), Scene.UDP).respond(486);
        SipRequest ack = Scene.incoming("ACK", B, "ourtag", 1);
        scene.until(100).receive(ack, Scene.UDP);
        scene.until(2_000).receive(ack, Scene.UDP);
        scene.receive(Scene.incoming("INVITE", B), Scene.UDP);
        assertEquals(List.of("0 told INVITE", "0 send 486"), scene.log);
        scene.until(5_099);
        assertEquals(1, scene.layer.size());
        scene.until(5_100);
        assertEquals(0, scene.layer.size());
    }

    @Test
    void overTcpARefusalIsNotRepeatedAndItsAckEndsIt() {
        scene.receive(Scene.incoming("INVITE", B), Scene.TCP).respond(486);
        scene.until(20_000).receive(Scene.incoming("ACK", B, "ourtag", 1), Scene.TCP);
        assertEquals(List.of("0 told INVITE", "0 send 486"), scene.log);
        assertEquals(0, scene.layer.size());
    }

    @Test
    void swallowsRepeatsOfAnAcceptedInviteAndTellsTheAcksUntilTimerL() {
        SipRequest invite = Scene.incoming("INVITE", B);
        scene.receive(invite, Scene.UDP).respond(200);
        scene.until(500).receive(invite, Scene.UDP);
        scene.until(600).receive(Scene.incoming("ACK", "z9hG4bKitsown", "ourtag", 1), Scene.UDP);
        scene.until(700).receive(Scene.incoming("ACK", B, "ourtag", 1), Scene.UDP);
        assertEquals(List.of("0 told INVITE", "0 send 200", "600 told ACK", "700 told ACK"), scene.log);
        scene.until(31_999);
        assertEquals(1, scene.layer.size());
        scene.until(32_000);
        assertEquals(0, scene.layer.size());
    }

    @Test
    void theUserRepeatsA2xxThroughItsTransaction() {
        scene.receive(Scene.incoming("INVITE", B), Scene.UDP).respond(200);
        scene.until(500).respond(200).respond(486);
        assertEquals(List.of("0 told INVITE", "0 send 200", "500 send 200", "500 too late 486"), scene.log);
        assertTrue(scene.sent.getLast().again());
    }

    @Test
    void anInviteThatTheUserForgotIsAnswered500() {
        scene.receive(Scene.incoming("INVITE", B), Scene.UDP).respond(180).until(300_000);
        assertEquals("300000 send 500", scene.log.getLast());
        scene.until(340_000);
        assertEquals(0, scene.layer.size());
    }

    @Test
    void answersARepeatedRequestWithItsFinalAnswerUntilTimerJ() {
        SipRequest bye = Scene.incoming("BYE", B, "ourtag", 2);
        scene.receive(bye, Scene.UDP).receive(bye, Scene.UDP).respond(200);
        scene.until(31_999).receive(bye, Scene.UDP);
        assertEquals(List.of("0 told BYE", "0 send 200", "31999 send 200"), scene.log);
        scene.until(32_000);
        assertEquals(0, scene.layer.size());
    }

    @Test
    void overTcpAnAnsweredRequestIsForgottenAtOnce() {
        scene.receive(Scene.incoming("OPTIONS", B), Scene.TCP).respond(200);
        assertEquals(0, scene.layer.size());
    }

    @Test
    void aRequestThatTheUserForgotIsDroppedAfterTimerJ() {
        scene.receive(Scene.incoming("INFO", B), Scene.UDP).until(32_000).respond(200);
        assertEquals(List.of("0 told INFO", "32000 too late 200"), scene.log);
        assertEquals(0, scene.layer.size());
    }

    @Test
    void answersACancelWith200AndTheInviteWaitsForIts487() {
        scene.receive(Scene.incoming("INVITE", B), Scene.UDP).respond(180);
        scene.receive(Scene.incoming("CANCEL", B), Scene.UDP).respond(487);
        assertEquals(List.of("0 told INVITE", "0 send 180", "0 send 200", "0 told CANCEL", "0 send 487"), scene.log);
        SipResponse toCancel = (SipResponse) Scene.parse(scene.sent.get(1).bytes());
        assertEquals("1 CANCEL", toCancel.cseq().toString());
        assertEquals("ourtag", toCancel.to().tag());
    }

    @Test
    void answersCancelWith487AndKeepsTheTransactionUntilAck() {
        scene.receive(Scene.incoming("INVITE", B), Scene.TCP);
        scene.receive(Scene.incoming("CANCEL", B), Scene.TCP).respond(487);
        assertEquals(1, scene.layer.size());
        scene.receive(Scene.incoming("ACK", B, "ourtag", 1), Scene.TCP);
        assertEquals(0, scene.layer.size());
    }

    @Test
    void aRepeatedCancelIsAnsweredAgainAndToldOnce() {
        scene.receive(Scene.incoming("INVITE", B), Scene.UDP);
        SipRequest cancel = Scene.incoming("CANCEL", B);
        scene.receive(cancel, Scene.UDP).receive(cancel, Scene.UDP);
        assertEquals(List.of("0 told INVITE", "0 told CANCEL", "0 send 200"), scene.log);
        scene.receive(cancel, Scene.UDP);
        assertEquals(List.of("0 told INVITE", "0 told CANCEL", "0 send 200", "0 send 200"), scene.log);
    }

    @Test
    void theAnswerToACancelHasTheTagOfTheInvitesAnswerAlsoWhenThatComesLater() {
        scene.receive(Scene.incoming("INVITE", B), Scene.UDP).until(200);
        scene.receive(Scene.incoming("CANCEL", B), Scene.UDP).respond(487);
        assertEquals(
                List.of("0 told INVITE", "200 send 100", "200 told CANCEL", "200 send 487", "200 send 200"), scene.log);
        SipResponse toCancel = (SipResponse) scene.lastSent();
        assertEquals("1 CANCEL", toCancel.cseq().toString());
        assertEquals("ourtag", toCancel.to().tag());
    }

    @Test
    void aCancelThatCrossesTheAnswerHasItsTagToo() {
        scene.receive(Scene.incoming("INVITE", B), Scene.UDP);
        scene.receive(Scene.incoming("CANCEL", B), Scene.UDP).respond(200);
        assertEquals(List.of("0 told INVITE", "0 told CANCEL", "0 send 200", "0 send 200"), scene.log);
        assertEquals("ourtag", scene.lastSent().to().tag());
    }

    @Test
    void aCancelAfterTheAnswerIsAnsweredAndDoesNothing() {
        scene.receive(Scene.incoming("INVITE", B), Scene.UDP).respond(200);
        scene.receive(Scene.incoming("CANCEL", B), Scene.UDP);
        assertEquals(List.of("0 told INVITE", "0 send 200", "0 send 200"), scene.log);
    }

    @Test
    void aCancelOfNothingIsAnswered481() {
        scene.receive(Scene.incoming("CANCEL", B), Scene.UDP);
        assertEquals(List.of("0 send 481"), scene.log);
        assertNotNull(scene.lastSent().to().tag());
    }

    @Test
    void aMergedRequestIsAnswered482() {
        scene.receive(Scene.incoming("INVITE", B), Scene.UDP);
        scene.receive(Scene.incoming("INVITE", "z9hG4bKotherway"), Scene.UDP);
        assertEquals(List.of("0 told INVITE", "0 send 482"), scene.log);
        assertEquals(1, scene.layer.size());
    }

    @Test
    void requestsInsideADialogAreNeverMerged() {
        scene.receive(Scene.incoming("INFO", B, "ourtag", 1), Scene.UDP);
        scene.receive(Scene.incoming("INFO", "z9hG4bKotherway", "ourtag", 1), Scene.UDP);
        assertEquals(List.of("0 told INFO", "0 told INFO"), scene.log);
    }

    @Test
    void theSameRequestIsTakenAgainOnceTheFirstIsOver() {
        scene.receive(Scene.incoming("OPTIONS", B), Scene.TCP).respond(200);
        scene.receive(Scene.incoming("OPTIONS", "z9hG4bKlater"), Scene.TCP);
        assertEquals(List.of("0 told OPTIONS", "0 send 200", "0 told OPTIONS"), scene.log);
    }

    @Test
    void branchesOfTwoSendersAreNotMixedUp() {
        scene.receive(Scene.incoming("INFO", B, "a", 1), Scene.UDP);
        SipRequest other = Scene.incoming("INFO", B, "a", 1);
        scene.receive(
                other.withHeaders(other.headers().with("Via", "SIP/2.0/UDP 192.0.2.8:5070;branch=" + B)), Scene.UDP);
        assertEquals(2, scene.requests.size());
    }

    @Test
    void peersOfRfc2543AreMatchedWithoutABranch() {
        SipRequest invite = Scene.incoming("INVITE", "");
        scene.receive(invite, Scene.UDP).receive(invite, Scene.UDP);
        scene.receive(Scene.incoming("CANCEL", ""), Scene.UDP).respond(487);
        scene.receive(Scene.incoming("ACK", "", "ourtag", 1), Scene.UDP);
        assertEquals(List.of("0 told INVITE", "0 send 100", "0 told CANCEL", "0 send 487", "0 send 200"), scene.log);
        scene.until(4_999);
        scene.receive(Scene.incoming("INVITE", "", "", 2), Scene.UDP);
        assertEquals("4999 told INVITE", scene.log.getLast());
    }

    @Test
    void anAckOfRfc2543ThatNamesAnotherToTagIsTold() {
        scene.receive(Scene.incoming("INVITE", ""), Scene.UDP).respond(486);
        scene.receive(Scene.incoming("ACK", "", "anothertag", 1), Scene.UDP);
        assertEquals("0 told ACK", scene.log.getLast());
    }

    @Test
    void aRequestPastTheLimitIsAnswered503WithRetryAfterAndItsAckIsHarmless() {
        Scene small = new Scene(new Limits(500, 4000, 5000, 200, 300_000, 2, 5, 1300));
        small.receive(Scene.incoming("INVITE", B + 1, "", 1), Scene.UDP);
        small.receive(Scene.incoming("INVITE", B + 2, "", 2), Scene.UDP);
        assertEquals(2, small.layer.size());
        small.receive(Scene.incoming("INVITE", B + 3, "", 3), Scene.UDP);
        assertEquals(List.of("0 told INVITE", "0 told INVITE", "0 send 503"), small.log);
        assertEquals("5", small.lastSent().header("Retry-After"));
        small.receive(Scene.incoming("CANCEL", B + 1, "", 1), Scene.UDP);
        assertEquals("0 told CANCEL", small.log.getLast());
    }

    @Test
    void answersGoToThePortAskedForByRport() {
        SipRequest plain = Scene.incoming("OPTIONS", B);
        SipRequest symmetric =
                plain.withHeaders(plain.headers().with("Via", "SIP/2.0/UDP 10.1.1.1:9999;rport;branch=" + B + "r"));
        scene.receive(symmetric, Scene.UDP).respond(200);
        assertEquals(Scene.PEER, scene.sent.getLast().to().address());
        assertEquals("192.0.2.7", scene.lastSent().topVia().received());
        assertEquals(5070, scene.lastSent().topVia().rport());
    }

    @Test
    void answersGoToTheSentByPortOtherwise() {
        SipRequest plain = Scene.incoming("OPTIONS", B);
        scene.receive(
                        plain.withHeaders(plain.headers().with("Via", "SIP/2.0/UDP host.invalid:9999;branch=" + B)),
                        Scene.UDP)
                .respond(200);
        assertEquals(9999, scene.sent.getLast().to().address().getPort());
        assertEquals(
                Scene.PEER.getAddress(), scene.sent.getLast().to().address().getAddress());
        scene.receive(
                        plain.withHeaders(plain.headers()
                                .with("Via", "SIP/2.0/UDP 192.0.2.7;branch=" + B + "2")
                                .with("CSeq", "2 OPTIONS")),
                        Scene.UDP)
                .respond(200);
        assertEquals(5060, scene.sent.getLast().to().address().getPort());
        assertNull(scene.lastSent().topVia().received());
    }

    @Test
    void aForgedReceivedIsWrittenOver() {
        SipRequest plain = Scene.incoming("OPTIONS", B);
        scene.receive(
                        plain.withHeaders(plain.headers()
                                .with("Via", "SIP/2.0/UDP 192.0.2.7:5070;received=203.0.113.9;branch=" + B)),
                        Scene.UDP)
                .respond(200);
        assertEquals(
                Scene.PEER.getAddress(), scene.sent.getLast().to().address().getAddress());
        assertEquals("192.0.2.7", scene.lastSent().topVia().received());
    }

    @Test
    void answersOverTcpGoDownTheConnectionOfTheRequest() {
        scene.receive(Scene.incoming("OPTIONS", B), Scene.TCP).respond(200);
        Destination to = scene.sent.getLast().to();
        assertEquals(new ConnectionId(3), to.connection());
        assertEquals(5070, to.address().getPort());
    }

    @Test
    void theUserMayAnswerFromWithinTheCallback() {
        scene.duringRequest(() -> scene.respond(486));
        scene.receive(Scene.incoming("INVITE", B), Scene.UDP);
        scene.receive(Scene.incoming("ACK", B, "ourtag", 1), Scene.UDP).until(5_000);
        assertEquals(List.of("0 told INVITE", "0 send 486"), scene.log);
        assertEquals(0, scene.layer.size());
    }

    @Test
    void aMalformedAckIsNotAnswered() {
        assertFalse(scene.layer.refuse(Scene.incoming("ACK", B), 400, "Bad Request", Scene.UDP));
        assertTrue(scene.layer.refuse(Scene.incoming("INFO", B), 400, "Bad Request", Scene.UDP));
        assertEquals(List.of("0 send 400"), scene.log);
        assertEquals(0, scene.layer.size());
    }

    @Test
    void idsCanBePrintedAndAreTheSameForARepeat() {
        scene.receive(Scene.incoming("INVITE", B), Scene.UDP);
        assertEquals("INVITE " + B + " 192.0.2.7:5070", scene.lastId.toString());
    }
}
