package io.segue.sip.message;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;

/** Messages as text, for tests: lines may end with a mere newline. */
final class Texts {

    static final String INVITE = """
            INVITE sip:+15550100@gateway.example.com;user=phone SIP/2.0
            Via: SIP/2.0/UDP pc33.atlanta.example.com:5062;branch=z9hG4bKnashds8;rport
            Max-Forwards: 70
            To: Bob <sip:+15550100@gateway.example.com>
            From: "Alice \\"A\\"" <sip:alice@atlanta.example.com>;tag=1928301774
            Call-ID: a84b4c76e66710@pc33.atlanta.example.com
            CSeq: 314159 INVITE
            Contact: <sip:alice@192.0.2.7:5062;transport=udp>
            Content-Type: application/sdp
            Content-Length: 4

            v=0
            """;

    private Texts() {}

    static byte[] wire(String text) {
        return text.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    static Parsed parse(String text) {
        return SipParser.parse(wire(text), Limits.defaults());
    }

    static SipRequest request(String text) {
        return assertInstanceOf(
                SipRequest.class,
                assertInstanceOf(Parsed.Message.class, parse(text)).message());
    }
}
