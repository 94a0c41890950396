package io.segue.sip.dialog;

import static io.segue.sip.dialog.Peer.ANSWER;
import static io.segue.sip.dialog.Peer.OFFER;
import static io.segue.sip.dialog.Peer.answered;
import static io.segue.sip.dialog.Peer.fromPhone;
import static io.segue.sip.dialog.Peer.reached;
import static io.segue.sip.dialog.Peer.request;
import static io.segue.sip.dialog.Peer.response;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.sip.message.SipRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our own re-INVITE, alone and against the peer's (RFC 3261 14.1, 14.2). */
class GlareTest {
    private static final String NEW_OFFER = "v=0 new\r\n";

    private static SipRequest offered(LegUnderTest leg) {
        SipRequest invite =
                leg.on(new Command.Offer(NEW_OFFER)).only(Effect.Request.class).request();
        assertEquals("INVITE", invite.method());
        assertEquals(NEW_OFFER, Bodies.sdp(invite));
        return invite;
    }

    @Test
    void offersAndAcknowledgesTheAnswer() {
        LegUnderTest leg = reached();
        SipRequest invite = offered(leg);
        assertEquals(2, invite.cseq().number());
        leg.respond(response(invite, 100, "phone", null)).respond(response(invite, 200, "phone", ANSWER));
        List<Effect> effects = leg.effects();
        assertEquals(
                2,
                assertInstanceOf(Effect.Ack.class, effects.get(0)).ack().cseq().number());
        assertEquals(new News.Answered(ANSWER), effects.get(1));
        leg.respond(response(invite, 200, "phone", ANSWER));
        assertEquals(2, leg.only(Effect.Ack.class).ack().cseq().number(), "the 200 once more");
    }

    @Test
    void refusesTheirReInviteAndUpdateWith491WhileOursRuns() {
        LegUnderTest leg = reached();
        SipRequest invite = offered(leg);
        leg.request(fromPhone("INVITE", 1, "phone", OFFER)).answered(491);
        leg.request(fromPhone("UPDATE", 2, "phone", OFFER)).answered(491);
        leg.respond(response(invite, 200, "phone", ANSWER)).forget();
        leg.request(fromPhone("INVITE", 3, "phone", OFFER)).only(News.RemoteChanged.class);
    }

    @ParameterizedTest
    @CsvSource({"0,2100", "190,4000", "7,2170"})
    void offersAgainAfterTwoToFourSecondsWhenItMadeTheCallId(int random, long waitMs) {
        LegUnderTest leg = reached();
        leg.ids.random = random;
        SipRequest first = offered(leg);
        leg.respond(response(first, 491, "phone", null));
        assertEquals(List.of(), leg.pass(waitMs - 1).effects());
        SipRequest second = leg.pass(1).only(Effect.Request.class).request();
        assertEquals(first.cseq().number() + 1, second.cseq().number());
        assertEquals(NEW_OFFER, Bodies.sdp(second));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "200,2000", "33,330"})
    void offersAgainWithinTwoSecondsWhenThePeerMadeTheCallId(int random, long waitMs) {
        LegUnderTest leg = answered();
        leg.ids.random = random;
        SipRequest first = offered(leg);
        leg.respond(response(first, 491, "caller", null));
        if (waitMs > 0) {
            assertEquals(List.of(), leg.pass(waitMs - 1).effects());
            leg.pass(1);
        } else {
            leg.pass(0);
        }
        assertEquals(NEW_OFFER, Bodies.sdp(leg.only(Effect.Request.class).request()));
    }

    @Test
    void givesItsOfferUpWhenThePeerChangedTheSessionInTheMeantime() {
        LegUnderTest leg = reached();
        leg.respond(response(offered(leg), 491, "phone", null)).forget();
        leg.request(fromPhone("INVITE", 1, "phone", OFFER)).forget().on(new Command.Accept(ANSWER));
        List<Effect> effects = leg.effects();
        assertEquals(
                200,
                assertInstanceOf(Effect.Respond.class, effects.get(0))
                        .response()
                        .status());
        assertEquals(new News.OfferRefused(491), effects.get(1));
        leg.on(new Signal.Acknowledged(fromPhone("ACK", 1, "phone", null)));
        assertEquals(List.of(), leg.pass(60_000).effects());
    }

    @Test
    void keepsItsOfferWaitingWhenThePeersWasRefused() {
        LegUnderTest leg = reached();
        leg.respond(response(offered(leg), 491, "phone", null)).forget();
        leg.request(fromPhone("INVITE", 1, "phone", OFFER))
                .on(new Command.Refuse(488, "No"))
                .forget();
        assertEquals(
                NEW_OFFER, Bodies.sdp(leg.pass(4_000).only(Effect.Request.class).request()));
    }

    @Test
    void startsNoInviteWhileThePeersRuns() {
        LegUnderTest leg = answered().request(request("INVITE", 102, OFFER)).forget();
        leg.on(new Command.Offer(NEW_OFFER));
        assertEquals(List.of(), leg.effects());
        leg.on(new Command.Refuse(488, "No")).answered(488);
        assertEquals(
                NEW_OFFER, Bodies.sdp(leg.pass(500).only(Effect.Request.class).request()));
    }

    @Test
    void takesTheNewerOfTwoOffersWhileItWaitsAndRefusesOneBesideOneThatRuns() {
        LegUnderTest leg = reached();
        leg.respond(response(offered(leg), 491, "phone", null)).forget();
        leg.on(new Command.Offer("v=0 newer\r\n"));
        assertEquals(List.of(), leg.effects());
        assertEquals(
                "v=0 newer\r\n",
                Bodies.sdp(leg.pass(4_000).only(Effect.Request.class).request()));
        assertEquals(
                new News.OfferRefused(491), leg.on(new Command.Offer(OFFER)).only(News.OfferRefused.class));
    }

    @ParameterizedTest
    @ValueSource(ints = {488, 500, 503, 603, 302, 401})
    void keepsTheSessionWhenItsOfferIsRefused(int status) {
        LegUnderTest leg = reached();
        leg.respond(response(offered(leg), status, "phone", null));
        assertEquals(new News.OfferRefused(status), leg.only(News.OfferRefused.class));
        assertInstanceOf(Session.Confirmed.class, leg.session);
        offered(leg);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 481})
    void endsTheLegWithAByeWhenThePeerHasLostTheDialog(int status) {
        LegUnderTest leg = reached();
        leg.respond(response(offered(leg), status, "phone", null));
        List<Effect> effects = leg.effects();
        assertEquals(new News.Ended(News.Who.PEER, News.Why.DIALOG_LOST, status, List.of()), effects.get(0));
        assertEquals(
                "BYE",
                assertInstanceOf(Effect.Request.class, effects.get(1)).request().method());
    }

    @Test
    void endsTheLegWhenItsOfferIsNeverAnswered() {
        LegUnderTest leg = reached();
        leg.on(new Signal.TimedOut(offered(leg)));
        assertEquals(
                News.Why.DIALOG_LOST,
                assertInstanceOf(News.Ended.class, leg.effects().getFirst()).why());
    }

    @Test
    void keepsTheLegWhenItsOfferCouldNotBeSent() {
        LegUnderTest leg = reached();
        leg.on(new Signal.Unsent(offered(leg)));
        assertEquals(new News.OfferRefused(503), leg.only(News.OfferRefused.class));
        assertInstanceOf(Session.Confirmed.class, leg.session);
    }

    @Test
    void acknowledgesA200WithoutSdpAndKeepsTheSession() {
        LegUnderTest leg = reached();
        leg.respond(response(offered(leg), 200, "phone", null));
        assertInstanceOf(Effect.Ack.class, leg.effects().getFirst());
        assertInstanceOf(Session.Confirmed.class, leg.session);
    }

    @Test
    void acknowledgesA200ToItsOfferThatCrossedItsBye() {
        LegUnderTest leg = reached();
        SipRequest invite = offered(leg);
        leg.on(new Command.HangUp(List.of())).forget();
        leg.respond(response(invite, 200, "phone", ANSWER));
        assertEquals(
                invite.cseq().number(), leg.only(Effect.Ack.class).ack().cseq().number());
    }

    @Test
    void stopsWaitingWhenTheLegEnds() {
        LegUnderTest leg = reached();
        leg.respond(response(offered(leg), 491, "phone", null));
        leg.request(fromPhone("BYE", 1, "phone", null)).forget();
        assertTrue(leg.timers.isEmpty());
    }
}
