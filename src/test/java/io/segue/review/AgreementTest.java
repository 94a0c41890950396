package io.segue.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.segue.review.Agreement.Pair;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static Pair pair(Mark first, Mark second) {
        return new Pair(first, second);
    }

    /** Of 50 grant applications two readers accept 20 and refuse 15 alike, 5 and 10 they see differently: the textbook example of Cohen's kappa. */
    @Test
    void agreesWithThePublishedExample() {
        Agreement agreement = Agreement.of(Map.of(
                pair(Mark.APPROVED, Mark.APPROVED), 20L,
                pair(Mark.APPROVED, Mark.REJECTED), 5L,
                pair(Mark.REJECTED, Mark.APPROVED), 10L,
                pair(Mark.REJECTED, Mark.REJECTED), 15L));
        assertEquals(50, agreement.turns());
        assertEquals(0.7, value(agreement.observed()), 1e-12);
        assertEquals(0.5, value(agreement.expected()), 1e-12);
        assertEquals(0.4, value(agreement.kappa()), 1e-12);
    }

    /** Marginals 50/30/20 and 60/25/15, 75 alike: κ = (0.75 − 0.405) ÷ (1 − 0.405). */
    @Test
    void countsThreeMarks() {
        Agreement agreement = Agreement.of(Map.of(
                pair(Mark.APPROVED, Mark.APPROVED), 45L,
                pair(Mark.APPROVED, Mark.EDITED), 3L,
                pair(Mark.APPROVED, Mark.REJECTED), 2L,
                pair(Mark.EDITED, Mark.APPROVED), 9L,
                pair(Mark.EDITED, Mark.EDITED), 19L,
                pair(Mark.EDITED, Mark.REJECTED), 2L,
                pair(Mark.REJECTED, Mark.APPROVED), 6L,
                pair(Mark.REJECTED, Mark.EDITED), 3L,
                pair(Mark.REJECTED, Mark.REJECTED), 11L));
        assertEquals(0.345 / 0.595, value(agreement.kappa()), 1e-12);
    }

    @Test
    void isOneWhereAllIsAlikeAndNegativeWhereNothingIs() {
        assertEquals(
                1.0,
                value(Agreement.of(
                                Map.of(pair(Mark.APPROVED, Mark.APPROVED), 3L, pair(Mark.REJECTED, Mark.REJECTED), 3L))
                        .kappa()),
                1e-12);
        assertEquals(
                -1.0,
                value(Agreement.of(
                                Map.of(pair(Mark.APPROVED, Mark.REJECTED), 3L, pair(Mark.REJECTED, Mark.APPROVED), 3L))
                        .kappa()),
                1e-12);
    }

    @Test
    void saysNothingWhereThereIsNothingToSay() {
        assertNull(Agreement.of(Map.of()).observed());
        Agreement same = Agreement.of(Map.of(pair(Mark.APPROVED, Mark.APPROVED), 9L));
        assertEquals(1.0, value(same.observed()));
        assertNull(same.kappa());
    }

    private static double value(Double figure) {
        assertNotNull(figure);
        return figure;
    }
}
