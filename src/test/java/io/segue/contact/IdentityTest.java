package io.segue.contact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private static String of(String text) {
        return Identity.of(text).map(Identity::value).orElse("none");
    }

    private static String ofCaller(String user, String country) {
        return Identity.ofCaller(user, country.isEmpty() ? null : country)
                .map(Identity::value)
                .orElse("none");
    }

    @Test
    void readsNumbersAddressesAndIdsOfOnesOwn() {
        assertEquals("+15550123", of("+1 (555) 0123"));
        assertEquals("+491711234567", of(" +49 171/123-45.67 "));
        assertEquals("anna@example.org", of("Anna@Example.org"));
        assertEquals("C-4711", of("C-4711"));
        assertEquals("15550123", of("15550123"), "digits without a + are nobody's number");
        assertEquals("<script>alert(1)</script>", of("<script>alert(1)</script>"), "text is text");
    }

    @Test
    void takesNumbersOfTheLeastAndTheMostDigitsAndNothingBeyond() {
        assertEquals("+1234567", of("+1234567"));
        assertEquals("+123456789012345", of("+123456789012345"));
        assertEquals("none", of("+123456"));
        assertEquals("none", of("+1234567890123456"));
        assertEquals("none", of("+0123456789"));
        assertEquals("none", of("+1555CALL"));
    }

    @Test
    void takesNothingThatCouldEndALineOrHide() {
        for (String text : List.of(
                "", "  ", "a\r\nX-Evil: 1", "a\nb", "a\tb", "a\u0000b", "a\u2028b", "a\u202eb", "a\u200bb", "\ud800")) {
            assertEquals(Optional.empty(), Identity.of(text));
        }
        assertEquals("x".repeat(128), of("x".repeat(128)));
        assertEquals("none", of("x".repeat(129)));
    }

    @Test
    void readsACallersNumberAsCarriersWriteIt() {
        assertEquals("+15550123", ofCaller("+15550123", ""));
        assertEquals("+15550123", ofCaller("15550123", ""));
        assertEquals("+491711234567", ofCaller("00491711234567", ""));
        assertEquals("+491711234567", ofCaller("01711234567", "49"));
        assertEquals("+15551234567", ofCaller("5551234567", "1"));
        assertEquals("none", ofCaller("anonymous", ""));
        assertEquals("none", ofCaller("", ""));
        assertEquals("none", ofCaller("110", ""));
    }

    @Test
    void knowsTheWaysThatACarrierMayHaveWrittenANumber() {
        Identity number = new Identity("+491711234567");
        assertEquals(
                Set.of("+491711234567", "491711234567", "00491711234567", "01711234567"), number.asCarriersWrite("49"));
        assertEquals(Set.of(), new Identity("C-1").asCarriersWrite("49"));
        for (String way : number.asCarriersWrite("49")) {
            assertEquals(Optional.of(number), Identity.ofCaller(way, "49"), way);
        }
    }
}
