package io.segue.insight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.segue.insight.Trend.State;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static final Spread NO_SPREAD = new Spread(null, null, null, 0);
    private static final Share NONE = new Share(0, 0);
    private static final Mean NO_MEAN = new Mean(null, 0, 0);

    private static Row interventions(long of, long n) {
        return row(new Share(of, n), NONE, NONE, NO_MEAN);
    }

    private static Row row(Share interventions, Share edits, Share randomEdits, Mean edge) {
        return new Row(
                Map.of(),
                interventions.n(),
                NONE,
                NONE,
                NO_SPREAD,
                NO_SPREAD,
                NO_SPREAD,
                NO_SPREAD,
                NONE,
                NONE,
                NO_MEAN,
                interventions,
                edits,
                randomEdits,
                NONE,
                NO_MEAN,
                edge);
    }

    private static Trend interventions(Row before, Row after) {
        return Trend.of(LoopMetric.INTERVENTION_RATE, before, after, 50);
    }

    @Test
    void tellsARiseBeyondChanceFromOneThatMayBeChance() {
        // Pooled 0.115, standard error sqrt(0.115 × 0.885 × 0.002) = 0.014267.
        Trend chance = interventions(interventions(100, 1_000), interventions(130, 1_000));
        assertEquals(2.1027, chance.z(), 1e-4);
        assertEquals(State.STEADY, chance.state());
        // Pooled 0.12, standard error sqrt(0.12 × 0.88 × 0.002) = 0.014533.
        Trend worse = interventions(interventions(100, 1_000), interventions(140, 1_000));
        assertEquals(2.7524, worse.z(), 1e-4);
        assertEquals(State.WORSE, worse.state());
        assertEquals(
                State.BETTER,
                interventions(interventions(140, 1_000), interventions(100, 1_000))
                        .state());
    }

    @Test
    void saysNothingOfFewerThanTheMinimumInEitherWeek() {
        assertEquals(
                State.WORSE,
                interventions(interventions(0, 50), interventions(50, 50)).state());
        Trend before = interventions(interventions(0, 49), interventions(50, 50));
        assertEquals(State.TOO_FEW, before.state());
        assertNull(before.z());
        assertEquals(
                State.TOO_FEW,
                interventions(interventions(0, 50), interventions(49, 49)).state());
        assertEquals(State.TOO_FEW, interventions(Row.NONE, Row.NONE).state());
    }

    @Test
    void isSteadyWhereNothingMoves() {
        assertEquals(
                State.STEADY,
                interventions(interventions(0, 50), interventions(0, 50)).state());
        assertEquals(
                State.STEADY,
                interventions(interventions(50, 50), interventions(50, 50)).state());
    }

    @Test
    void comparesEditsOfTurnsDrawnByLotWhereThereAreEnough() {
        Row before = row(NONE, new Share(10, 200), new Share(25, 50), NO_MEAN);
        Row after = row(NONE, new Share(100, 200), new Share(10, 50), NO_MEAN);
        assertEquals(
                State.BETTER, Trend.of(LoopMetric.EDIT_RATE, before, after, 50).state());
        Trend all = Trend.of(LoopMetric.EDIT_RATE, before, after, 51);
        assertEquals(State.WORSE, all.state());
        assertEquals(200, all.nAfter());
    }

    @Test
    void raisesTheAlarmWhereConfidenceFalls() {
        // Standard error sqrt(0.04 / 100 + 0.04 / 100) = 0.028284.
        Row before = row(NONE, NONE, NONE, new Mean(0.8, 0.04, 100));
        Row after = row(NONE, NONE, NONE, new Mean(0.7, 0.04, 100));
        Trend fell = Trend.of(LoopMetric.EDGE_CONFIDENCE, before, after, 100);
        assertEquals(3.5355, fell.z(), 1e-4);
        assertEquals(State.WORSE, fell.state());
        assertEquals(
                State.BETTER,
                Trend.of(LoopMetric.EDGE_CONFIDENCE, after, before, 100).state());
        assertEquals(
                State.TOO_FEW,
                Trend.of(LoopMetric.EDGE_CONFIDENCE, before, after, 101).state());
    }
}
