package io.segue.sip.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;

class SipParserTest {

    @Test
    void readsAnOrdinaryInviteAndWritesItAgain() {
        String text = Texts.INVITE;
        SipRequest request = Texts.request(text);
        assertEquals("INVITE", request.method());
        assertEquals(
                "+15550100",
                assertInstanceOf(SipUri.class, request.requestUri()).user());
        assertEquals("z9hG4bKnashds8", request.topVia().branch());
        assertEquals("1928301774", request.from().tag());
        assertEquals(new CSeq(314159, "INVITE"), request.cseq());
        assertEquals(70, request.maxForwards());
        assertEquals(
                request, Texts.request(new String(SipWriter.write(request), java.nio.charset.StandardCharsets.UTF_8)));
    }
}
