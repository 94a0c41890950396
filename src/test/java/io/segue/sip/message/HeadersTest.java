package io.segue.sip.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadersTest {

    private final Headers headers = Headers.of(
            "v",
            "SIP/2.0/UDP a, SIP/2.0/UDP b",
            "Contact",
            "\"x, y\" <sip:a,b@c>, <sip:d>;q=1",
            "X-Odd",
            "a, b",
            "Via",
            "SIP/2.0/TCP c");

    @Test
    void findsNamesWithoutCaseAndByTheirCompactForms() {
        assertEquals("a, b", headers.first("x-oDD"));
        assertEquals(headers.first("Via"), headers.first("v"));
        assertNull(headers.first("To"));
        assertEquals(2, headers.count("VIA"));
    }

    @Test
    void splitsListsOnlyWhereTheGrammarHasThem() {
        assertEquals(List.of("SIP/2.0/UDP a", "SIP/2.0/UDP b", "SIP/2.0/TCP c"), headers.all("Via"));
        assertEquals(List.of("\"x, y\" <sip:a,b@c>", "<sip:d>;q=1"), headers.all("Contact"));
        assertEquals(List.of("a, b"), headers.all("X-Odd"));
    }

    @Test
    void replacesInPlaceAndAddsAtTheEndsAsked() {
        assertEquals("z", headers.with("x-odd", "z").list().get(2).value());
        assertEquals("z", headers.with("X-Odd", "z").first("X-Odd"));
        assertEquals(1, headers.with("Via", "SIP/2.0/UDP z").count("Via"));
        assertEquals(
                "Route",
                headers.prepend("Route", "<sip:r;lr>").list().getFirst().name());
        assertEquals("To", headers.add("t", "<sip:r>").list().getLast().name());
        assertFalse(headers.without("Via").has("Via"));
    }

    @Test
    void replacesTheTopViaOutOfAList() {
        Via via = Via.parse("SIP/2.0/UDP a").orElseThrow().withParam("received", "192.0.2.1");
        assertEquals(
                List.of("SIP/2.0/UDP a;received=192.0.2.1", "SIP/2.0/UDP b", "SIP/2.0/TCP c"),
                headers.withTopVia(via).all("Via"));
    }

    @Test
    void letsNoValueBringAHeaderOfItsOwn() {
        SipRequest request = new SipRequest(
                "OPTIONS",
                SipUri.of("a", "b", null),
                Headers.of(
                        "X-Caller",
                        "x\r\nX-Evil: 1",
                        "Subject",
                        "y\nX-Evil: 2\r",
                        "From",
                        new NameAddress("n\r\nX-Evil: 3", SipUri.of("c", "d", null), Params.of("tag", "t\r\nX-Evil: 4"))
                                .toString()));
        String wire = new String(SipWriter.write(request), StandardCharsets.UTF_8);
        assertFalse(wire.lines().anyMatch(line -> line.startsWith("X-Evil")), wire);
        assertEquals(5, wire.lines().takeWhile(line -> !line.isEmpty()).count());
        SipResponse response = new SipResponse(200, "OK\r\nX-Evil: 5", Headers.NONE);
        assertTrue(new String(SipWriter.write(response), StandardCharsets.UTF_8)
                .startsWith("SIP/2.0 200 OK X-Evil: 5\r\n"));
        assertThrows(IllegalArgumentException.class, () -> new Header("X-Evil: 6\r\nX", "v"));
        assertThrows(
                IllegalArgumentException.class, () -> new SipRequest("A B", SipUri.of("a", "b", null), Headers.NONE));
    }

    @Test
    void readsAndWritesAddresses() {
        NameAddress address = NameAddress.parse("\"J Rosenberg \\\\\\\"\" <sip:j@e.com;x>  ; tag = 9;f")
                .orElseThrow();
        assertEquals("J Rosenberg \\\"", address.displayName());
        assertEquals("9", address.tag());
        assertTrue(address.params().has("F"));
        assertEquals("\"J Rosenberg \\\\\\\"\" <sip:j@e.com;x>;tag=9;f", address.toString());
        assertEquals(address, NameAddress.parse(address.toString()).orElseThrow());
    }

    @Test
    void readsWithoutBracketsEveryParameterAsTheHeaders() {
        NameAddress address = NameAddress.parse("sip:+1@gw;unknownparam").orElseThrow();
        assertTrue(address.params().has("unknownparam"));
        assertTrue(((SipUri) address.uri()).params().isEmpty());
    }

    @Test
    void refusesAddressesThatBreakTheGrammar() {
        for (String bad : new String[] {
            "\"open <sip:a@b>",
            "Bell, Alex <sip:a@b>",
            "< sip:a@b >",
            "<sip:a@b",
            "sip:a@b?x=y",
            "\"n\" sip:a@b",
            "<sip:a@b>;;",
            "<sip:a@b>x",
            ""
        }) {
            assertTrue(NameAddress.parse(bad).isEmpty(), bad);
        }
    }

    @Test
    void readsRportAndReceived() {
        Via via = Via.parse("SIP/2.0/udp [2001:db8::9:1]:5061;received=2001:db8::9:255;branch=z9hG4bK;rport=70000")
                .orElseThrow();
        assertEquals("UDP", via.transport());
        assertEquals("2001:db8::9:255", via.received());
        assertFalse(via.hasUniqueBranch());
        assertNull(via.rport());
        assertEquals(5062, via.withParam("rport", "5062").rport());
        assertEquals(
                "SIP/2.0/UDP [::1]:5060;branch=z9hG4bKx;rport",
                Via.of("UDP", "::1", 5060, "z9hG4bKx").toString());
    }
}
