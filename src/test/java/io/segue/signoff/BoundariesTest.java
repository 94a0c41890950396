package io.segue.signoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.agent.Agent.Boundary;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundariesTest {
    private static final List<Boundary> PAYMENTS = List.of(new Boundary("payment.authorize", 500.0, "USD"));

    @Test
    void anAmountAtTheLimitNeedsNobodyAndOneCentPastItDoes() {
        assertFalse(beyond(PAYMENTS, "payment.authorize", "500.00", "USD"));
        assertTrue(beyond(PAYMENTS, "payment.authorize", "500.01", "USD"));
    }

    @Test
    void anotherCurrencyAlwaysNeedsSomebody() {
        assertTrue(beyond(PAYMENTS, "payment.authorize", "0.01", "EUR"));
        assertTrue(beyond(PAYMENTS, "payment.authorize", "0.01", null));
    }

    @Test
    void aCurrencyIsTheSameInSmallLetters() {
        assertFalse(beyond(PAYMENTS, "payment.authorize", "20", "usd"));
    }

    @Test
    void anUnknownAmountNeedsSomebody() {
        assertTrue(beyond(PAYMENTS, "payment.authorize", null, "USD"));
    }

    @Test
    void eachCurrencyMayHaveALimitOfItsOwn() {
        List<Boundary> both = List.of(new Boundary("payment.*", 500.0, "USD"), new Boundary("payment.*", 400.0, "EUR"));
        assertFalse(beyond(both, "payment.refund", "400", "EUR"));
        assertTrue(beyond(both, "payment.refund", "400.01", "EUR"));
        assertFalse(beyond(both, "payment.refund", "499", "USD"));
        assertTrue(beyond(both, "payment.refund", "1", "GBP"));
    }

    @Test
    void aPatternTakesWhatBeginsWithItAndNothingElse() {
        List<Boundary> clinical =
                List.of(new Boundary("clinical.*", null, null), new Boundary("account.close", null, null));
        assertTrue(beyond(clinical, "clinical.advice", null, null));
        assertTrue(beyond(clinical, "account.close", null, null));
        assertFalse(beyond(clinical, "clinic.opening-hours", null, null));
        assertFalse(beyond(clinical, "account.closed", null, null));
        assertFalse(beyond(PAYMENTS, "payment.authorize.status", "9999", "USD"));
    }

    @Test
    void anotherSpellingOfATypeIsNoWayPastItsBoundary() {
        assertTrue(beyond(PAYMENTS, "Payment.AUTHORIZE", "900", "USD"));
        assertTrue(beyond(PAYMENTS, " payment.authorize ", "900", "USD"));
        assertTrue(beyond(List.of(new Boundary("clinical.*", null, null)), "Clinical.Advice", null, null));
        assertTrue(beyond(List.of(new Boundary("*", null, null)), "anything", null, null));
    }

    @Test
    void aBoundaryWithoutALimitHoldsEvenNothing() {
        assertTrue(beyond(List.of(new Boundary("payment.*", null, "USD")), "payment.refund", "0", "USD"));
    }

    @Test
    void aLimitWithoutACurrencyIsComparedWithAny() {
        List<Boundary> any = List.of(new Boundary("payment.*", 10.0, null));
        assertFalse(beyond(any, "payment.refund", "10", "JPY"));
        assertTrue(beyond(any, "payment.refund", "10.01", null));
    }

    @Test
    void theNarrowerLimitOfTwoHolds() {
        List<Boundary> two =
                List.of(new Boundary("payment.*", 500.0, "USD"), new Boundary("payment.gift", 50.0, "USD"));
        assertEquals(
                50.0,
                Boundaries.beyond(two, "payment.gift", new BigDecimal("60"), "USD")
                        .orElseThrow()
                        .above());
    }

    private static boolean beyond(List<Boundary> boundaries, String type, String amount, String currency) {
        return Boundaries.beyond(boundaries, type, amount == null ? null : new BigDecimal(amount), currency)
                .isPresent();
    }
}
