package io.segue.signoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.signoff.Decision.Outcome;
import io.segue.signoff.Redemption.Fault;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RedemptionTest {
    private static final Action ASKED =
            new Action("a9", "payment.authorize", new BigDecimal("900"), "USD", null, Map.of("to", "x"));
    private static final Claims CLAIMS = Claims.of(
            "c1",
            "c1-s1",
            ASKED,
            new Decision(Outcome.APPROVED, "sam", "specialist", 5_000_999, null, null, null, null, null),
            120);

    @Test
    void whatWasApprovedMayBeDone() {
        assertEquals(
                Optional.empty(),
                new Redemption("c1-s1", "a9", "payment.authorize", new BigDecimal("900.00"), "usd", Map.of("to", "x"))
                        .fault(CLAIMS, 5_000));
        assertEquals(Optional.empty(), new Redemption("c1-s1", null, null, null, null, null).fault(CLAIMS, 5_119));
    }

    @Test
    void anythingElseMayNot() {
        assertTrue(other(new Redemption("c1-s2", null, null, null, null, null)).contains("another sign-off"));
        assertTrue(other(new Redemption("c1-s1", "a8", null, null, null, null)).contains("another action"));
        assertTrue(other(new Redemption("c1-s1", null, "payment.refund", null, null, null))
                .contains("payment.authorize"));
        assertTrue(other(new Redemption("c1-s1", null, null, new BigDecimal("900.01"), null, null))
                .contains("another amount"));
        assertTrue(other(new Redemption("c1-s1", null, null, null, "EUR", null)).contains("another currency"));
        assertTrue(other(new Redemption("c1-s1", null, null, null, null, Map.of("to", "y")))
                .contains("another payload"));
    }

    @Test
    void aTokenIsGoodForItsLastSecondAndNotOneLonger() {
        Redemption redemption = new Redemption("c1-s1", null, null, null, null, null);
        assertEquals(5_120, CLAIMS.expires());
        assertEquals(Optional.empty(), redemption.fault(CLAIMS, 5_119));
        assertEquals(
                Fault.Kind.EXPIRED,
                redemption.fault(CLAIMS, 5_120).orElseThrow().kind());
    }

    @Test
    void noTokenLivesLongerThanTwoMinutesWhateverIsSet() {
        Claims claims = Claims.of(
                "c1",
                "c1-s1",
                ASKED,
                new Decision(Outcome.APPROVED, "sam", "specialist", 0, null, null, null, null, null),
                3_600);
        assertEquals(120, claims.expires());
    }

    @Test
    void theTokenOfAnEditedActionIsForWhatItWasEditedTo() {
        Claims claims = Claims.of(
                "c1",
                "c1-s1",
                ASKED,
                new Decision(
                        Outcome.EDITED,
                        "sam",
                        "specialist",
                        0,
                        null,
                        Map.of("to", "y"),
                        new BigDecimal("600"),
                        null,
                        null),
                120);
        assertEquals(new BigDecimal("600"), claims.amount());
        assertEquals(CanonicalJson.sha256(Map.of("to", "y")), claims.payloadSha256());
    }

    private static String other(Redemption redemption) {
        Fault fault = redemption.fault(CLAIMS, 5_000).orElseThrow();
        assertEquals(Fault.Kind.OTHER, fault.kind());
        return fault.detail();
    }
}
