package io.segue.sip.dialog;

import static io.segue.sip.dialog.Peer.ANSWER;
import static io.segue.sip.dialog.Peer.OFFER;
import static io.segue.sip.dialog.Peer.called;
import static io.segue.sip.dialog.Peer.invite;
import static io.segue.sip.dialog.Peer.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.sip.dialog.News.Who;
import io.segue.sip.dialog.News.Why;
import io.segue.sip.message.Headers;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A caller's INVITE until it is answered and acknowledged. */
class IncomingLegTest {
    private static Signal.Acknowledged ack(String sdp) {
        return new Signal.Acknowledged(request("ACK", 101, sdp));
    }

    private static Signal.Cancelled cancel() {
        SipRequest invite = invite(OFFER);
        return new Signal.Cancelled(
                LegUnderTest.id(invite), request("CANCEL", 101, null, "Reason: SIP;cause=487, Q.850;cause=16\r\n"));
    }

    @Test
    void asksTheApplicationAboutTheOffer() {
        assertEquals(new News.Offered(OFFER), called(OFFER).only(News.Offered.class));
    }

    @Test
    void findsTheOfferInAMultipartBody() {
        SipRequest invite = invite(null)
                .withBody(
                        "multipart/mixed;boundary=b",
                        ("--b\r\nContent-Type: text/xml\r\n\r\n<x/>\r\n--b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n--b--")
                                .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        LegUnderTest leg = new LegUnderTest();
        leg.begin(leg.machine.incoming(LegUnderTest.id(invite), invite, Peer.CONTACT, 0));
        assertEquals(new News.Offered("v=0"), leg.only(News.Offered.class));
    }

    @Test
    void asksForAnOfferWhereTheInviteBringsNone() {
        called(null).only(News.OfferAsked.class);
    }

    @Test
    void refusesAnInviteWithoutAContactBecauseNoDialogCanComeOfIt() {
        SipRequest invite = invite(OFFER);
        invite = invite.withHeaders(invite.headers().without("Contact"));
        LegUnderTest leg = new LegUnderTest();
        leg.begin(leg.machine.incoming(LegUnderTest.id(invite), invite, Peer.CONTACT, 0));
        List<Effect> effects = leg.effects();
        assertEquals(
                400,
                assertInstanceOf(Effect.Respond.class, effects.get(0))
                        .response()
                        .status());
        assertEquals(new News.Ended(Who.WE, Why.REJECTED, 400, List.of()), effects.get(1));
        assertTrue(leg.session.over());
    }

    @Test
    void ringsWithTagContactAndRecordRouteAndSaysItAgainEveryMinute() {
        LegUnderTest leg = called(OFFER).forget().on(new Command.Ring(180, null));
        SipResponse ringing = leg.answered(180);
        assertEquals("our1", ringing.to().tag());
        assertEquals(Peer.CONTACT, ringing.header("Contact"));
        assertEquals(
                List.of("<sip:p2.example.com;lr>", "<sip:p1.example.com;lr>"),
                ringing.headers().all("Record-Route"));
        assertEquals(0, ringing.body().length);
        leg.pass(59_999);
        assertTrue(leg.effects().isEmpty());
        leg.pass(1);
        assertEquals(ringing, leg.answered(180));
        leg.on(new Command.Answer(ANSWER)).forget().pass(400);
        assertFalse(leg.timers.containsKey(TimerKind.REPEAT_PROGRESS));
    }

    @Test
    void givesEarlyMediaOnlyWhereThereIsAnOfferToAnswer() {
        assertEquals(
                ANSWER,
                Bodies.sdp(
                        called(OFFER).forget().on(new Command.Ring(183, ANSWER)).answered(183)));
        assertNull(Bodies.sdp(
                called(null).forget().on(new Command.Ring(183, ANSWER)).answered(183)));
    }

    @Test
    void answersAndIsEstablishedByTheAck() {
        LegUnderTest leg = called(OFFER).forget().on(new Command.Answer(ANSWER));
        SipResponse ok = leg.answered(200);
        assertEquals(ANSWER, Bodies.sdp(ok));
        assertEquals("our1", ok.to().tag());
        assertEquals(Peer.CONTACT, ok.header("Contact"));
        assertTrue(ok.headers().has("Allow"));
        leg.on(ack(null)).only(News.Established.class);
        assertTrue(leg.timers.isEmpty());
        assertFalse(leg.dialog().early());
        assertEquals(List.of(), leg.on(ack(null)).effects(), "an ACK that came twice");
    }

    @Test
    void offersInThe200AndTakesTheAnswerFromTheAckOfADelayedOffer() {
        LegUnderTest leg = called(null).forget().on(new Command.Answer(OFFER));
        assertEquals(OFFER, Bodies.sdp(leg.answered(200)));
        leg.on(ack(ANSWER));
        assertEquals(List.of(new News.Answered(ANSWER), new News.Established()), leg.effects());
    }

    @Test
    void endsADelayedOfferThatTheAckDoesNotAnswer() {
        LegUnderTest leg = called(null).on(new Command.Answer(OFFER)).forget().on(ack(null));
        List<Effect> effects = leg.effects();
        assertEquals(new News.Ended(Who.WE, Why.NO_ANSWER_IN_ACK, 488, List.of()), effects.get(0));
        assertEquals(
                "BYE",
                assertInstanceOf(Effect.Request.class, effects.get(1)).request().method());
    }

    @Test
    void repeatsThe200FromT1ToT2UntilTheAck() {
        LegUnderTest leg = called(OFFER).forget().on(new Command.Answer(ANSWER));
        SipResponse ok = leg.answered(200);
        for (long ms : new long[] {500, 1_000, 2_000, 4_000, 4_000}) {
            leg.pass(ms - 1);
            assertEquals(List.of(), leg.effects());
            leg.pass(1);
            assertEquals(ok, leg.only(Effect.Retransmit2xx.class).response());
        }
        leg.on(ack(null)).only(News.Established.class);
        assertEquals(List.of(), leg.pass(60_000).effects());
    }

    @Test
    void saysByeWhenTheAckHasNotComeAfter64T1() {
        LegUnderTest leg =
                called(OFFER).on(new Command.Answer(ANSWER)).pass(31_999).forget();
        leg.pass(1);
        List<Effect> effects = leg.effects();
        assertEquals(new News.Ended(Who.PEER, Why.NO_ACK, 408, List.of()), effects.get(0));
        SipRequest bye = assertInstanceOf(Effect.Request.class, effects.get(1)).request();
        assertEquals("BYE", bye.method());
        assertEquals(2, effects.size());
        leg.respond(Peer.response(bye, 200, null, null));
        assertTrue(leg.session.over());
        assertEquals(List.of(), leg.pass(60_000).effects());
    }

    @Test
    void ignoresAnAckOfAnotherDialogOrInvite() {
        LegUnderTest leg = called(OFFER).on(new Command.Answer(ANSWER)).forget();
        leg.on(new Signal.Acknowledged(request("ACK", 100, null)));
        SipRequest foreign = request("ACK", 101, null);
        leg.on(new Signal.Acknowledged(foreign.withHeaders(foreign.headers().with("From", "<sip:x@y>;tag=other"))));
        assertEquals(List.of(), leg.effects());
        assertTrue(leg.timers.containsKey(TimerKind.REPEAT_2XX));
    }

    @Test
    void answersCancelBeforeTheAnswerWith487AndTellsItsReasons() {
        LegUnderTest leg =
                called(OFFER).on(new Command.Ring(180, null)).forget().on(cancel());
        List<Effect> effects = leg.effects();
        assertEquals(
                487,
                assertInstanceOf(Effect.Respond.class, effects.get(0))
                        .response()
                        .status());
        assertEquals(
                new News.Ended(
                        Who.PEER,
                        Why.CANCELLED,
                        487,
                        List.of(new Reason("SIP", 487, null), new Reason("Q.850", 16, null))),
                effects.get(1));
        assertTrue(leg.session.over());
        assertTrue(leg.timers.isEmpty());
        assertEquals(List.of(), leg.on(new Command.Answer(ANSWER)).effects(), "an answer that came too late");
    }

    @Test
    void doesNothingAboutACancelThatCrossedThe200() {
        LegUnderTest leg = called(OFFER).on(new Command.Answer(ANSWER)).forget().on(cancel());
        assertEquals(List.of(), leg.effects());
        leg.on(ack(null)).only(News.Established.class);
        leg.request(request("BYE", 102, null));
        assertEquals(
                200,
                assertInstanceOf(Effect.Respond.class, leg.effects().getFirst())
                        .response()
                        .status());
    }

    @Test
    void answersAnEarlyByeWith200AndTheInviteWith487() {
        LegUnderTest leg = called(OFFER).forget().request(request("BYE", 102, null, "Reason: Q.850;cause=31\r\n"));
        List<Effect> effects = leg.effects();
        assertEquals(
                200,
                assertInstanceOf(Effect.Respond.class, effects.get(0))
                        .response()
                        .status());
        Effect.Respond second = assertInstanceOf(Effect.Respond.class, effects.get(1));
        assertEquals(487, second.response().status());
        assertEquals("INVITE", second.id().method());
        assertEquals(new News.Ended(Who.PEER, Why.BYE, 200, List.of(new Reason("Q.850", 31, null))), effects.get(2));
    }

    @Test
    void takesAByeInPlaceOfTheAck() {
        LegUnderTest leg = called(OFFER).on(new Command.Answer(ANSWER)).forget().request(request("BYE", 102, null));
        List<Effect> effects = leg.effects();
        assertEquals(
                200,
                assertInstanceOf(Effect.Respond.class, effects.get(0))
                        .response()
                        .status());
        assertEquals(new News.Ended(Who.PEER, Why.BYE, 200, List.of()), effects.get(1));
        assertEquals(List.of(), leg.pass(60_000).effects());
    }

    @Test
    void refusesAsToldWithTheHeadersGiven() {
        LegUnderTest leg = called(OFFER).forget();
        leg.on(new Command.Reject(503, "Full", Headers.of("Retry-After", "7")));
        List<Effect> effects = leg.effects();
        SipResponse refused =
                assertInstanceOf(Effect.Respond.class, effects.get(0)).response();
        assertEquals(503, refused.status());
        assertEquals("Full", refused.reason());
        assertEquals("7", refused.header("Retry-After"));
        assertEquals("our1", refused.to().tag());
        assertEquals(new News.Ended(Who.WE, Why.REJECTED, 503, List.of()), effects.get(1));
    }

    @Test
    void hangsUpBeforeTheAnswerWith480AndTheReason() {
        LegUnderTest leg = called(OFFER).forget().on(new Command.HangUp(List.of(Reason.NORMAL)));
        List<Effect> effects = leg.effects();
        SipResponse refused =
                assertInstanceOf(Effect.Respond.class, effects.get(0)).response();
        assertEquals(480, refused.status());
        assertEquals("Q.850;cause=16;text=\"Normal call clearing\"", refused.header("Reason"));
        assertEquals(new News.Ended(Who.WE, Why.REJECTED, 480, List.of(Reason.NORMAL)), effects.get(1));
    }

    @Test
    void waitsWithItsByeForTheAck() {
        LegUnderTest leg = called(OFFER).on(new Command.Answer(ANSWER)).forget();
        leg.on(new Command.HangUp(List.of(Reason.NORMAL)));
        assertEquals(new News.Ended(Who.WE, Why.BYE, 200, List.of(Reason.NORMAL)), leg.only(News.Ended.class));
        assertEquals(
                200, leg.pass(500).only(Effect.Retransmit2xx.class).response().status());
        SipRequest bye = leg.on(ack(null)).only(Effect.Request.class).request();
        assertEquals("BYE", bye.method());
        assertEquals("Q.850;cause=16;text=\"Normal call clearing\"", bye.header("Reason"));
        assertTrue(leg.timers.isEmpty());
    }

    @Test
    void saysTheWaitingByeAfter64T1WithoutAnAck() {
        LegUnderTest leg = called(OFFER).on(new Command.Answer(ANSWER)).on(new Command.HangUp(List.of()));
        leg.pass(31_999).forget();
        assertEquals("BYE", leg.pass(1).only(Effect.Request.class).request().method());
    }

    @Test
    void needsNoByeWhenTheCallerSaysItFirst() {
        LegUnderTest leg = called(OFFER)
                .on(new Command.Answer(ANSWER))
                .on(new Command.HangUp(List.of()))
                .forget();
        leg.request(request("BYE", 102, null)).answered(200);
        assertTrue(leg.session.over());
        assertEquals(List.of(), leg.pass(60_000).effects());
    }

    @Test
    void refusesASecondInviteBeforeTheAnswerWith500AndRetryAfter() {
        LegUnderTest leg = called(OFFER).forget();
        leg.ids.random = 7;
        assertEquals(
                "7", leg.request(request("INVITE", 102, OFFER)).answered(500).header("Retry-After"));
    }

    @Test
    void refusesAnOfferByUpdateBeforeTheAnswerWith500AndRetryAfter() {
        LegUnderTest leg = called(OFFER).forget();
        assertTrue(leg.request(request("UPDATE", 102, OFFER))
                .answered(500)
                .headers()
                .has("Retry-After"));
    }

    @Test
    void takesTheNewContactOfAnUpdateBeforeTheAnswer() {
        LegUnderTest leg = called(OFFER).forget();
        SipRequest update = request("UPDATE", 102, null);
        update = update.withHeaders(update.headers().with("Contact", "<sip:caller@198.51.100.8>"));
        assertEquals(Peer.CONTACT, leg.request(update).answered(200).header("Contact"));
        assertEquals("sip:caller@198.51.100.8", leg.dialog().remoteTarget());
    }

    @Test
    void refusesWhatIsNotOfItsDialogWith481AndWhatIsOutOfOrderWith500() {
        LegUnderTest leg = called(OFFER).forget();
        SipRequest stranger = request("BYE", 102, null);
        stranger = stranger.withHeaders(stranger.headers().with("From", "<sip:x@y>;tag=stranger"));
        leg.request(stranger).answered(481);
        leg.request(request("BYE", 100, null)).answered(500);
        assertFalse(leg.session.over());
    }

    @Test
    void ignoresTheCancelOfAnotherInvite() {
        LegUnderTest leg = called(OFFER).forget();
        leg.on(new Signal.Cancelled(
                new io.segue.sip.transaction.ServerTransactionId("other", "INVITE"), request("CANCEL", 101, null)));
        assertEquals(List.of(), leg.effects());
    }
}
