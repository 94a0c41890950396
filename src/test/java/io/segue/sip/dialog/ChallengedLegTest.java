package io.segue.sip.dialog;

import static io.segue.sip.dialog.Peer.ANSWER;
import static io.segue.sip.dialog.Peer.calling;
import static io.segue.sip.dialog.Peer.invited;
import static io.segue.sip.dialog.Peer.response;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.sip.dialog.News.Fault;
import io.segue.sip.digest.DigestCredentials;
import io.segue.sip.digest.Ha1;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a leg does when its peer wants proof. */
class ChallengedLegTest {
    private static final DigestCredentials GATEWAY =
            new DigestCredentials("gw", "pbx.example.com", Ha1.of("gw", "pbx.example.com", "secret"));

    private static LegUnderTest leg(@Nullable DigestCredentials credentials) {
        Outbound o = Peer.outbound();
        return calling(new Outbound(
                        o.target(),
                        o.callId(),
                        o.from(),
                        o.to(),
                        o.contact(),
                        o.routes(),
                        o.headers(),
                        o.sdp(),
                        credentials))
                .forget();
    }

    private static SipResponse challenge(SipRequest request, int status, String realm, String tag) {
        return response(request, status, tag, null)
                .with(
                        status == 407 ? "Proxy-Authenticate" : "WWW-Authenticate",
                        "Digest realm=\"" + realm + "\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256");
    }

    @ParameterizedTest
    @CsvSource({"401,Authorization", "407,Proxy-Authorization"})
    void answersAChallengeOfItsRealmWithTheNextNumberAndCarriesTheProofInTheAck(int status, String header) {
        LegUnderTest leg = leg(GATEWAY);
        SipRequest first = invited(leg);
        leg.respond(challenge(first, status, "pbx.example.com", "x"));
        SipRequest second = leg.only(Effect.Request.class).request();
        assertEquals("2 INVITE", second.header("CSeq"));
        assertEquals(first.callId(), second.callId());
        assertEquals(first.from(), second.from());
        assertNull(second.to().tag());
        assertEquals(Peer.OFFER, Bodies.sdp(second));
        String proof = second.header(header);
        assertTrue(
                proof != null
                        && proof.contains("username=\"gw\"")
                        && proof.contains("uri=\"sip:anna@192.0.2.50:5070\""),
                proof);
        leg.respond(challenge(first, status, "pbx.example.com", "x"));
        assertEquals(List.of(), leg.effects(), "the first challenge once more");
        leg.respond(response(second, 200, "phone", ANSWER));
        Effect.Ack ack = (Effect.Ack) leg.effects().getFirst();
        assertEquals(proof, ack.ack().header(header));
        assertEquals(2, ack.ack().cseq().number());
    }

    private static SipResponse stale(SipRequest request, int status, String nonce) {
        return response(request, status, "x", null)
                .with(
                        status == 407 ? "Proxy-Authenticate" : "WWW-Authenticate",
                        "Digest realm=\"pbx.example.com\", nonce=\"" + nonce + "\", qop=\"auth\", stale=true");
    }

    @Test
    void answersOnceMoreWhenItsNonceIsStaleAndNotForever() {
        LegUnderTest leg = leg(GATEWAY);
        leg.respond(challenge(invited(leg), 401, "pbx.example.com", "x")).forget();
        leg.respond(stale(invited(leg), 401, "n2"));
        SipRequest third = leg.only(Effect.Request.class).request();
        assertEquals("3 INVITE", third.header("CSeq"));
        String proof = third.header("Authorization");
        assertTrue(proof != null && proof.contains("nonce=\"n2\"") && proof.contains("nc=00000001"), proof);
        leg.respond(stale(third, 401, "n3"));
        assertEquals(Fault.CHALLENGED, leg.only(News.Failed.class).fault());
    }

    @Test
    void answersTheProxyAndThePhoneBehindItAndCountsTheProxysNonce() {
        LegUnderTest leg = leg(GATEWAY);
        leg.respond(challenge(invited(leg), 407, "pbx.example.com", "x")).forget();
        leg.respond(challenge(invited(leg), 401, "pbx.example.com", "x"));
        SipRequest third = leg.only(Effect.Request.class).request();
        String proxy = third.header("Proxy-Authorization");
        assertTrue(proxy != null && proxy.contains("nc=00000002"), proxy);
        String phone = third.header("Authorization");
        assertTrue(phone != null && phone.contains("nc=00000001"), phone);
        leg.respond(response(third, 200, "phone", ANSWER));
        SipRequest ack = ((Effect.Ack) leg.effects().getFirst()).ack();
        assertEquals(proxy, ack.header("Proxy-Authorization"));
        assertEquals(phone, ack.header("Authorization"));
    }

    @Test
    void answersAProxyOnceHoweverOftenThePhoneAsks() {
        LegUnderTest leg = leg(GATEWAY);
        leg.respond(challenge(invited(leg), 407, "pbx.example.com", "x")).forget();
        leg.respond(challenge(invited(leg), 401, "pbx.example.com", "x")).forget();
        leg.respond(challenge(invited(leg), 407, "pbx.example.com", "x"));
        assertEquals(Fault.CHALLENGED, leg.only(News.Failed.class).fault());
    }

    @Test
    void answersOnlyOnce() {
        LegUnderTest leg = leg(GATEWAY);
        leg.respond(challenge(invited(leg), 401, "pbx.example.com", "x")).forget();
        leg.respond(challenge(invited(leg), 401, "pbx.example.com", "x"));
        News.Failed failed = leg.only(News.Failed.class);
        assertEquals(Fault.CHALLENGED, failed.fault());
        assertEquals(401, failed.status());
    }

    @Test
    void neverAnswersAChallengeOfAnotherRealm() {
        LegUnderTest leg = leg(GATEWAY);
        leg.respond(challenge(invited(leg), 401, "evil.example.com", "x"));
        assertEquals(Fault.CHALLENGED, leg.only(News.Failed.class).fault());
    }

    @Test
    void failsWithoutCredentials() {
        LegUnderTest leg = leg(null);
        leg.respond(challenge(invited(leg), 407, "pbx.example.com", "x"));
        assertEquals(Fault.CHALLENGED, leg.only(News.Failed.class).fault());
    }

    @Test
    void waitsForAProvisionalAnswerToTheSecondInviteBeforeItCancels() {
        LegUnderTest leg = leg(GATEWAY);
        leg.respond(response(invited(leg), 100, null, null));
        leg.respond(challenge(invited(leg), 401, "pbx.example.com", "x")).forget();
        leg.on(new Command.HangUp(List.of()));
        assertEquals(List.of(), leg.effects());
        leg.respond(response(invited(leg), 100, null, null));
        assertEquals(invited(leg), leg.only(Effect.Cancel.class).invite());
    }

    private static LegUnderTest up() {
        LegUnderTest leg = leg(GATEWAY);
        return leg.respond(response(invited(leg), 200, "phone", ANSWER)).forget();
    }

    @Test
    void provesItsByeOnce() {
        LegUnderTest leg = up().on(new Command.HangUp(List.of(Reason.NORMAL)));
        SipRequest first = ((Effect.Request) leg.effects().getLast()).request();
        leg.respond(challenge(first, 407, "pbx.example.com", "phone"));
        SipRequest second = leg.only(Effect.Request.class).request();
        assertEquals("BYE", second.method());
        assertEquals(first.cseq().number() + 1, second.cseq().number());
        assertTrue(
                second.headers().has("Proxy-Authorization") && second.headers().has("Reason"));
        assertFalse(leg.session.over());
        leg.respond(challenge(second, 407, "pbx.example.com", "phone"));
        assertEquals(List.of(), leg.effects());
        assertTrue(leg.session.over());
    }

    private static SipRequest informed(LegUnderTest leg, String body) {
        return leg.on(new Command.Inform("application/dtmf-relay", body))
                .only(Effect.Request.class)
                .request();
    }

    @ParameterizedTest
    @CsvSource({"401,Authorization", "407,Proxy-Authorization"})
    void provesItsInfoOnce(int status, String header) {
        LegUnderTest leg = up();
        SipRequest first = informed(leg, "Signal=1\r\n");
        SipRequest other = informed(leg.forget(), "Signal=2\r\n");
        leg.forget().respond(challenge(first, status, "pbx.example.com", "phone"));
        SipRequest second = leg.only(Effect.Request.class).request();
        assertEquals("INFO", second.method());
        assertEquals(other.cseq().number() + 1, second.cseq().number());
        assertEquals("application/dtmf-relay", second.header("Content-Type"));
        assertEquals("Signal=1\r\n", new String(second.body(), StandardCharsets.UTF_8));
        String proof = second.header(header);
        assertTrue(proof != null && proof.contains("username=\"gw\""), proof);
        leg.respond(challenge(second, status, "pbx.example.com", "phone"));
        assertEquals(List.of(), leg.effects(), "it is not there to be guessed at");
        leg.respond(response(other, 200, "phone", null));
        assertEquals(List.of(), leg.effects());
        assertFalse(leg.session.over());
    }

    @Test
    void anInfoThatIsChallengedByAnotherRealmOrWithoutCredentialsStaysUnanswered() {
        LegUnderTest leg = up();
        leg.respond(challenge(informed(leg, "Signal=1\r\n"), 401, "evil.example.com", "phone"));
        assertEquals(List.of(), leg.effects());
        LegUnderTest without = leg(null);
        without.respond(response(invited(without), 200, "phone", ANSWER)).forget();
        without.respond(challenge(informed(without, "Signal=1\r\n"), 401, "pbx.example.com", "phone"));
        assertEquals(List.of(), without.effects());
        assertFalse(leg.session.over() || without.session.over());
    }

    @Test
    void remembersAsManyInfosAsTheLimitAndForgetsTheOldestOfOneMore() {
        LegUnderTest leg = up();
        SipRequest first = informed(leg, "Signal=0\r\n");
        SipRequest second = informed(leg.forget(), "Signal=1\r\n");
        for (int i = 2; i < OurInfos.WAITING_MAX + 1; i++) {
            informed(leg.forget(), "Signal=2\r\n");
        }
        leg.forget().respond(challenge(first, 401, "pbx.example.com", "phone"));
        assertEquals(List.of(), leg.effects());
        leg.respond(challenge(second, 401, "pbx.example.com", "phone"));
        assertEquals(
                "Signal=1\r\n",
                new String(leg.only(Effect.Request.class).request().body(), StandardCharsets.UTF_8));
    }

    @Test
    void provesItsReInviteOnce() {
        LegUnderTest leg = up().on(new Command.Offer("v=0 again\r\n"));
        SipRequest first = leg.only(Effect.Request.class).request();
        leg.respond(challenge(first, 401, "pbx.example.com", "phone"));
        SipRequest second = leg.only(Effect.Request.class).request();
        assertTrue(second.headers().has("Authorization"));
        assertEquals("v=0 again\r\n", Bodies.sdp(second));
        leg.respond(challenge(second, 401, "pbx.example.com", "phone"));
        assertEquals(new News.OfferRefused(401), leg.only(News.OfferRefused.class));
    }
}
