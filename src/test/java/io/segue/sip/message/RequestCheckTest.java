package io.segue.sip.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** RFC 3261 8.2. */
class RequestCheckTest {

    @Test
    void letsAnOrdinaryInvitePass() {
        assertTrue(RequestCheck.check(Texts.request(Texts.INVITE), Supported.defaults())
                .isEmpty());
    }

    @Test
    void refusesKnownMethodsWith405AndUnknownOnesWith501BothWithAllow() {
        for (String method : new String[] {"PRACK", "REFER", "SUBSCRIBE", "NOTIFY", "MESSAGE", "PUBLISH"}) {
            assertEquals(405, refusal(Texts.INVITE.replace("INVITE", method)).status());
        }
        SipResponse response = refusal(Texts.INVITE.replace("INVITE", "invite"));
        assertEquals(501, response.status());
        assertEquals("INVITE, ACK, BYE, CANCEL, OPTIONS, REGISTER, UPDATE, INFO", response.header("Allow"));
    }

    @Test
    void refusesSchemesWith416() {
        assertEquals(
                416,
                refusal(Texts.INVITE.replaceFirst("INVITE \\S+", "INVITE http://x/"))
                        .status());
        assertTrue(check(Texts.INVITE.replaceFirst("INVITE \\S+", "INVITE tel:+15550100")));
    }

    @Test
    void refusesTheLastHopWith483ButEndsWhatItEnds() {
        String last = Texts.INVITE.replace("Max-Forwards: 70", "Max-Forwards: 0");
        assertEquals(483, refusal(last).status());
        assertTrue(check(last.replace("INVITE", "BYE")));
        assertTrue(check(last.replace("INVITE", "CANCEL")));
        assertTrue(check(Texts.INVITE.replace("Max-Forwards: 70", "Max-Forwards: 1")));
    }

    @Test
    void refusesExtensionsWith420AndNamesThem() {
        String text = Texts.INVITE.replace("Max-Forwards", "Require: timer, 100rel\nRequire: x\nMax-Forwards");
        SipResponse response = refusal(text);
        assertEquals(420, response.status());
        assertEquals("timer, 100rel, x", response.header("Unsupported"));
        assertTrue(check(text.replace("INVITE", "CANCEL")));
        assertTrue(check(text.replace("INVITE", "ACK")));
    }

    @Test
    void refusesContentWith415AndSaysWhatItTakes() {
        SipResponse response = refusal(Texts.INVITE.replace("application/sdp", "text/plain"));
        assertEquals(415, response.status());
        assertEquals("application/sdp, multipart/mixed", response.header("Accept"));
        assertEquals(
                "identity",
                refusal(Texts.INVITE.replace("Content-Type", "Content-Encoding: gzip\nContent-Type"))
                        .header("Accept-Encoding"));
        assertEquals(
                400, refusal(Texts.INVITE.replaceFirst("Content-Type.*\n", "")).status());
        assertTrue(check(Texts.INVITE
                .replace("application/sdp", "text/plain")
                .replace("Content-Type", "Content-Disposition: x; handling = optional\nContent-Type")));
    }

    @Test
    void takesDigitsInInfoAlone() {
        String info = Texts.INVITE.replace("INVITE", "INFO").replace("application/sdp", "application/dtmf-relay");
        assertTrue(check(info));
        assertEquals(415, refusal(info.replace("INFO", "INVITE")).status());
        assertEquals(415, refusal(Texts.INVITE.replace("INVITE", "INFO")).status());
    }

    @Test
    void refusesAnInviteWhoseAnswerMayNotBeADescription() {
        SipResponse response = refusal(Texts.INVITE.replace("Max-Forwards", "Accept: text/x\nMax-Forwards"));
        assertEquals(406, response.status());
        assertTrue(response.header("Warning").startsWith("399 "));
        assertTrue(check(Texts.INVITE.replace("Max-Forwards", "Accept: text/x, application/sdp;q=1\nMax-Forwards")));
    }

    @Test
    void answersWithTheHeadersThatAResponseCopies() {
        SipRequest request = Texts.request(
                Texts.INVITE.replace("Max-Forwards", "Via: SIP/2.0/UDP b, SIP/2.0/UDP c\nTimestamp: 5\nMax-Forwards"));
        SipResponse trying = Responses.to(request, 100);
        assertEquals(3, trying.vias().size());
        assertEquals("5", trying.header("Timestamp"));
        assertNull(trying.to().tag());
        SipResponse ok = Responses.to(request, 200, "OK", "t1");
        assertEquals("t1", ok.to().tag());
        assertEquals(request.cseq(), ok.cseq());
        assertEquals(request.callId(), ok.callId());
        assertEquals(request.header("From"), ok.header("From"));
        assertNull(ok.header("Timestamp"));
        assertNull(ok.header("Max-Forwards"));
    }

    @Test
    void findsTheDescriptionInAMultipartBody() {
        String text = """
                INVITE sip:a@b SIP/2.0
                Via: SIP/2.0/UDP a;branch=z9hG4bK1
                From: <sip:a>;tag=1
                To: <sip:b>
                Call-ID: 1
                CSeq: 1 INVITE
                Content-Type: multipart/mixed;boundary="x y"

                preamble
                --x y
                Content-Type: application/isup

                \u0001
                --x y
                Content-Disposition: session
                Content-Type: Application/SDP

                v=0
                o=-
                --x y--
                """;
        byte[] found = Multipart.find(Texts.request(text), "application/sdp").orElseThrow();
        assertArrayEquals("v=0\r\no=-".getBytes(StandardCharsets.US_ASCII), found);
        assertTrue(Multipart.find(Texts.request(text), "text/plain").isEmpty());
        assertEquals(
                4,
                Multipart.find(Texts.request(Texts.INVITE), "application/sdp").orElseThrow().length);
    }

    private static boolean check(String text) {
        return RequestCheck.check(Texts.request(text), Supported.defaults()).isEmpty();
    }

    private static SipResponse refusal(String text) {
        return RequestCheck.check(Texts.request(text), Supported.defaults()).orElseThrow();
    }
}
