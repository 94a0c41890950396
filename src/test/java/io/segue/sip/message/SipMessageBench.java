package io.segue.sip.message;

import java.nio.charset.StandardCharsets;

/** What reading and writing a typical INVITE costs; a program to run by hand, no test: {@code java … SipMessageBench}. */
public final class SipMessageBench {

    private static final String SDP = """
            v=0
            o=- 20518 20518 IN IP4 203.0.113.1
            s=-
            c=IN IP4 203.0.113.1
            t=0 0
            m=audio 49230 RTP/AVP 0 8 101
            a=rtpmap:0 PCMU/8000
            a=rtpmap:8 PCMA/8000
            a=rtpmap:101 telephone-event/8000
            a=fmtp:101 0-16
            a=ptime:20
            a=sendrecv
            """;

    private SipMessageBench() {}

    public static void main(String[] args) {
        byte[] body = Texts.wire(SDP);
        byte[] head = Texts.wire(Texts.INVITE
                .substring(0, Texts.INVITE.indexOf("Content-Length"))
                .concat("Allow: INVITE, ACK, BYE, CANCEL, OPTIONS\nSupported: timer, 100rel\nUser-Agent: carrier\n"
                        + "P-Asserted-Identity: <sip:+15550111@carrier.example.com>\nContent-Length: " + body.length
                        + "\n\n"));
        byte[] wire = (new String(head, StandardCharsets.UTF_8) + new String(body, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
        long sink = 0;
        int runs = 200_000;
        for (int round = 0; round < 6; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < runs; i++) {
                sink += ((Parsed.Message) SipParser.parse(wire, Limits.defaults()))
                        .message()
                        .headers()
                        .size();
            }
            long parsed = System.nanoTime();
            SipMessage message = ((Parsed.Message) SipParser.parse(wire, Limits.defaults())).message();
            for (int i = 0; i < runs; i++) {
                sink += SipWriter.write(message).length;
            }
            long written = System.nanoTime();
            System.out.printf(
                    "%d octets: parse %d ns, write %d ns (%d)%n",
                    wire.length, (parsed - start) / runs, (written - parsed) / runs, sink & 1);
        }
    }
}
