package io.segue.sip.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3261 19.1, RFC 3966, RFC 5954. */
class UriTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:alice@atlanta.com",
                "sip:alice:secretword@atlanta.com;transport=tcp",
                "sips:alice@atlanta.com?subject=project%20x&priority=urgent",
                "sip:+1-212-555-1212:1234@gateway.com;user=phone",
                "sip:atlanta.com;method=REGISTER?to=alice%40atlanta.com",
                "sip:alice;day=tuesday@atlanta.com",
                "sip:[2001:db8::1]:5070;lr",
                "sip:%00%00@host5.example.com",
                "sip:%FF%FE@host",
                "tel:+1-201-555-0123",
                "tel:7042;phone-context=example.com",
                "urn:service:sos"
            })
    void writesWhatItRead(String text) {
        assertEquals(text, Uri.parse(text).orElseThrow().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sip:",
                "sip:@host",
                "sip:a@",
                "sip:a b@c",
                "sip:a@b:65536",
                "sip:a@b:x",
                "sip:a@b;",
                "sip:a@b;=x",
                "sip:a@b?x",
                "sip:a%4@b",
                "sip:a%zz@b",
                "sip:2001:db8::10",
                "sip:a@[2001:db8::g]",
                "sip:a@[::1",
                "tel:",
                "tel:abc xyz",
                ":x",
                "1x:y",
                "<sip:a@b>",
                "sip:a@b\r\nX: y",
                "noscheme"
            })
    void refusesWhatTheGrammarDoesNotAllow(String text) {
        assertTrue(Uri.parse(text).isEmpty(), text);
    }

    @Test
    void unescapesOnceAndOnlyOnce() {
        SipUri uri =
                SipUri.parse("sip:cal%6Cer@h;%6C%72;n%61me=v%61lue%25%34%31").orElseThrow();
        assertEquals("caller", uri.user());
        assertTrue(uri.looseRouting());
        assertEquals("value%41", uri.params().get("name"));
        assertEquals("sip:caller@h;lr;name=value%2541", uri.toString());
    }

    @Test
    void escapesWhatComesFromOutside() {
        assertEquals(
                "sip:a%40b%20%3Ex%0D%0AVia:%20y@h",
                SipUri.of("a@b >x\r\nVia: y", "h", null).toString().replace("%3A", ":"));
        assertThrows(IllegalArgumentException.class, () -> SipUri.of("a", "h\r\nX: y", null));
        assertThrows(IllegalArgumentException.class, () -> SipUri.of("a", "h", 65_536));
    }

    @Test
    void putsAnIpv6AddressInBrackets() {
        SipUri uri = SipUri.of("a", "2001:db8::1", 5060);
        assertEquals("sip:a@[2001:db8::1]:5060", uri.toString());
        assertEquals("2001:db8::1", uri.address());
        assertNull(SipUri.parse("sip:[2001:db8::10:5070]").orElseThrow().port());
    }

    /** The examples of 19.1.4. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sip:%61lice@atlanta.com;transport=TCP | sip:alice@AtlanTa.CoM;Transport=tcp | true",
                "sip:carol@chicago.com | sip:carol@chicago.com;newparam=5 | true",
                "sip:carol@chicago.com | sip:carol@chicago.com;security=on | true",
                "sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com | sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com | true",
                "sip:alice@atlanta.com?subject=project%20x&priority=urgent | sip:alice@atlanta.com?priority=urgent&subject=project%20x | true",
                "SIP:ALICE@AtLanTa.CoM;Transport=udp | sip:alice@AtLanTa.CoM;Transport=UDP | false",
                "sip:bob@biloxi.com | sip:bob@biloxi.com:5060 | false",
                "sip:bob@biloxi.com | sip:bob@biloxi.com;transport=udp | false",
                "sip:bob@biloxi.com | sip:bob@biloxi.com:6000;transport=tcp | false",
                "sip:carol@chicago.com | sip:carol@chicago.com?Subject=next%20meeting | false",
                "sip:bob@phone21.boxesbybob.com | sip:bob@192.0.2.4 | false",
                "sip:carol@chicago.com;security=on | sip:carol@chicago.com;security=off | false",
                "tel:+1-201-555-0123 | tel:+12015550123 | true",
                "tel:7042;phone-context=a.example | tel:7042 | false"
            })
    void comparesAsTheExamplesOfTheRfc(String one, String two, boolean same) {
        Uri a = Uri.parse(one).orElseThrow();
        Uri b = Uri.parse(two).orElseThrow();
        assertEquals(same, a.sameAs(b));
        assertEquals(same, b.sameAs(a));
    }

    @Test
    void knowsIpv6AddressesByTheirGrammar() {
        for (String good : new String[] {
            "::", "::1", "1::", "2001:db8::192.0.2.1", "::ffff:192.0.2.2", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:1.2.3.4"
        }) {
            assertTrue(Hosts.isIpv6(good), good);
        }
        for (String bad : new String[] {
            "",
            ":",
            ":::",
            "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9",
            "1::2::3",
            "12345::",
            "::1.2.3",
            "::1.2.3.256",
            "1:",
            "g::"
        }) {
            assertFalse(Hosts.isIpv6(bad), bad);
        }
    }

    @Test
    void keepsSchemesItDoesNotKnow() {
        assertEquals(
                "soap.beep",
                assertInstanceOf(
                                OtherUri.class,
                                Uri.parse("soap.beep://192.0.2.103:3002").orElseThrow())
                        .scheme());
    }
}
