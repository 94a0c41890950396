package io.segue.sip.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RFC 3326. */
class ReasonTest {
    @Test
    void readsTheExamplesOfItsRfc() {
        assertEquals(
                Optional.of(new Reason("SIP", 200, "Call completed elsewhere")),
                Reason.parse("SIP ;cause=200 ;text=\"Call completed elsewhere\""));
        assertEquals(
                Optional.of(new Reason("Q.850", 16, "Terminated")),
                Reason.parse("Q.850 ;cause=16 ;text=\"Terminated\""));
        assertEquals(
                Optional.of(new Reason("SIP", 600, "Busy Everywhere")),
                Reason.parse("SIP ;cause=600;text=\"Busy Everywhere\""));
    }

    @Test
    void readsWhatIsMissingOrOddAsFarAsItGoes() {
        assertEquals(Optional.of(new Reason("SIP", -1, null)), Reason.parse("SIP"));
        assertEquals(Optional.of(new Reason("SIP", -1, "x")), Reason.parse("SIP;cause=99999;text=x;other"));
        assertEquals(Optional.of(new Reason("SIP", 1, "open")), Reason.parse("SIP;cause=1;text=open"));
        assertEquals(Optional.of(new Reason("SIP", 1, "\"")), Reason.parse("SIP;cause=1;text=\""));
        assertEquals(Optional.of(new Reason("SIP", 1, "")), Reason.parse("SIP;cause=1;text=\"\""));
        assertEquals(Optional.empty(), Reason.parse(""));
        assertEquals(Optional.empty(), Reason.parse(";cause=1"));
        assertEquals(List.of(new Reason("Q.850", 17, null)), Reason.parseAll(List.of(" ", "Q.850;cause=17")));
    }

    @Test
    void joinsSeveralIntoOneValue() {
        assertEquals(
                "SIP;cause=200;text=\"Call completed elsewhere\", Q.850;cause=16;text=\"Normal call clearing\"",
                Reason.join(List.of(Reason.COMPLETED_ELSEWHERE, Reason.NORMAL)));
        assertNull(Reason.join(List.of()));
    }

    @Test
    void readsBackWhatItWrites() {
        for (Reason reason : List.of(
                Reason.NORMAL, Reason.COMPLETED_ELSEWHERE, new Reason("X", -1, null), Reason.sip(603, "a;\"b\"\\,c"))) {
            assertEquals(Optional.of(reason), Reason.parse(reason.toString()));
        }
    }
}
