package io.segue.sip.dialog;

import static io.segue.sip.dialog.Peer.ANSWER;
import static io.segue.sip.dialog.Peer.OFFER;
import static io.segue.sip.dialog.Peer.answered;
import static io.segue.sip.dialog.Peer.fromPhone;
import static io.segue.sip.dialog.Peer.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the peer of a leg that is up asks for. */
class RunningLegTest {
    private static final String HOLD = "v=0 hold\r\n";
    private static final String HELD = "v=0 held\r\n";

    private static Signal.Acknowledged ack(long sequence, String sdp) {
        return new Signal.Acknowledged(request("ACK", sequence, sdp));
    }

    @Test
    void asksTheApplicationAboutAReInviteAndAnswersWithWhatItAccepts() {
        LegUnderTest leg = answered().request(request("INVITE", 102, HOLD));
        assertEquals(new News.RemoteChanged(HOLD), leg.only(News.RemoteChanged.class));
        SipResponse ok = leg.on(new Command.Accept(HELD)).answered(200);
        assertEquals(HELD, Bodies.sdp(ok));
        assertEquals(Peer.CONTACT, ok.header("Contact"));
        assertEquals("our1", ok.to().tag());
        assertEquals(
                200, leg.pass(500).only(Effect.Retransmit2xx.class).response().status());
        assertEquals(List.of(), leg.on(ack(102, null)).effects(), "established it was before");
        assertTrue(leg.timers.isEmpty());
        leg.request(request("INVITE", 103, OFFER)).only(News.RemoteChanged.class);
        leg.on(new Command.Accept(ANSWER)).answered(200);
    }

    @Test
    void keepsTheSessionWhenAReInviteIsRefused() {
        LegUnderTest leg = answered();
        SipRequest reInvite = request("INVITE", 102, HOLD);
        reInvite = reInvite.withHeaders(reInvite.headers().with("Contact", "<sip:new@198.51.100.9>"));
        leg.request(reInvite)
                .forget()
                .on(new Command.Refuse(488, "Not Acceptable Here"))
                .answered(488);
        assertEquals("sip:caller@198.51.100.7:5060", leg.dialog().remoteTarget(), "a refused target is no target");
        assertTrue(leg.timers.isEmpty());
        leg.request(request("INVITE", 103, OFFER)).only(News.RemoteChanged.class);
    }

    @Test
    void sendsToTheContactOfAnAcceptedReInvite() {
        LegUnderTest leg = answered();
        SipRequest reInvite = request("INVITE", 102, HOLD);
        reInvite = reInvite.withHeaders(reInvite.headers().with("Contact", "<sip:new@198.51.100.9>"));
        leg.request(reInvite).on(new Command.Accept(HELD)).on(ack(102, null)).forget();
        leg.on(new Command.Inform("text/plain", "hello"));
        SipRequest info = leg.only(Effect.Request.class).request();
        assertEquals("sip:new@198.51.100.9", info.requestUri().toString());
        assertEquals("hello", Bodies.text(info));
    }

    @Test
    void offersInTheAnswerToAReInviteWithoutSdp() {
        LegUnderTest leg = answered().request(request("INVITE", 102, null));
        leg.only(News.OfferAsked.class);
        assertEquals(OFFER, Bodies.sdp(leg.on(new Command.Accept(OFFER)).answered(200)));
        leg.on(ack(102, ANSWER));
        assertEquals(new News.Answered(ANSWER), leg.only(News.Answered.class));
    }

    @Test
    void keepsTheSessionWhenTheAckOfAReInviteBringsNoAnswer() {
        LegUnderTest leg = answered()
                .request(request("INVITE", 102, null))
                .on(new Command.Accept(OFFER))
                .forget()
                .on(ack(102, null));
        assertEquals(List.of(), leg.effects());
        assertInstanceOf(Session.Confirmed.class, leg.session);
    }

    @Test
    void saysByeWhenTheAckOfAReInviteNeverComes() {
        LegUnderTest leg = answered()
                .request(request("INVITE", 102, HOLD))
                .on(new Command.Accept(HELD))
                .pass(31_999)
                .forget()
                .pass(1);
        assertEquals(
                News.Why.NO_ACK,
                assertInstanceOf(News.Ended.class, leg.effects().getFirst()).why());
    }

    @Test
    void hangsUpBesideAnUnacknowledgedReInviteAtOnce() {
        LegUnderTest leg = answered()
                .request(request("INVITE", 102, HOLD))
                .on(new Command.Accept(HELD))
                .forget();
        leg.on(new Command.HangUp(List.of()));
        assertEquals("BYE", ((Effect.Request) leg.effects().getLast()).request().method());
        assertTrue(leg.timers.isEmpty());
    }

    @Test
    void refusesASecondReInviteWhileOneWaitsWith500AndRetryAfter() {
        LegUnderTest leg = answered().request(request("INVITE", 102, HOLD)).forget();
        leg.ids.random = 3;
        assertEquals(
                "3", leg.request(request("INVITE", 103, OFFER)).answered(500).header("Retry-After"));
        leg.on(new Command.Accept(HELD)).answered(200);
    }

    @Test
    void takesAReInviteAsAnAckThatWasLost() {
        LegUnderTest leg = Peer.called(OFFER).on(new Command.Answer(ANSWER)).forget();
        leg.request(request("INVITE", 102, HOLD));
        assertEquals(List.of(new News.Established(), new News.RemoteChanged(HOLD)), leg.effects());
        assertTrue(leg.timers.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"INVITE", "UPDATE"})
    void refusesAnOfferWith491WhileItsOwnWaitsForTheAck(String method) {
        LegUnderTest leg = Peer.called(null).on(new Command.Answer(OFFER)).forget();
        leg.request(request(method, 102, HOLD)).answered(491);
        leg.on(ack(101, ANSWER));
        assertEquals(List.of(new News.Answered(ANSWER), new News.Established()), leg.effects());
    }

    @Test
    void answersACancelOfAReInviteWith487AndKeepsTheSession() {
        LegUnderTest leg = answered().request(request("INVITE", 102, HOLD)).forget();
        leg.on(new Signal.Cancelled(LegUnderTest.id(request("INVITE", 102, HOLD)), request("CANCEL", 102, null)));
        leg.answered(487);
        assertEquals(List.of(), leg.on(new Command.Accept(HELD)).effects());
        leg.request(request("INVITE", 103, HOLD)).only(News.RemoteChanged.class);
    }

    @Test
    void answersAnUpdateWithAnOfferAfterTheAnswerAndNeedsNoAck() {
        LegUnderTest leg = answered().request(request("UPDATE", 102, HOLD));
        leg.only(News.RemoteChanged.class);
        assertEquals(HELD, Bodies.sdp(leg.on(new Command.Accept(HELD)).answered(200)));
        assertTrue(leg.timers.isEmpty());
    }

    @Test
    void answersAnUpdateWithAnOfferBeforeTheAck() {
        LegUnderTest leg = Peer.called(OFFER).on(new Command.Answer(ANSWER)).forget();
        leg.request(request("UPDATE", 102, HOLD)).only(News.RemoteChanged.class);
        leg.on(new Command.Accept(HELD)).answered(200);
        leg.on(ack(101, null)).only(News.Established.class);
    }

    @Test
    void refusesAnUpdateWhileAnOfferWaitsWith500AndRetryAfter() {
        LegUnderTest leg = answered().request(request("UPDATE", 102, HOLD)).forget();
        assertTrue(leg.request(request("UPDATE", 103, HOLD))
                .answered(500)
                .headers()
                .has("Retry-After"));
        assertTrue(leg.request(request("INVITE", 104, HOLD))
                .answered(500)
                .headers()
                .has("Retry-After"));
    }

    @Test
    void answersAnUpdateWithoutSdpItself() {
        assertEquals(
                0,
                answered().request(request("UPDATE", 102, null)).answered(200).body().length);
    }

    @Test
    void answersOptionsInTheDialog() {
        SipResponse ok = answered().request(request("OPTIONS", 102, null)).answered(200);
        assertTrue(ok.headers().has("Allow") && ok.headers().has("Accept"));
    }

    @Test
    void answersAMethodItDoesNotSpeakWith405() {
        assertTrue(answered()
                .request(request("PUBLISH", 102, null))
                .answered(405)
                .headers()
                .has("Allow"));
    }

    @Test
    void answersALowerNumberWith500AndAForeignTagWith481() {
        LegUnderTest leg = answered();
        leg.request(request("INFO", 101, null)).answered(500);
        leg.request(request("INFO", 110, null)).answered(200);
        leg.request(request("BYE", 109, null)).answered(500);
        leg.request(fromPhone("BYE", 111, "phone", null)).answered(481);
        assertFalse(leg.session.over());
    }

    @ParameterizedTest
    @CsvSource({
        "application/dtmf-relay,Signal=5~Duration=160,5",
        "application/dtmf-relay,Signal= #~Duration= 160~,#",
        "Application/DTMF-Relay,SIGNAL=*,*",
        "application/dtmf-relay,Signal=10,*",
        "application/dtmf-relay,Signal=11~Duration=100,#",
        "application/dtmf,0,0",
        "application/dtmf,d,D",
        "application/dtmf,15,D"
    })
    void readsADigitFromAnInfo(String type, String body, char digit) {
        LegUnderTest leg = answered();
        leg.request(info(102, type, body.replace("~", "\r\n")));
        List<Effect> effects = leg.effects();
        assertEquals(200, ((Effect.Respond) effects.get(0)).response().status());
        assertEquals(new News.Digit(digit), effects.get(1));
    }

    @ParameterizedTest
    @CsvSource({
        "application/dtmf-relay,Signal=!",
        "application/dtmf-relay,Signal=",
        "application/dtmf-relay,Duration=160",
        "application/dtmf-relay,Signal=16",
        "application/dtmf,55",
        "application/dtmf,x"
    })
    void answersAnInfoThatIsNoDigitAndTellsNothing(String type, String body) {
        answered().request(info(102, type, body)).answered(200);
    }

    @Test
    void answersAnEmptyInfoAndTellsNothing() {
        answered().request(request("INFO", 102, null)).answered(200);
    }

    @Test
    void tellsAnyOtherInfo() {
        LegUnderTest leg = answered().request(info(102, "application/json", "{}"));
        assertEquals(new News.Info("application/json", "{}"), leg.effects().get(1));
    }

    private static SipRequest info(long sequence, String type, String body) {
        return request("INFO", sequence, null).withBody(type, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void doesNothingForCommandsThatDoNotFit() {
        LegUnderTest leg = answered();
        leg.on(new Command.Accept(ANSWER)).on(new Command.Refuse(488, "No")).on(new Command.Answer(ANSWER));
        leg.on(new Command.Ring(180, null)).on(new Command.Reject(486, "Busy", io.segue.sip.message.Headers.NONE));
        assertEquals(List.of(), leg.effects());
    }
}
