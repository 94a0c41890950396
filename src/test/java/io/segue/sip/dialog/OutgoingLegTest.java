package io.segue.sip.dialog;

import static io.segue.sip.dialog.Peer.ANSWER;
import static io.segue.sip.dialog.Peer.OFFER;
import static io.segue.sip.dialog.Peer.calling;
import static io.segue.sip.dialog.Peer.fromPhone;
import static io.segue.sip.dialog.Peer.invited;
import static io.segue.sip.dialog.Peer.outbound;
import static io.segue.sip.dialog.Peer.response;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.sip.dialog.News.Fault;
import io.segue.sip.dialog.News.Who;
import io.segue.sip.dialog.News.Why;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our INVITE until its final answer: progress, forks, CANCEL and its races. */
class OutgoingLegTest {
    private static final Command.HangUp HANG_UP = new Command.HangUp(List.of(Reason.COMPLETED_ELSEWHERE));

    private static SipRequest bye(Effect effect) {
        SipRequest request = assertInstanceOf(Effect.Request.class, effect).request();
        assertEquals("BYE", request.method());
        return request;
    }

    private static void assertAck(SipRequest invite, String tag, Effect effect) {
        SipRequest ack = assertInstanceOf(Effect.Ack.class, effect).ack();
        assertEquals("ACK", ack.method());
        assertEquals(invite.cseq().number(), ack.cseq().number());
        assertEquals(tag, ack.to().tag());
        assertEquals("sip:anna@192.0.2.50:5070;fork=" + tag, ack.requestUri().toString());
    }

    @Test
    void invitesWithTheHeadersGivenAndAnOffer() {
        SipRequest invite = calling(outbound()).only(Effect.Request.class).request();
        assertEquals("sip:anna@192.0.2.50:5070", invite.requestUri().toString());
        assertEquals("0123456789abcdef0123456789abcdef", invite.header("X-Segue-Call"));
        assertEquals("Auto", invite.header("Answer-Mode"));
        assertEquals("our1", invite.from().tag());
        assertNull(invite.to().tag());
        assertEquals(OFFER, Bodies.sdp(invite));
        assertEquals("1 INVITE", invite.header("CSeq"));
    }

    @Test
    void goesThroughTheProxiesGiven() {
        Outbound direct = outbound();
        Outbound routed = new Outbound(
                direct.target(),
                direct.callId(),
                direct.from(),
                direct.to(),
                direct.contact(),
                List.of("<sip:edge.example.com;lr>"),
                direct.headers(),
                direct.sdp(),
                null);
        assertEquals(
                "<sip:edge.example.com;lr>",
                calling(routed).only(Effect.Request.class).request().header("Route"));
    }

    @Test
    void tellsProgressButNot100() {
        LegUnderTest leg = calling(outbound()).forget();
        leg.respond(response(invited(leg), 100, null, null));
        assertEquals(List.of(), leg.effects());
        leg.respond(response(invited(leg), 180, "phone", null));
        assertEquals(new News.Progress(180, null), leg.only(News.Progress.class));
        leg.respond(response(invited(leg), 183, "phone", ANSWER));
        assertEquals(new News.Progress(183, ANSWER), leg.only(News.Progress.class));
    }

    @Test
    void acknowledgesThe2xxAndIsEstablished() {
        LegUnderTest leg = calling(outbound()).forget();
        SipRequest invite = invited(leg);
        leg.respond(response(invite, 200, "phone", ANSWER));
        List<Effect> effects = leg.effects();
        assertAck(invite, "phone", effects.get(0));
        assertEquals(List.of(new News.Answered(ANSWER), new News.Established()), effects.subList(1, 3));
        assertFalse(leg.dialog().early());
    }

    @Test
    void acknowledgesEachRepeated2xxAndTellsItOnce() {
        LegUnderTest leg = Peer.reached();
        SipRequest invite = assertInstanceOf(Session.Confirmed.class, leg.session)
                .invitation()
                .sent();
        leg.respond(response(invite, 200, "phone", ANSWER)).respond(response(invite, 200, "phone", ANSWER));
        List<Effect> effects = leg.effects();
        assertEquals(2, effects.size());
        effects.forEach(effect -> assertAck(invite, "phone", effect));
    }

    @Test
    void acknowledgesARepeated2xxAfterItsProcessWasReplaced() {
        LegUnderTest leg = Peer.reached();
        SipRequest invite = assertInstanceOf(Session.Confirmed.class, leg.session)
                .invitation()
                .sent();
        leg.session = SessionMachine.resume(leg.dialog());
        leg.respond(response(invite, 200, "phone", ANSWER));
        assertAck(invite, "phone", leg.only(Effect.Ack.class));
    }

    @Test
    void takesTheDescriptionOfThe183WhereThe200HasNone() {
        LegUnderTest leg = calling(outbound());
        leg.respond(response(invited(leg), 183, "phone", ANSWER)).forget();
        leg.respond(response(invited(leg), 200, "phone", null));
        assertEquals(new News.Answered(ANSWER), leg.effects().get(1));
    }

    @Test
    void takesNoDescriptionOfAnotherForksEarlyMedia() {
        LegUnderTest leg = calling(outbound());
        leg.respond(response(invited(leg), 183, "other", ANSWER)).forget();
        leg.respond(response(invited(leg), 200, "phone", null));
        assertEquals(
                Fault.NO_SDP,
                assertInstanceOf(News.Failed.class, leg.effects().get(1)).fault());
    }

    @Test
    void acknowledgesAndEndsA200WithoutSdp() {
        LegUnderTest leg = calling(outbound()).forget();
        SipRequest invite = invited(leg);
        leg.respond(response(invite, 200, "phone", null));
        List<Effect> effects = leg.effects();
        assertAck(invite, "phone", effects.get(0));
        News.Failed failed = assertInstanceOf(News.Failed.class, effects.get(1));
        assertEquals(Fault.NO_SDP, failed.fault());
        assertEquals(488, failed.status());
        SipRequest bye = bye(effects.get(2));
        assertEquals(3, effects.size());
        leg.respond(response(bye, 200, "phone", null));
        assertTrue(leg.session.over());
    }

    @Test
    void keepsTheFirstOfTwo200sAndEndsTheOther() {
        LegUnderTest leg = calling(outbound()).forget();
        SipRequest invite = invited(leg);
        leg.respond(response(invite, 180, "phone", null)).respond(response(invite, 180, "desk", null));
        leg.respond(response(invite, 200, "desk", ANSWER)).forget();
        leg.respond(response(invite, 200, "phone", ANSWER));
        List<Effect> effects = leg.effects();
        assertEquals(2, effects.size());
        assertAck(invite, "phone", effects.get(0));
        SipRequest bye = bye(effects.get(1));
        assertEquals("phone", bye.to().tag());
        assertEquals("SIP;cause=200;text=\"Call completed elsewhere\"", bye.header("Reason"));
        leg.respond(response(invite, 200, "phone", ANSWER));
        assertAck(invite, "phone", leg.only(Effect.Ack.class));
        leg.respond(response(bye, 200, "phone", null)).on(new Signal.TimedOut(bye));
        assertEquals(List.of(), leg.effects());
        assertEquals("desk", leg.dialog().id().remoteTag(), "the winner stays");
        assertInstanceOf(Session.Confirmed.class, leg.session);
    }

    @Test
    void endsForksPastItsLimitEachTimeTheyAnswer() {
        LegUnderTest leg = Peer.reached();
        SipRequest invite = assertInstanceOf(Session.Confirmed.class, leg.session)
                .invitation()
                .sent();
        for (String tag : List.of("f1", "f2", "f3")) {
            leg.respond(response(invite, 200, tag, ANSWER)).forget();
        }
        leg.respond(response(invite, 200, "f2", ANSWER));
        assertEquals(1, leg.effects().size(), "at the limit: remembered as ended");
        leg.respond(response(invite, 200, "f3", ANSWER));
        assertEquals(2, leg.effects().size(), "one past it: ended once more");
    }

    @Test
    void remembersEarlyDialogsUpToItsLimit() {
        LegUnderTest leg = calling(outbound()).forget();
        for (String tag : List.of("f1", "f2", "f3")) {
            leg.respond(response(invited(leg), 180, tag, null));
        }
        assertEquals(3, leg.effects().size());
        leg.request(fromPhone("UPDATE", 1, "f2", null)).answered(200);
        leg.request(fromPhone("UPDATE", 1, "f3", null)).answered(481);
        leg.respond(response(invited(leg), 200, "f3", ANSWER));
        assertInstanceOf(Session.Confirmed.class, leg.session, "a fork that was not remembered may still answer");
    }

    @Test
    void cancelsOnlyAfterAProvisionalAnswer() {
        LegUnderTest leg = calling(outbound()).forget().on(HANG_UP);
        assertEquals(List.of(), leg.effects());
        leg.respond(response(invited(leg), 100, null, null));
        Effect.Cancel cancel = leg.only(Effect.Cancel.class);
        assertEquals(invited(leg), cancel.invite());
        assertEquals(List.of(Reason.COMPLETED_ELSEWHERE), cancel.reasons());
        leg.respond(response(invited(leg), 180, "phone", null)).on(HANG_UP);
        assertEquals(List.of(), leg.effects(), "once is enough");
        leg.respond(response(invited(leg), 487, "phone", null));
        assertEquals(
                new News.Ended(Who.WE, Why.CANCELLED, 487, List.of(Reason.COMPLETED_ELSEWHERE)),
                leg.only(News.Ended.class));
        assertTrue(leg.session.over());
        assertTrue(leg.timers.isEmpty());
    }

    @Test
    void cancelsAtOnceWhenItRings() {
        LegUnderTest leg = calling(outbound());
        leg.respond(response(invited(leg), 180, "phone", null)).forget().on(HANG_UP);
        leg.only(Effect.Cancel.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {486, 603, 408, 500, 302, 401})
    void callsAnyFinalAnswerAfterItsCancelCancelled(int status) {
        LegUnderTest leg = calling(outbound());
        leg.respond(response(invited(leg), 180, "phone", null)).on(HANG_UP).forget();
        leg.respond(response(invited(leg), status, "phone", null));
        assertEquals(status, leg.only(News.Ended.class).status());
    }

    @Test
    void givesUpACancelledInvite64T1AfterItsCancel() {
        LegUnderTest leg = calling(outbound());
        leg.respond(response(invited(leg), 180, "phone", null)).on(HANG_UP).forget();
        assertEquals(List.of(), leg.pass(31_999).effects());
        assertEquals(408, leg.pass(1).only(News.Ended.class).status());
        assertTrue(leg.session.over());
    }

    @Test
    void tellsA200ThatCrossedTheCancelAndKeepsItWhenNobodyObjects() {
        LegUnderTest leg = calling(outbound());
        SipRequest invite = invited(leg);
        leg.respond(response(invite, 180, "phone", null)).on(HANG_UP).forget();
        leg.respond(response(invite, 200, "phone", ANSWER));
        List<Effect> effects = leg.effects();
        assertAck(invite, "phone", effects.get(0));
        assertEquals(new News.AnsweredLate(ANSWER), effects.get(1));
        assertEquals(2, effects.size());
        assertTrue(leg.timers.isEmpty());
        leg.request(fromPhone("OPTIONS", 1, "phone", null)).answered(200);
        assertInstanceOf(Session.Confirmed.class, leg.session);
    }

    @Test
    void endsA200ThatCrossedTheCancelWhenSomebodyElseHasWon() {
        LegUnderTest leg = calling(outbound());
        SipRequest invite = invited(leg);
        leg.respond(response(invite, 180, "phone", null)).on(HANG_UP);
        leg.respond(response(invite, 200, "phone", ANSWER)).forget().on(HANG_UP);
        List<Effect> effects = leg.effects();
        assertEquals(new News.Ended(Who.WE, Why.BYE, 200, HANG_UP.reasons()), effects.get(0));
        assertEquals(
                "SIP;cause=200;text=\"Call completed elsewhere\"",
                bye(effects.get(1)).header("Reason"));
    }

    @Test
    void tellsA200ThatCameBeforeAnythingCouldBeCancelled() {
        LegUnderTest leg = calling(outbound()).on(HANG_UP).forget();
        leg.respond(response(invited(leg), 200, "phone", ANSWER));
        assertEquals(new News.AnsweredLate(ANSWER), leg.effects().get(1));
    }

    @Test
    void acknowledgesAndEndsA200ThatComesAfterTheCancelledInviteWasGivenUp() {
        LegUnderTest leg = calling(outbound());
        SipRequest invite = invited(leg);
        leg.respond(response(invite, 180, "phone", null))
                .on(HANG_UP)
                .pass(32_000)
                .forget();
        leg.respond(response(invite, 200, "phone", ANSWER));
        List<Effect> effects = leg.effects();
        assertAck(invite, "phone", effects.get(0));
        bye(effects.get(1));
        assertEquals(2, effects.size(), "and says nothing more to the application");
    }

    @Test
    void failsWithTheEvidence() {
        LegUnderTest leg = calling(outbound()).forget();
        SipResponse busy = response(invited(leg), 486, "phone", null)
                .with("Retry-After", "18 (in a meeting);duration=3600")
                .with("Reason", "Q.850;cause=17;text=\"User busy\"");
        leg.respond(busy);
        assertEquals(
                new News.Failed(
                        Fault.REFUSED,
                        486,
                        "So",
                        OptionalLong.of(18),
                        List.of(new Reason("Q.850", 17, "User busy")),
                        List.of()),
                leg.only(News.Failed.class));
        assertTrue(leg.session.over());
    }

    @Test
    void tellsWhereARedirectPoints() {
        LegUnderTest leg = calling(outbound()).forget();
        leg.respond(response(invited(leg), 302, "phone", null).with("Contact", "<sip:anna@home.example.com>;q=0.5"));
        assertEquals(
                List.of("<sip:anna@home.example.com>;q=0.5"),
                leg.only(News.Failed.class).contacts());
    }

    @ParameterizedTest
    @CsvSource({"true,NO_RESPONSE,408", "false,UNREACHABLE,503"})
    void failsWhenNobodyAnswersOrNothingCanBeSent(boolean sent, Fault fault, int status) {
        LegUnderTest leg = calling(outbound()).forget();
        leg.on(sent ? new Signal.TimedOut(invited(leg)) : new Signal.Unsent(invited(leg)));
        News.Failed failed = leg.only(News.Failed.class);
        assertEquals(fault, failed.fault());
        assertEquals(status, failed.status());
    }

    @Test
    void isCancelledWhenNobodyEverAnsweredAndItWasToHangUp() {
        LegUnderTest leg = calling(outbound()).on(HANG_UP).forget();
        leg.on(new Signal.TimedOut(invited(leg)));
        assertEquals(Why.CANCELLED, leg.only(News.Ended.class).why());
    }

    @Test
    void ignoresAnswersToAnotherInvite() {
        LegUnderTest leg = calling(outbound()).forget();
        SipResponse other = response(invited(leg), 200, "phone", ANSWER);
        leg.respond(other.with("CSeq", "9 INVITE")).respond(other.with("Call-ID", "other"));
        leg.respond(other.with("From", "<sip:x@y>;tag=other"));
        assertEquals(List.of(), leg.effects());
        assertInstanceOf(Session.Outgoing.class, leg.session);
    }

    @Test
    void refusesAnOfferByUpdateBeforeTheAnswerWith491() {
        LegUnderTest leg = calling(outbound());
        leg.respond(response(invited(leg), 180, "phone", null)).forget();
        leg.request(fromPhone("UPDATE", 1, "phone", OFFER)).answered(491);
    }

    @Test
    void countsThePhonesNumbersOnFromItsEarlyDialog() {
        LegUnderTest leg = calling(outbound());
        leg.respond(response(invited(leg), 180, "phone", null)).forget();
        leg.request(fromPhone("UPDATE", 5, "phone", null)).answered(200);
        leg.respond(response(invited(leg), 200, "phone", ANSWER)).forget();
        leg.request(fromPhone("OPTIONS", 5, "phone", null)).answered(500);
        leg.request(fromPhone("OPTIONS", 6, "phone", null)).answered(200);
    }

    @Test
    void tellsADigitThatIsPressedWhileItRings() {
        LegUnderTest leg = calling(outbound());
        leg.respond(response(invited(leg), 183, "phone", ANSWER)).forget();
        SipRequest info = fromPhone("INFO", 1, "phone", null)
                .withBody("application/dtmf", "5".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        leg.request(info);
        assertEquals(new News.Digit('5'), leg.effects().get(1));
    }
}
