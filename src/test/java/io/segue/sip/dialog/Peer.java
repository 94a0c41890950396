package io.segue.sip.dialog;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.segue.sip.message.Headers;
import io.segue.sip.message.Limits;
import io.segue.sip.message.NameAddress;
import io.segue.sip.message.Parsed;
import io.segue.sip.message.Responses;
import io.segue.sip.message.SipParser;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.message.Uri;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the other side of a leg says. */
final class Peer {
    static final String CONTACT = "<sip:gw@192.0.2.1:5060>";
    static final String OFFER = "v=0 offer\r\n";
    static final String ANSWER = "v=0 answer\r\n";

    private Peer() {}

    /** The caller's INVITE; through a proxy that wants to stay in the path. */
    static SipRequest invite(@Nullable String sdp) {
        return parse(
                "INVITE",
                101,
                "",
                sdp,
                "Record-Route: <sip:p2.example.com;lr>\r\nRecord-Route: <sip:p1.example.com;lr>\r\n");
    }

    /** A request of the caller's on the dialog our first tag made. */
    static SipRequest request(String method, long sequence, @Nullable String sdp, String... headers) {
        return parse(method, sequence, ";tag=our1", sdp, String.join("", headers));
    }

    private static SipRequest parse(String method, long sequence, String toTag, @Nullable String sdp, String headers) {
        String body = sdp == null ? "" : sdp;
        String text = method + " sip:+15550100@gw.example.com SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP p1.example.com;branch=z9hG4bKp1" + method + sequence + "\r\n"
                + "Via: SIP/2.0/UDP 198.51.100.7;branch=z9hG4bKc" + method + sequence + "\r\n"
                + "Max-Forwards: 68\r\n"
                + "From: \"Caller\" <sip:caller@carrier.example.com>;tag=caller\r\n"
                + "To: <sip:+15550100@gw.example.com>" + toTag + "\r\n"
                + "Call-ID: call-1@198.51.100.7\r\n"
                + "CSeq: " + sequence + " " + method + "\r\n"
                + "Contact: <sip:caller@198.51.100.7:5060>\r\n"
                + headers
                + (sdp == null || headers.contains("Content-Type") ? "" : "Content-Type: application/sdp\r\n")
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        Parsed parsed = SipParser.parse(text.getBytes(StandardCharsets.UTF_8), Limits.defaults());
        return assertInstanceOf(
                SipRequest.class,
                assertInstanceOf(Parsed.Message.class, parsed, parsed.toString())
                        .message());
    }

    /** An INVITE of ours to a phone that is registered through a proxy. */
    static Outbound outbound() {
        return new Outbound(
                Uri.parse("sip:anna@192.0.2.50:5070").orElseThrow(),
                "call-out-1",
                NameAddress.parse("\"Caller\" <sip:+15550199@gw.example.com>").orElseThrow(),
                NameAddress.parse("<sip:anna@gw.example.com>").orElseThrow(),
                CONTACT,
                java.util.List.of(),
                Headers.of("X-Segue-Call", "0123456789abcdef0123456789abcdef", "Answer-Mode", "Auto"),
                OFFER,
                null);
    }

    /** The phone's answer to a request of ours. */
    static SipResponse response(SipRequest ours, int status, @Nullable String tag, @Nullable String sdp) {
        SipRequest arrived = ours.headers().has("Via")
                ? ours
                : ours.withHeaders(ours.headers().prepend("Via", "SIP/2.0/UDP gw.example.com;branch=z9hG4bKo"));
        SipResponse response = Responses.to(arrived, status, "So", tag);
        if (status > 100 && status < 300) {
            response = response.with("Contact", "<sip:anna@192.0.2.50:5070;fork=" + (tag == null ? "none" : tag) + ">");
        }
        return sdp == null ? response : response.withBody("application/sdp", sdp.getBytes(StandardCharsets.UTF_8));
    }

    /** A request of the phone's on the dialog its tag makes. */
    static SipRequest fromPhone(String method, long sequence, String tag, @Nullable String sdp, String... headers) {
        SipRequest request = new SipRequest(
                method,
                Uri.parse("sip:gw@192.0.2.1:5060").orElseThrow(),
                Headers.of(
                        "Via",
                        "SIP/2.0/UDP 192.0.2.50:5070;branch=z9hG4bKf" + method + sequence,
                        "From",
                        "<sip:anna@gw.example.com>;tag=" + tag,
                        "To",
                        "\"Caller\" <sip:+15550199@gw.example.com>;tag=our1",
                        "Call-ID",
                        "call-out-1",
                        "CSeq",
                        sequence + " " + method,
                        "Contact",
                        "<sip:anna@192.0.2.51:5071>"));
        for (int i = 0; i < headers.length; i += 2) {
            request = request.withHeaders(request.headers().add(headers[i], headers[i + 1]));
        }
        return sdp == null ? request : request.withBody("application/sdp", sdp.getBytes(StandardCharsets.UTF_8));
    }

    /** Our leg to the caller, offered, nothing said yet. */
    static LegUnderTest called(@Nullable String sdp) {
        LegUnderTest leg = new LegUnderTest();
        SipRequest invite = invite(sdp);
        return leg.begin(leg.machine.incoming(LegUnderTest.id(invite), invite, CONTACT, leg.nowMs));
    }

    /** Our leg to the caller, up. */
    static LegUnderTest answered() {
        return called(OFFER)
                .on(new Command.Answer(ANSWER))
                .on(new Signal.Acknowledged(request("ACK", 101, null)))
                .forget();
    }

    /** Our leg to the phone, ringing nowhere yet. */
    static LegUnderTest calling(Outbound outbound) {
        LegUnderTest leg = new LegUnderTest();
        return leg.begin(leg.machine.outgoing(outbound, leg.nowMs));
    }

    /** Our INVITE as it was sent last. */
    static SipRequest invited(LegUnderTest leg) {
        return assertInstanceOf(Session.Outgoing.class, leg.session)
                .invitation()
                .sent();
    }

    /** Our leg to the phone, up. */
    static LegUnderTest reached() {
        LegUnderTest leg = calling(outbound());
        return leg.respond(response(invited(leg), 200, "phone", ANSWER)).forget();
    }
}
