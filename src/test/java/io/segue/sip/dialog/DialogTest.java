package io.segue.sip.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.sip.message.Headers;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.message.Uri;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** RFC 3261 12. */
class DialogTest {
    private static final SipRequest INVITE = Peer.invite(Peer.OFFER);

    private static Dialog uas() {
        return Dialog.fromUas(INVITE, "us", Peer.CONTACT);
    }

    private static SipRequest ours(String requestUri) {
        return new SipRequest(
                "INVITE",
                Uri.parse(requestUri).orElseThrow(),
                Headers.of(
                        "From", "\"G\" <sip:gw@gw.example.com>;tag=us",
                        "To", "<sip:anna@gw.example.com>",
                        "Call-ID", "out",
                        "CSeq", "7 INVITE",
                        "Contact", "<sip:gw@192.0.2.1>"));
    }

    private static Dialog uac(SipRequest invite, int status, String... headers) {
        SipResponse response = Peer.response(invite, status, "them", null);
        for (int i = 0; i < headers.length; i += 2) {
            response = response.withHeaders(response.headers().add(headers[i], headers[i + 1]));
        }
        return Dialog.fromUac(invite, response);
    }

    @Test
    void isMadeOfAnInviteAsItsUas() {
        Dialog dialog = uas();
        assertEquals(new DialogId("call-1@198.51.100.7", "us", "caller"), dialog.id());
        assertEquals("<sip:+15550100@gw.example.com>", dialog.local());
        assertEquals("\"Caller\" <sip:caller@carrier.example.com>", dialog.remote());
        assertEquals("sip:caller@198.51.100.7:5060", dialog.remoteTarget());
        assertEquals(101, dialog.remoteSequence());
        assertEquals(List.of("<sip:p2.example.com;lr>", "<sip:p1.example.com;lr>"), dialog.routeSet());
        assertTrue(dialog.early() && !dialog.inviter() && !dialog.secure());
    }

    @Test
    void isMadeOfAResponseAsItsUacWithTheRouteSetReversed() {
        Dialog dialog = uac(
                ours("sip:anna@192.0.2.50"), 180, "Record-Route", "<sip:p2.example.com;lr>, <sip:p1.example.com;lr>");
        assertEquals(new DialogId("out", "us", "them"), dialog.id());
        assertEquals(List.of("<sip:p1.example.com;lr>", "<sip:p2.example.com;lr>"), dialog.routeSet());
        assertEquals("sip:anna@192.0.2.50:5070;fork=them", dialog.remoteTarget());
        assertEquals(7, dialog.localSequence());
        assertEquals(-1, dialog.remoteSequence());
        assertTrue(dialog.early() && dialog.inviter());
        assertFalse(uac(ours("sip:anna@192.0.2.50"), 200).early());
        assertTrue(uac(ours("sips:anna@192.0.2.50"), 200).secure());
    }

    @Test
    void countsItsRequestsUpAndCarriesTagsRoutesAndTarget() {
        Dialog.Next first = uas().request("INVITE");
        SipRequest request = first.request();
        assertEquals("sip:caller@198.51.100.7:5060", request.requestUri().toString());
        assertEquals(
                List.of("<sip:p2.example.com;lr>", "<sip:p1.example.com;lr>"),
                request.headers().all("Route"));
        assertEquals("<sip:+15550100@gw.example.com>;tag=us", request.header("From"));
        assertEquals("\"Caller\" <sip:caller@carrier.example.com>;tag=caller", request.header("To"));
        assertEquals("1 INVITE", request.header("CSeq"));
        assertEquals(Peer.CONTACT, request.header("Contact"));
        assertEquals("70", request.header("Max-Forwards"));
        assertEquals("2 BYE", first.dialog().request("BYE").request().header("CSeq"));
        assertEquals("sip:p2.example.com;lr", uas().nextHop().toString());
    }

    @Test
    void goesThroughAStrictRouterAsItWants() {
        Dialog dialog = uac(
                ours("sip:anna@192.0.2.50"),
                200,
                "Record-Route",
                "<sip:p2.example.com;lr>, <sip:strict.example.com;method=INVITE>");
        SipRequest bye = dialog.request("BYE").request();
        assertEquals("sip:strict.example.com", bye.requestUri().toString());
        assertEquals(
                List.of("<sip:p2.example.com;lr>", "<sip:anna@192.0.2.50:5070;fork=them>"),
                bye.headers().all("Route"));
    }

    @Test
    void acknowledgesWithTheNumberOfTheInvite() {
        Dialog dialog = uac(ours("sip:anna@192.0.2.50"), 200);
        SipRequest ack = dialog.request("INFO").dialog().ack(7);
        assertEquals("7 ACK", ack.header("CSeq"));
        assertEquals("<sip:anna@gw.example.com>;tag=them", ack.header("To"));
        assertEquals(8, dialog.request("INFO").dialog().localSequence());
    }

    @Test
    void takesTheRequestUriForTargetWhereAResponseHasNoContact() {
        SipRequest invite = ours("sip:anna@192.0.2.50");
        SipResponse ringing = Peer.response(invite, 180, "them", null);
        Dialog dialog =
                Dialog.fromUac(invite, ringing.withHeaders(ringing.headers().without("Contact")));
        assertEquals("sip:anna@192.0.2.50", dialog.remoteTarget());
    }

    @Test
    void speaksWithAPeerOfRfc2543ThatHasNoTag() {
        SipRequest invite = INVITE.withHeaders(INVITE.headers().with("From", "<sip:old@example.com>"));
        Dialog dialog = Dialog.fromUas(invite, "us", Peer.CONTACT);
        assertEquals("", dialog.id().remoteTag());
        SipRequest bye = dialog.request("BYE").request();
        assertNull(bye.to().tag());
        assertTrue(dialog.matches(Peer.request("BYE", 102, null)
                .withHeaders(Peer.request("BYE", 102, null)
                        .headers()
                        .with("From", "<sip:old@example.com>")
                        .with("To", "<sip:x@y>;tag=us"))));
    }

    @Test
    void isAskedInOrderOnlyByHigherNumbers() {
        Dialog dialog = uas();
        assertFalse(dialog.inOrder(Peer.request("INFO", 100, null)));
        assertFalse(dialog.inOrder(Peer.request("INFO", 101, null)));
        assertTrue(dialog.inOrder(Peer.request("INFO", 102, null)));
        assertFalse(dialog.received(Peer.request("INFO", 500, null)).inOrder(Peer.request("INFO", 500, null)));
    }

    @Test
    void isFoundByWhatTheMessagesOfItsPeerCarry() {
        assertEquals(uac(ours("sip:a@b"), 200).id(), DialogId.of(Peer.response(ours("sip:a@b"), 180, "them", null)));
        DialogId asked = DialogId.of(INVITE);
        assertEquals(new DialogId("call-1@198.51.100.7", "", "caller"), asked);
        assertEquals(
                new DialogId("out", "us", ""), uac(ours("sip:a@b"), 200).id().half());
    }

    /** Stored as plain values: whoever adds a component of another kind has to think of the store. */
    @Test
    void holdsNothingButStringsNumbersAndFlags() {
        Set<Class<?>> plain = Set.of(String.class, long.class, boolean.class, List.class, DialogId.class);
        for (RecordComponent component : Dialog.class.getRecordComponents()) {
            assertTrue(plain.contains(component.getType()), component.toString());
        }
        assertTrue(Arrays.stream(DialogId.class.getRecordComponents()).allMatch(c -> c.getType() == String.class));
    }
}
