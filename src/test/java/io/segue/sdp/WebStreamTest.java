package io.segue.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What we say to a browser and what we read of what it says (RFC 8829, 8839, 5763). */
class WebStreamTest {
    private static final String HEX = HexFormat.ofDelimiter(":").withUpperCase().formatHex(new byte[32]);
    private static final Fingerprint OURS = Fingerprint.of("sha-256", new byte[32]);
    private static final Security SECURITY = new Security("OurU", "our/password+of22chars", OURS);
    private static final LocalMedia LOCAL =
            LocalMedia.first("192.0.2.1", 10_000, 7).secured(SECURITY);

    /** As Chromium writes an offer, shortened to what matters here. */
    private static final String CHROMIUM = """
            v=0
            o=- 4611731400430051336 2 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0
            a=extmap-allow-mixed
            a=msid-semantic: WMS stream
            m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
            c=IN IP4 0.0.0.0
            a=rtcp:9 IN IP4 0.0.0.0
            a=candidate:1 1 udp 2113937151 4f2c.local 40000 typ host generation 0 network-cost 999
            a=ice-ufrag:sXbW
            a=ice-pwd:Nm8Zv5cKGfZUQIrTMSHb7UGl
            a=ice-options:trickle
            a=fingerprint:sha-256 FP
            a=setup:actpass
            a=mid:0
            a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
            a=sendrecv
            a=msid:stream track
            a=rtcp-mux
            a=rtcp-rsize
            a=rtpmap:111 opus/48000/2
            a=rtpmap:63 red/48000/2
            a=rtpmap:9 G722/8000
            a=rtpmap:0 PCMU/8000
            a=rtpmap:8 PCMA/8000
            a=rtpmap:13 CN/8000
            a=rtpmap:110 telephone-event/48000
            a=rtpmap:126 telephone-event/8000
            a=ssrc:1 cname:x
            """.replace("FP", HEX);

    private static final String ANSWER = CHROMIUM.replace("setup:actpass", "setup:active");

    private static SessionDescription read(String sdp) {
        return ((ParsedSdp.Understood)
                        SessionDescription.parse(sdp.getBytes(StandardCharsets.UTF_8), Limits.defaults()))
                .description();
    }

    private static Negotiated.Answered answered(String offer) {
        return assertInstanceOf(Negotiated.Answered.class, OfferAnswer.answer(read(offer), LOCAL));
    }

    @Test
    void offersWhatABrowserNeeds() {
        assertEquals("""
                v=0
                o=- 7 7 IN IP4 192.0.2.1
                s=-
                c=IN IP4 192.0.2.1
                t=0 0
                a=group:BUNDLE 0
                a=ice-lite
                m=audio 10000 UDP/TLS/RTP/SAVPF 0 8 101
                a=rtpmap:0 PCMU/8000
                a=rtpmap:8 PCMA/8000
                a=rtpmap:101 telephone-event/8000
                a=fmtp:101 0-16
                a=ptime:20
                a=sendrecv
                a=mid:0
                a=msid:segue audio
                a=rtcp-mux
                a=ice-ufrag:OurU
                a=ice-pwd:our/password+of22chars
                a=fingerprint:sha-256 FP
                a=setup:actpass
                a=candidate:1 1 udp 2130706431 192.0.2.1 10000 typ host
                a=end-of-candidates
                """.replace("FP", HEX), OfferAnswer.offer(LOCAL).toString().replace("\r", ""));
    }

    @Test
    void answersAnOfferPassivelyWithItsMidAndItsTelephoneEvents() {
        Negotiated.Answered taken = answered(CHROMIUM);
        String answer = taken.answer().toString().replace("\r", "");
        assertTrue(answer.contains("m=audio 10000 UDP/TLS/RTP/SAVPF 0 126\n"), answer);
        assertTrue(answer.contains("a=setup:passive\n"), answer);
        assertTrue(answer.contains("a=group:BUNDLE 0\na=ice-lite\n"), answer);
        assertFalse(answer.contains("extmap"), answer);
        assertEquals(126, taken.agreement().sendEventType());
        assertEquals(
                new Security("sXbW", "Nm8Zv5cKGfZUQIrTMSHb7UGl", OURS),
                taken.agreement().security());
    }

    @Test
    void theBrowsersAddressOfZerosIsNoHoldAndItsDirectionIs() {
        assertTrue(answered(CHROMIUM).agreement().weSend());
        Agreement held = answered(CHROMIUM.replace("a=sendrecv", "a=inactive")).agreement();
        assertFalse(held.weSend() || held.weReceive());
        assertFalse(answered(CHROMIUM.replace("a=sendrecv", "a=sendonly"))
                .agreement()
                .weSend());
    }

    @Test
    void readsTheAnswerToAnOffer() {
        Negotiated read = OfferAnswer.read(OfferAnswer.offer(LOCAL), read(ANSWER));
        Agreement agreed = assertInstanceOf(Negotiated.Accepted.class, read).agreement();
        assertEquals(Codec.PCMU, agreed.codec());
        assertEquals(126, agreed.sendEventType());
        assertEquals(101, agreed.receiveEventType());
        assertEquals("sXbW", agreed.security() == null ? "" : agreed.security().ufrag());
        assertTrue(agreed.weSend() && agreed.weReceive());
    }

    @Test
    void theFingerprintAndTheRestMayStandAtTheSession() {
        String line = "a=fingerprint:sha-256 " + HEX + "\n";
        String moved = CHROMIUM.replace(line, "").replace("t=0 0\n", "t=0 0\n" + line);
        assertEquals(answered(CHROMIUM).agreement(), answered(moved).agreement());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=fingerprint:sha-256 FP",
                "a=ice-ufrag:sXbW",
                "a=ice-pwd:Nm8Zv5cKGfZUQIrTMSHb7UGl",
                "a=rtcp-mux"
            })
    void refusesAnOfferThatLacksWhatKeysAndChecksNeed(String line) {
        String offer = CHROMIUM.replace(line.replace("FP", HEX) + "\n", "");
        assertInstanceOf(Negotiated.Refused.class, OfferAnswer.answer(read(offer), LOCAL));
        assertInstanceOf(
                Negotiated.Refused.class,
                OfferAnswer.read(OfferAnswer.offer(LOCAL), read(ANSWER.replace(line.replace("FP", HEX) + "\n", ""))));
    }

    @ParameterizedTest
    @CsvSource({"actpass, true", "active, true", "passive, false", "holdconn, false"})
    void weNeverBeginTheHandshake(String setup, boolean taken) {
        Negotiated answer = OfferAnswer.answer(read(CHROMIUM.replace("actpass", setup)), LOCAL);
        assertEquals(taken, answer instanceof Negotiated.Answered);
    }

    @Test
    void plainAndSecureDoNotMix() {
        LocalMedia plain = LocalMedia.first("192.0.2.1", 20_000, 7);
        assertInstanceOf(Negotiated.Refused.class, OfferAnswer.answer(read(CHROMIUM), plain));
        String offer = OfferAnswer.offer(plain).toString();
        assertInstanceOf(Negotiated.Refused.class, OfferAnswer.answer(read(offer), LOCAL));
        assertInstanceOf(Negotiated.Refused.class, OfferAnswer.read(OfferAnswer.offer(LOCAL), read(offer)));
        assertNull(assertInstanceOf(Negotiated.Answered.class, OfferAnswer.answer(read(offer), plain))
                .agreement()
                .security());
    }

    @Test
    void aStreamThatIsRefusedKeepsItsMid() {
        String video = CHROMIUM + "m=video 9 UDP/TLS/RTP/SAVPF 96\nc=IN IP4 0.0.0.0\na=mid:1\n";
        Media refused = answered(video).answer().media().getLast();
        assertEquals(0, refused.port());
        assertEquals("1", refused.attribute("mid"));
    }

    @Test
    void aFurtherDescriptionCountsUpOnlyWhenSomethingChanges() {
        SessionDescription first = answered(CHROMIUM).answer();
        LocalMedia later = LOCAL.after(first);
        Negotiated same = OfferAnswer.answer(read(CHROMIUM), later);
        assertEquals(first, ((Negotiated.Answered) same).answer());
        Negotiated held = OfferAnswer.answer(read(CHROMIUM.replace("a=sendrecv", "a=sendonly")), later);
        assertEquals(
                first.origin().withVersion(8),
                ((Negotiated.Answered) held).answer().origin());
    }

    @ParameterizedTest
    @CsvSource({"3, 22, false", "4, 22, true", "4, 21, false", "256, 256, true", "257, 256, false", "256, 257, false"})
    void namesAndPasswordsHaveTheLengthsOfRfc8839(int ufrag, int password, boolean right) {
        String offer = CHROMIUM.replace("a=ice-ufrag:sXbW", "a=ice-ufrag:" + "u".repeat(ufrag))
                .replace("a=ice-pwd:Nm8Zv5cKGfZUQIrTMSHb7UGl", "a=ice-pwd:" + "p".repeat(password));
        assertEquals(right, OfferAnswer.answer(read(offer), LOCAL) instanceof Negotiated.Answered);
    }

    @Test
    void weakOrCrippledFingerprintsAreNone() {
        for (String value :
                List.of("sha-1 " + HEX, "sha-256 " + HEX.substring(3), "sha-256 " + HEX + ":00", "sha-256")) {
            assertTrue(Fingerprint.read(value).isEmpty(), value);
        }
        assertTrue(Fingerprint.read("SHA-256 " + "ab:".repeat(31) + "ab").isPresent());
        assertThrows(IllegalArgumentException.class, () -> new Fingerprint("sha-256", "00"));
    }

    @Test
    void thePasswordIsInNoLog() {
        assertFalse(SECURITY.toString().contains("password+"));
    }
}
