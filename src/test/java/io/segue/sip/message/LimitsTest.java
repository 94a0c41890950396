package io.segue.sip.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;

/** Each limit at the limit and one past it. */
class LimitsTest {

    private static final int HEADERS = 10;

    @Test
    void messageOctets() {
        int size = Texts.wire(Texts.INVITE).length;
        accepted(Texts.INVITE, new Limits(size, 200, 8192, 2048, 70, 50));
        refused(513, Texts.INVITE, new Limits(size - 1, 200, 8192, 2048, 70, 50));
    }

    @Test
    void headers() {
        accepted(Texts.INVITE, new Limits(65_535, HEADERS - 1, 8192, 2048, 70, 50));
        refused(400, Texts.INVITE, new Limits(65_535, HEADERS - 2, 8192, 2048, 70, 50));
    }

    @Test
    void headerChars() {
        String longest = "X-Long: " + "x".repeat(192);
        String text = Texts.INVITE.replace("Max-Forwards", longest + "\nMax-Forwards");
        accepted(text, new Limits(65_535, 200, 200, 2048, 70, 50));
        refused(400, text, new Limits(65_535, 200, 199, 2048, 70, 50));
    }

    @Test
    void uriChars() {
        int size = "sip:+15550100@gateway.example.com;user=phone".length();
        accepted(Texts.INVITE, new Limits(65_535, 200, 8192, size, 70, 50));
        refused(414, Texts.INVITE, new Limits(65_535, 200, 8192, size - 1, 70, 50));
    }

    @Test
    void vias() {
        String text = Texts.INVITE.replace("Max-Forwards", "Via: SIP/2.0/UDP b, SIP/2.0/UDP c\nMax-Forwards");
        accepted(text, new Limits(65_535, 200, 8192, 2048, 3, 50));
        refused(400, text, new Limits(65_535, 200, 8192, 2048, 2, 50));
    }

    @Test
    void lists() {
        String text = Texts.INVITE.replace("Max-Forwards", "Route: <sip:a;lr>, <sip:b;lr>, <sip:c;lr>\nMax-Forwards");
        accepted(text, new Limits(65_535, 200, 8192, 2048, 70, 3));
        refused(400, text, new Limits(65_535, 200, 8192, 2048, 70, 2));
    }

    private static void accepted(String text, Limits limits) {
        assertInstanceOf(Parsed.Message.class, SipParser.parse(Texts.wire(text), limits));
    }

    private static void refused(int status, String text, Limits limits) {
        assertEquals(
                status,
                assertInstanceOf(Parsed.Answerable.class, SipParser.parse(Texts.wire(text), limits))
                        .status());
    }
}
