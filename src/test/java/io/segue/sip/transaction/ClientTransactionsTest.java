package io.segue.sip.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.sip.message.SipRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientTransactionsTest {
    private final Scene scene = new Scene();
    private static final Destination UDP = Destination.udp(Scene.PEER);
    private static final Destination TCP = Destination.tcp(Scene.PEER);

    @Test
    void repeatsAnUnansweredInviteByTimerAAndGivesUpByTimerB() {
        scene.request("INVITE", UDP);
        scene.until(40_000);
        assertEquals(
                List.of(
                        "0 send INVITE",
                        "500 send INVITE",
                        "1500 send INVITE",
                        "3500 send INVITE",
                        "7500 send INVITE",
                        "15500 send INVITE",
                        "31500 send INVITE",
                        "32000 timeout"),
                scene.log);
        assertEquals(0, scene.layer.size());
    }

    @Test
    void repeatsAnUnansweredByeByTimerEAndGivesUpByTimerF() {
        scene.request("BYE", UDP);
        scene.until(40_000);
        assertEquals(
                List.of(
                        "0 send BYE",
                        "500 send BYE",
                        "1500 send BYE",
                        "3500 send BYE",
                        "7500 send BYE",
                        "11500 send BYE",
                        "15500 send BYE",
                        "19500 send BYE",
                        "23500 send BYE",
                        "27500 send BYE",
                        "31500 send BYE",
                        "32000 timeout"),
                scene.log);
        assertEquals(0, scene.layer.size());
    }

    @Test
    void repeatsNothingOverTcpAndGivesUpAllTheSame() {
        scene.request("INVITE", TCP);
        scene.request("BYE", TCP);
        scene.until(40_000);
        assertEquals(List.of("0 send INVITE", "0 send BYE", "32000 timeout", "32000 timeout"), scene.log);
    }

    @Test
    void stopsRepeatingTheInviteAtTheFirstProvisionalAnswer() {
        scene.request("INVITE", UDP);
        scene.until(600).receive(scene.answer(100), Scene.UDP);
        scene.until(60_000).receive(scene.answer(180), Scene.UDP);
        assertEquals(List.of("0 send INVITE", "500 send INVITE", "600 told 100", "60000 told 180"), scene.log);
    }

    @Test
    void givesUpAnInviteThatRingsForTooLong() {
        scene.request("INVITE", UDP);
        scene.receive(scene.answer(180), Scene.UDP).until(300_000);
        assertEquals(List.of("0 send INVITE", "0 told 180", "300000 timeout"), scene.log);
        assertEquals(0, scene.layer.size());
    }

    @Test
    void repeatsABusyRequestEveryT2AfterAProvisionalAnswer() {
        scene.request("BYE", UDP);
        scene.until(100).receive(scene.answer(100, "BYE", ""), Scene.UDP).until(9_000);
        assertEquals(
                List.of("0 send BYE", "100 told 100", "500 send BYE", "4500 send BYE", "8500 send BYE"), scene.log);
    }

    @Test
    void acknowledgesARefusalEachTimeItComesUntilTimerD() {
        scene.request("INVITE", UDP);
        scene.receive(scene.answer(486), Scene.UDP);
        scene.until(1_000).receive(scene.answer(486), Scene.UDP);
        scene.until(31_999).receive(scene.answer(486), Scene.UDP);
        assertEquals(1, scene.layer.size());
        scene.until(32_000).receive(scene.answer(486), Scene.UDP);
        assertEquals(
                List.of("0 send INVITE", "0 send ACK", "0 told 486", "1000 send ACK", "31999 send ACK"), scene.log);
        assertEquals(0, scene.layer.size());
    }

    @Test
    void makesTheAckToARefusalOfTheInviteAndTheRefusalsTo() {
        scene.request("INVITE", UDP);
        SipRequest invite = (SipRequest) scene.lastSent();
        scene.receive(scene.answer(486), Scene.UDP);
        SipRequest ack = (SipRequest) scene.lastSent();
        assertEquals("ACK", ack.method());
        assertEquals(invite.requestUri(), ack.requestUri());
        assertEquals(invite.topVia(), ack.topVia());
        assertEquals(invite.routes(), ack.routes());
        assertEquals(invite.callId(), ack.callId());
        assertEquals(invite.from(), ack.from());
        assertEquals("theirtag", ack.to().tag());
        assertEquals("7 ACK", ack.cseq().toString());
    }

    @Test
    void endsAtOnceAfterARefusalOverTcp() {
        scene.request("INVITE", TCP);
        scene.receive(scene.answer(603), Scene.TCP);
        assertEquals(List.of("0 send INVITE", "0 send ACK", "0 told 603"), scene.log);
        assertEquals(0, scene.layer.size());
    }

    @Test
    void swallowsRepeatsOfAFinalAnswerUntilTimerK() {
        scene.request("BYE", UDP);
        scene.receive(scene.answer(200, "BYE", "theirtag"), Scene.UDP);
        scene.until(4_999).receive(scene.answer(200, "BYE", "theirtag"), Scene.UDP);
        assertEquals(1, scene.layer.size());
        scene.until(5_000);
        assertEquals(List.of("0 send BYE", "0 told 200"), scene.log);
        assertEquals(0, scene.layer.size());
    }

    @Test
    void tellsEveryRepeatAndForkOfA2xxUntilTimerMAndAfter() {
        scene.request("INVITE", UDP);
        scene.receive(scene.answer(200), Scene.UDP);
        scene.until(500).receive(scene.answer(200), Scene.UDP);
        scene.until(900).receive(scene.answer(200, "INVITE", "anotherfork"), Scene.UDP);
        scene.until(31_999);
        assertEquals(1, scene.layer.size());
        scene.until(32_000);
        assertEquals(0, scene.layer.size());
        scene.receive(scene.answer(200), Scene.UDP);
        assertEquals(
                List.of("0 send INVITE", "0 told 200", "500 stray 200", "900 stray 200", "32000 stray 200"), scene.log);
    }

    @Test
    void refusalAfterA2xxIsNotTold() {
        scene.request("INVITE", UDP);
        scene.receive(scene.answer(200), Scene.UDP).receive(scene.answer(486), Scene.UDP);
        assertEquals(List.of("0 send INVITE", "0 told 200"), scene.log);
    }

    @Test
    void holdsTheCancelUntilAProvisionalAnswerHasCome() {
        ClientTransactionId id = scene.request("INVITE", UDP);
        scene.layer.cancel(id, "SIP;cause=200;text=\"Call completed elsewhere\"", 0);
        assertEquals(List.of("0 send INVITE"), scene.log);
        scene.until(300).receive(scene.answer(180), Scene.UDP);
        assertEquals(List.of("0 send INVITE", "300 send CANCEL", "300 told 180"), scene.log);
        SipRequest invite = (SipRequest) Scene.parse(scene.sent.getFirst().bytes());
        SipRequest cancel = (SipRequest) scene.lastSent();
        assertEquals(invite.topVia(), cancel.topVia());
        assertEquals(invite.requestUri(), cancel.requestUri());
        assertEquals(invite.routes(), cancel.routes());
        assertEquals("7 CANCEL", cancel.cseq().toString());
        assertNull(cancel.to().tag());
        assertEquals("SIP;cause=200;text=\"Call completed elsewhere\"", cancel.header("Reason"));
    }

    @Test
    void cancelIsSentOnceHoweverOftenItIsAskedFor() {
        ClientTransactionId id = scene.request("INVITE", UDP);
        scene.receive(scene.answer(180), Scene.UDP);
        scene.layer.cancel(id, null, 0);
        scene.layer.cancel(id, null, 0);
        scene.receive(scene.answer(180), Scene.UDP);
        assertEquals(List.of("0 send INVITE", "0 told 180", "0 send CANCEL", "0 told 180"), scene.log);
    }

    @Test
    void theAnswerToTheCancelIsNotToldButThatToTheInviteIs() {
        ClientTransactionId id = scene.request("INVITE", UDP);
        scene.receive(scene.answer(180), Scene.UDP);
        scene.layer.cancel(id, null, 0);
        scene.receive(scene.answer(200, "CANCEL", "theirtag"), Scene.UDP).receive(scene.answer(487), Scene.UDP);
        assertEquals(List.of("0 send INVITE", "0 told 180", "0 send CANCEL", "0 send ACK", "0 told 487"), scene.log);
    }

    @Test
    void a200ThatCrossesTheCancelIsToldAsAny() {
        ClientTransactionId id = scene.request("INVITE", UDP);
        scene.receive(scene.answer(180), Scene.UDP);
        scene.layer.cancel(id, null, 0);
        scene.receive(scene.answer(200), Scene.UDP);
        assertEquals(List.of("0 send INVITE", "0 told 180", "0 send CANCEL", "0 told 200"), scene.log);
    }

    @Test
    void aCancelAfterTheFinalAnswerIsNotSent() {
        ClientTransactionId id = scene.request("INVITE", UDP);
        scene.receive(scene.answer(200), Scene.UDP);
        scene.layer.cancel(id, null, 0);
        assertEquals(List.of("0 send INVITE", "0 told 200"), scene.log);
    }

    @Test
    void givesUpACancelledInviteThatIsNeverAnswered() {
        ClientTransactionId id = scene.request("INVITE", TCP);
        scene.receive(scene.answer(180), Scene.TCP);
        scene.layer.cancel(id, null, 0);
        scene.until(32_000);
        assertEquals(List.of("0 send INVITE", "0 told 180", "0 send CANCEL", "32000 timeout"), scene.log);
        assertEquals(0, scene.layer.size());
    }

    @Test
    void putsAViaWithBranchAndRportOnTop() {
        scene.request("OPTIONS", UDP);
        assertEquals(
                "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKours;rport",
                scene.lastSent().topVia().toString());
    }

    @Test
    void aRequestOf1300BytesGoesByUdpAndOneOfMoreByTcp() {
        int head = Outbound.request(
                        new SipRequest(
                                "INFO",
                                Scene.outgoing("INFO", 0).requestUri(),
                                Scene.outgoing("INFO", 0)
                                        .headers()
                                        .prepend("Via", "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKours;rport"),
                                new byte[1000]),
                        UDP,
                        null)
                .bytes()
                .length;
        int fits = 1000 + 1300 - head;
        scene.layer.request(Scene.outgoing("INFO", fits), Scene.BRANCH, UDP, 0);
        assertEquals(1300, scene.sent.getLast().bytes().length);
        assertEquals(Transport.UDP, scene.sent.getLast().to().transport());
        scene.layer.request(Scene.outgoing("INFO", fits + 1), Scene.BRANCH + "2", UDP, 0);
        assertEquals(Transport.TCP, scene.sent.getLast().to().transport());
        assertEquals("TCP", scene.lastSent().topVia().transport());
    }

    @Test
    void aLongRequestGoesByUdpAgainWhenTcpIsRefused() {
        ClientTransactionId id = scene.layer.request(Scene.outgoing("INVITE", 2000), Scene.BRANCH, UDP, 0);
        scene.now = 40;
        scene.layer.transportFailed(id, 40);
        assertEquals(Transport.UDP, scene.sent.getLast().to().transport());
        assertEquals("UDP", scene.lastSent().topVia().transport());
        scene.until(541);
        assertEquals(List.of("0 send INVITE", "40 send INVITE", "540 send INVITE"), scene.log);
        scene.layer.transportFailed(id, 541);
        assertEquals("541 transport error", scene.log.getLast());
    }

    @Test
    void aLongRequestStaysOnUdpWhenTheContactSaysSo() {
        scene.layer.request(Scene.outgoing("INVITE", 2000), Scene.BRANCH, Destination.onlyUdp(Scene.PEER), 0);
        assertEquals(Transport.UDP, scene.sent.getLast().to().transport());
    }

    @Test
    void tellsATransportErrorOnceAndNothingAfterIt() {
        ClientTransactionId id = scene.request("INVITE", TCP);
        scene.layer.transportFailed(id, 0);
        scene.layer.transportFailed(id, 0);
        scene.until(40_000);
        assertEquals(List.of("0 send INVITE", "0 transport error"), scene.log);
        assertEquals(0, scene.layer.size());
    }

    @Test
    void aConnectionLostWhileItRingsEndsNothing() {
        ClientTransactionId id = scene.request("INVITE", TCP);
        scene.receive(scene.answer(180), Scene.TCP);
        scene.layer.transportFailed(id, 0);
        scene.receive(scene.answer(200), Scene.UDP);
        assertEquals(List.of("0 send INVITE", "0 told 180", "0 told 200"), scene.log);
    }

    @Test
    void answersOfAnotherBranchMethodOrWithTwoViasBelongToNothing() {
        scene.request("BYE", UDP);
        var bye = scene.answer(200, "BYE", "theirtag");
        assertFalse(scene.layer.receive(
                bye.withHeaders(bye.headers().with("Via", "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKnobody")),
                Scene.UDP,
                0));
        assertFalse(scene.layer.receive(bye.withHeaders(bye.headers().with("CSeq", "7 INFO")), Scene.UDP, 0));
        assertFalse(scene.layer.receive(
                bye.withHeaders(bye.headers().add("Via", "SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKx")), Scene.UDP, 0));
        assertEquals(List.of("0 send BYE"), scene.log);
        assertTrue(scene.layer.receive(bye, Scene.UDP, 0));
    }

    @Test
    void aRequestBeyondTheLimitFailsAndTheOthersGoOn() {
        Scene small = new Scene(new Limits(500, 4000, 5000, 200, 300_000, 1, 5, 1300));
        small.request("BYE", UDP);
        small.layer.request(Scene.outgoing("INFO", 0), "z9hG4bKother", UDP, 0);
        assertEquals(List.of("0 send BYE", "0 transport error"), small.log);
        assertEquals(1, small.layer.size());
        small.receive(small.answer(200, "BYE", "t"), Scene.UDP).until(5_000);
        small.layer.request(Scene.outgoing("INFO", 0), "z9hG4bKother", UDP, 5_000);
        assertEquals("5000 send INFO", small.log.getLast());
    }

    @Test
    void theAckToA2xxGetsAViaOnceAndGoesAgainUnchanged() {
        SipRequest ack = scene.layer.ready(Scene.outgoing("ACK", 0), "z9hG4bKack", UDP);
        scene.layer.send(ack, UDP, true);
        scene.layer.send(scene.layer.ready(ack, "z9hG4bKnew", UDP), UDP, false);
        assertEquals(
                Scene.parse(scene.sent.get(0).bytes()),
                Scene.parse(scene.sent.get(1).bytes()));
        assertEquals("z9hG4bKack", scene.lastSent().topVia().branch());
        assertFalse(scene.sent.get(0).again());
        assertTrue(scene.sent.get(1).again());
        assertEquals(0, scene.layer.size());
    }

    @Test
    void ackAndCancelAreNoTransactionsToAskFor() {
        assertThrows(IllegalArgumentException.class, () -> scene.request("ACK", UDP));
        assertThrows(IllegalArgumentException.class, () -> scene.request("CANCEL", UDP));
    }
}
