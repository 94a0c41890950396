package io.segue.sip.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SipParserTest {

    private static final Limits LIMITS = Limits.defaults();

    @Test
    void readsAnOrdinaryInviteAndWritesItAgain() {
        SipRequest request = Texts.request(Texts.INVITE);
        assertEquals("INVITE", request.method());
        assertEquals("+15550100", ((SipUri) request.requestUri()).user());
        assertEquals("z9hG4bKnashds8", request.topVia().branch());
        assertTrue(request.topVia().wantsRport());
        assertEquals("1928301774", request.from().tag());
        assertEquals("Alice \"A\"", request.from().displayName());
        assertEquals(new CSeq(314159, "INVITE"), request.cseq());
        assertEquals(70, request.maxForwards());
        assertEquals(request, again(request));
    }

    @Test
    void readsAFrameInTheMiddleOfABuffer() {
        byte[] wire = Texts.wire(Texts.INVITE);
        byte[] buffer = new byte[wire.length + 20];
        System.arraycopy(wire, 0, buffer, 7, wire.length);
        assertEquals(
                SipParser.parse(wire, LIMITS).getClass(),
                SipParser.parse(buffer, 7, wire.length, LIMITS).getClass());
    }

    @Test
    void takesLineEndsAloneForAKeepAlive() {
        assertInstanceOf(
                Parsed.KeepAlive.class, SipParser.parse("\r\n\r\n".getBytes(StandardCharsets.US_ASCII), LIMITS));
        assertInstanceOf(Parsed.KeepAlive.class, SipParser.parse(new byte[4], LIMITS));
        assertInstanceOf(Parsed.KeepAlive.class, SipParser.parse(new byte[0], LIMITS));
    }

    @Test
    void skipsLineEndsBeforeTheStartLine() {
        assertInstanceOf(Parsed.Message.class, Texts.parse("\n\n" + Texts.INVITE));
    }

    @Test
    void discardsWhatIsNoSip() {
        for (String garbage :
                new String[] {"x", "GET / HTTP/1.1\n\n", "\u0001\u0002\u0003", "INVITE", "SIP/2.0", "SIP/2.0 99 x\n\n"
                }) {
            assertInstanceOf(Parsed.Discarded.class, Texts.parse(garbage), garbage);
        }
    }

    @Test
    void discardsAWrongAckBecauseNobodyAnswersIt() {
        String ack = Texts.INVITE.replace("INVITE", "ACK").replace("314159 ACK", "314159 BYE");
        assertInstanceOf(Parsed.Discarded.class, Texts.parse(ack));
    }

    @Test
    void discardsARequestWithoutAViaBecauseItCannotBeAnswered() {
        assertInstanceOf(Parsed.Discarded.class, Texts.parse(Texts.INVITE.replaceFirst("Via:.*\n", "")));
    }

    @Test
    void repairsTheViaOfARequestItRefuses() {
        Parsed.Answerable answerable = answerable(
                Texts.INVITE.replaceFirst("Via:.*\n", "Via: SIP/2.0/UDP 192.0.2.15:5070;;,;branch=z9hG4bKx,;rport,\n"),
                400);
        Via via = answerable.asFarAsUnderstood().topVia();
        assertEquals("192.0.2.15", via.host());
        assertEquals(5070, via.port());
        assertEquals("z9hG4bKx", via.branch());
        assertTrue(via.wantsRport());
    }

    @Test
    void answersEachHeaderThatMustBeThereAndIsNot() {
        for (String header : new String[] {"To", "From", "Call-ID", "CSeq"}) {
            answerable(Texts.INVITE.replaceFirst("(?m)^" + header + ":.*\n", ""), 400);
        }
    }

    @Test
    void answersEachHeaderThatMayStandOnceAndStandsTwice() {
        for (String header : new String[] {"To", "From", "Call-ID", "CSeq", "Max-Forwards", "Content-Type"}) {
            answerable(Texts.INVITE.replaceFirst("(?m)^(" + header + ":.*\n)", "$1$1"), 400);
        }
    }

    @Test
    void refusesAnotherVersionWith505() {
        answerable(Texts.INVITE.replaceFirst("SIP/2.0\n", "SIP/3.0\n"), 505);
    }

    @Test
    void refusesBlanksInTheRequestLine() {
        answerable(Texts.INVITE.replaceFirst("INVITE sip", "INVITE  sip"), 400);
        answerable(Texts.INVITE.replaceFirst("SIP/2.0\n", "SIP/2.0 \n"), 400);
        answerable(Texts.INVITE.replaceFirst(";user=phone SIP", "; user=phone SIP"), 400);
        answerable(Texts.INVITE.replaceFirst("sip:(\\S*) SIP", "<sip:$1> SIP"), 400);
    }

    @Test
    void refusesARequestUriWithHeaders() {
        answerable(Texts.INVITE.replaceFirst(";user=phone SIP", "?Route=%3Csip:a%3E SIP"), 400);
    }

    @Test
    void refusesAKnownMethodWhoseCseqSaysAnother() {
        answerable(Texts.INVITE.replace("314159 INVITE", "314159 BYE"), 400);
        assertInstanceOf(Parsed.Message.class, Texts.parse(Texts.INVITE.replaceFirst("^INVITE", "DANCE")));
    }

    @Test
    void takesCseqUpToItsLimitAndNotPastIt() {
        assertEquals(
                CSeq.NUMBER_MAX,
                Texts.request(Texts.INVITE.replace("314159", "2147483647"))
                        .cseq()
                        .number());
        answerable(Texts.INVITE.replace("314159", "2147483648"), 400);
    }

    @Test
    void readsFoldedCompactAndListedHeaders() {
        SipRequest request = Texts.request("""
                OPTIONS sip:a@b SIP/2.0
                v : SIP / 2.0 / UDP first.example.com ;branch = z9hG4bK1 ,
                  SIP/2.0/TCP second.example.com:5061;branch=z9hG4bK2
                VIA: SIP/2.0/TLS third.example.com
                f: "x, y" <sip:a@b>
                  ;tag=1
                t:sip:c@d
                i: id
                cSeQ: 0007
                \tOPTIONS
                s:
                X-Odd: ;;,"
                """ + "l: 0\n\n");
        assertEquals(3, request.vias().size());
        assertEquals("first.example.com", request.topVia().host());
        assertEquals(5061, request.vias().get(1).port());
        assertEquals("x, y", request.from().displayName());
        assertEquals(new CSeq(7, "OPTIONS"), request.cseq());
        assertEquals("", request.header("Subject"));
        assertEquals(";;,\"", request.header("x-odd"));
        assertEquals(request, again(request));
    }

    @Test
    void cutsTheBodyByContentLengthAndIgnoresTheRest() {
        SipRequest request = Texts.request(Texts.INVITE + "more\n");
        assertArrayEquals("v=0\r".getBytes(StandardCharsets.US_ASCII), request.body());
    }

    @Test
    void takesAllOctetsForTheBodyWithoutContentLength() {
        assertEquals(
                5,
                Texts.request(Texts.INVITE.replace("Content-Length: 4\n", "")).body().length);
    }

    @Test
    void refusesContentLengthsThatCannotBe() {
        answerable(Texts.INVITE.replace("Content-Length: 4", "Content-Length: 6"), 400);
        answerable(Texts.INVITE.replace("Content-Length: 4", "Content-Length: -1"), 400);
        answerable(Texts.INVITE.replace("Content-Length: 4", "Content-Length: 4\nContent-Length: 3"), 400);
        answerable(Texts.INVITE.replace("Content-Length: 4", "Content-Length: 99999999999999999999"), 400);
        assertInstanceOf(
                Parsed.Message.class,
                Texts.parse(Texts.INVITE.replace("Content-Length: 4", "Content-Length: 4\nl: 4")));
    }

    @Test
    void answersAHeaderSectionThatDoesNotEnd() {
        answerable(Texts.INVITE.substring(0, Texts.INVITE.indexOf("Content-Type")), 400);
    }

    @Test
    void readsLatin1WhereTheOctetsAreNoUtf8() {
        byte[] wire = new String(Texts.wire(Texts.INVITE), StandardCharsets.US_ASCII)
                .replace("To: Bob", "To: \"J\u00f6rg\"")
                .getBytes(StandardCharsets.ISO_8859_1);
        SipMessage message = assertInstanceOf(Parsed.Message.class, SipParser.parse(wire, LIMITS))
                .message();
        assertEquals("J\u00f6rg", message.to().displayName());
        assertEquals(message, again(message));
    }

    @Test
    void tellsContactStarFromContacts() {
        SipRequest request = Texts.request(Texts.INVITE.replaceFirst("Contact:.*\n", "Contact: *\n"));
        assertTrue(request.contactStar());
        assertTrue(request.contacts().isEmpty());
    }

    @Test
    void takesResponsesWithoutAPhrase() {
        String response = Texts.INVITE.replaceFirst(".*\n", "SIP/2.0 180 \n");
        SipMessage message =
                assertInstanceOf(Parsed.Message.class, Texts.parse(response)).message();
        assertEquals("", ((SipResponse) message).reason());
        assertInstanceOf(Parsed.Message.class, Texts.parse(response.replaceFirst("180 ", "180")));
        assertNull(message.header("X-None"));
    }

    @Test
    void dropsResponsesWithAStatusPast699() {
        assertInstanceOf(Parsed.Message.class, Texts.parse(Texts.INVITE.replaceFirst(".*\n", "SIP/2.0 699 x\n")));
        assertInstanceOf(Parsed.Discarded.class, Texts.parse(Texts.INVITE.replaceFirst(".*\n", "SIP/2.0 700 x\n")));
        assertInstanceOf(
                Parsed.Discarded.class, Texts.parse(Texts.INVITE.replaceFirst(".*\n", "SIP/2.0 4294967301 x\n")));
    }

    private static SipMessage again(SipMessage message) {
        return assertInstanceOf(Parsed.Message.class, SipParser.parse(SipWriter.write(message), LIMITS))
                .message();
    }

    static Parsed.Answerable answerable(String text, int status) {
        Parsed parsed = Texts.parse(text);
        Parsed.Answerable answerable = assertInstanceOf(Parsed.Answerable.class, parsed, () -> text + parsed);
        assertEquals(status, answerable.status(), answerable.reason());
        return answerable;
    }
}
