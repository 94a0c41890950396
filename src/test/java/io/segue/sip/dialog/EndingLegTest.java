package io.segue.sip.dialog;

import static io.segue.sip.dialog.Peer.ANSWER;
import static io.segue.sip.dialog.Peer.OFFER;
import static io.segue.sip.dialog.Peer.answered;
import static io.segue.sip.dialog.Peer.fromPhone;
import static io.segue.sip.dialog.Peer.reached;
import static io.segue.sip.dialog.Peer.request;
import static io.segue.sip.dialog.Peer.response;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.sip.dialog.News.Who;
import io.segue.sip.dialog.News.Why;
import io.segue.sip.message.SipRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** BYE from either side, or both (RFC 3261 15, RFC 3326). */
class EndingLegTest {
    private static final Command.HangUp HANG_UP = new Command.HangUp(List.of(Reason.NORMAL, Reason.sip(200, "Done")));

    @Test
    void saysByeWithEveryReason() {
        LegUnderTest leg = answered().on(HANG_UP);
        List<Effect> effects = leg.effects();
        assertEquals(new News.Ended(Who.WE, Why.BYE, 200, HANG_UP.reasons()), effects.get(0));
        SipRequest bye = assertInstanceOf(Effect.Request.class, effects.get(1)).request();
        assertEquals(
                List.of("Q.850;cause=16;text=\"Normal call clearing\"", "SIP;cause=200;text=\"Done\""),
                bye.headers().all("Reason"));
        assertEquals("caller", bye.to().tag());
        assertEquals("our1", bye.from().tag());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 481, 408, 500, 401})
    void isOverWithAnyFinalAnswerToItsBye(int status) {
        LegUnderTest leg = reached().on(HANG_UP);
        SipRequest bye = ((Effect.Request) leg.effects().getLast()).request();
        leg.respond(response(bye, 100, "phone", null));
        assertFalse(leg.session.over());
        leg.respond(response(bye, status, "phone", null));
        assertTrue(leg.session.over());
        assertEquals(List.of(), leg.effects());
    }

    @Test
    void isOverWhenItsByeIsNotAnsweredOrCannotBeSent() {
        LegUnderTest leg = reached().on(HANG_UP);
        SipRequest bye = ((Effect.Request) leg.effects().getLast()).request();
        assertTrue(leg.machine
                .step(leg.session, new Signal.TimedOut(bye), 0)
                .session()
                .over());
        assertTrue(leg.machine
                .step(leg.session, new Signal.Unsent(bye), 0)
                .session()
                .over());
    }

    @Test
    void answersAByeThatCrossedItsOwnWith200AndTellsTheEndOnce() {
        LegUnderTest leg = reached().on(HANG_UP);
        SipRequest bye = ((Effect.Request) leg.effects().getLast()).request();
        leg.request(fromPhone("BYE", 1, "phone", null)).answered(200);
        leg.respond(response(bye, 481, "phone", null));
        assertEquals(List.of(), leg.effects());
        assertTrue(leg.session.over());
    }

    @Test
    void answersTheirByeAndTellsItsReasons() {
        LegUnderTest leg =
                answered().request(request("BYE", 102, null, "Reason: Q.850 ;cause=31;text=\"a; \\\"b\\\"\"\r\n"));
        List<Effect> effects = leg.effects();
        assertEquals(
                200,
                assertInstanceOf(Effect.Respond.class, effects.get(0))
                        .response()
                        .status());
        assertEquals(
                new News.Ended(Who.PEER, Why.BYE, 200, List.of(new Reason("Q.850", 31, "a; \"b\""))), effects.get(1));
        assertTrue(leg.session.over());
        leg.on(HANG_UP).request(request("BYE", 103, null)).answered(481);
    }

    @Test
    void answersWhatWaitsForTheApplicationWith487WhenTheLegEnds() {
        LegUnderTest theirs = answered().request(request("INVITE", 102, OFFER)).forget();
        theirs.request(request("BYE", 103, null));
        List<Effect> effects = theirs.effects();
        assertEquals(
                200,
                assertInstanceOf(Effect.Respond.class, effects.get(0))
                        .response()
                        .status());
        assertEquals(
                487,
                assertInstanceOf(Effect.Respond.class, effects.get(1))
                        .response()
                        .status());
        LegUnderTest ours =
                answered().request(request("INVITE", 102, OFFER)).forget().on(HANG_UP);
        assertEquals(
                487,
                assertInstanceOf(Effect.Respond.class, ours.effects().get(1))
                        .response()
                        .status());
    }

    @Test
    void answersAnythingButByeWith481AfterItsOwn() {
        LegUnderTest leg = reached().on(HANG_UP).forget();
        leg.request(fromPhone("INVITE", 1, "phone", OFFER)).answered(481);
        leg.request(fromPhone("INFO", 2, "phone", null)).answered(481);
        leg.request(fromPhone("BYE", 3, "stranger", null)).answered(481);
    }

    @Test
    void saysByeOnce() {
        LegUnderTest leg = reached().on(HANG_UP).forget().on(HANG_UP);
        assertEquals(List.of(), leg.effects());
    }

    @Test
    void acknowledgesARepeated200AfterTheEnd() {
        LegUnderTest leg = reached();
        SipRequest invite = assertInstanceOf(Session.Confirmed.class, leg.session)
                .invitation()
                .sent();
        leg.request(fromPhone("BYE", 1, "phone", null)).forget();
        leg.respond(response(invite, 200, "phone", ANSWER)).only(Effect.Ack.class);
        leg.respond(response(invite, 200, "other", ANSWER));
        assertEquals(2, leg.effects().size(), "a fork that answers after the end is acknowledged and ended");
    }

    @Test
    void endsWhenAnInfoIsAnswered481ButNotWhenItIsRefused() {
        LegUnderTest leg = reached().on(new Command.Inform("text/plain", "x"));
        SipRequest info = leg.only(Effect.Request.class).request();
        for (int status : new int[] {200, 405, 415, 408, 500}) {
            leg.respond(response(info, status, "phone", null));
        }
        leg.on(new Signal.TimedOut(info)).on(new Signal.Unsent(info));
        assertEquals(List.of(), leg.effects());
        leg.respond(response(info, 481, "phone", null));
        assertEquals(
                Why.DIALOG_LOST,
                assertInstanceOf(News.Ended.class, leg.effects().getFirst()).why());
    }

    @Test
    void goesOnInAnotherProcess() {
        LegUnderTest leg = answered();
        leg.on(new Command.Inform("text/plain", "x")).forget();
        LegUnderTest other = new LegUnderTest();
        other.session = SessionMachine.resume(leg.dialog());
        other.request(request("INVITE", 102, OFFER)).only(News.RemoteChanged.class);
        other.on(new Command.Accept(ANSWER))
                .on(new Signal.Acknowledged(request("ACK", 102, null)))
                .forget();
        SipRequest bye = ((Effect.Request) other.on(HANG_UP).effects().getLast()).request();
        assertEquals(2, bye.cseq().number());
        assertEquals(
                List.of("<sip:p2.example.com;lr>", "<sip:p1.example.com;lr>"),
                bye.headers().all("Route"));
    }
}
