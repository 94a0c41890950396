package io.segue.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.review.Proposal.Target;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    private static final int MIN = 50;

    /** In each of the ten bins ten labelled turns at its middle, of which as many are right as the bin says, and ten times as many unlabelled. */
    private static Tally calibrated() {
        Tally tally = new Tally();
        for (int bin = 0; bin < 10; bin++) {
            tally.add(bin * 10 + 5, 100, bin, 10 - bin, 10 * (bin / 10.0 + 0.05));
        }
        return tally;
    }

    @Test
    void theIntervalIsWilsons() {
        Interval interval = Interval.of(8, 10);
        assertEquals(0.8, interval.share(), 1e-12);
        assertEquals(0.4902, interval.low(), 5e-5);
        assertEquals(0.9433, interval.high(), 5e-5);
        assertEquals(0, Interval.of(0, 10).low(), 1e-12);
        assertEquals(1, Interval.of(10, 10).high(), 1e-12);
    }

    @Test
    void theCurveHasTenBinsWithTheirCounts() {
        Reliability curve = Reliability.of(calibrated());
        assertEquals(Reliability.BINS, curve.bins().size());
        Reliability.Bin seventh = curve.bins().get(7);
        assertEquals(0.7, seventh.from(), 1e-12);
        assertEquals(0.8, seventh.to(), 1e-12);
        assertEquals(100, seventh.turns());
        assertEquals(10, seventh.labels());
        assertEquals(7, seventh.right());
        assertEquals(0.7, share(seventh.accuracy()), 1e-12);
        Double confidence = seventh.confidence();
        assertNotNull(confidence);
        assertEquals(0.75, confidence, 1e-12);
    }

    @Test
    void theCalibrationErrorIsTheMeanDistanceFromThePromise() {
        Double error = Reliability.of(calibrated()).error();
        assertNotNull(error);
        assertEquals(0.05, error, 1e-12);
        assertNull(Reliability.of(new Tally()).error());
        assertNull(Reliability.of(new Tally()).bins().getFirst().accuracy());
    }

    @Test
    void theLabelledStandForAllTurnsOfTheirBin() {
        // 900 turns at 0.95, one labelled in ten, a tenth of them wrong; 100 turns at 0.15, all labelled, all wrong.
        Tally tally = new Tally();
        tally.add(95, 900, 81, 9, 85.5);
        tally.add(15, 100, 0, 100, 15);
        assertEquals(0.09 + 0.1, Estimate.of(tally, 0).error().share(), 1e-12);
        assertEquals(0.09, Estimate.of(tally, 16).error().share(), 1e-12);
        assertEquals(0.1, Estimate.of(tally, 16).intervention(), 1e-12);
        assertEquals(0, Estimate.of(tally, 96).error().share(), 1e-12);
        assertEquals(1, Estimate.of(tally, 96).intervention(), 1e-12);
        assertEquals(190, Estimate.of(tally, 16).labels());
    }

    @Test
    void aBinWithoutLabelsIsAsWrongAsTheNextOneBelow() {
        Tally tally = new Tally();
        tally.add(85, 100, 80, 20, 85);
        tally.add(95, 100, 0, 0, 0);
        assertEquals(0.2, Estimate.of(tally, 0).error().share(), 1e-12);
        Tally above = new Tally();
        above.add(85, 100, 0, 0, 0);
        above.add(95, 100, 90, 10, 95);
        assertEquals(0.1, Estimate.of(above, 0).error().share(), 1e-12);
    }

    @Test
    void proposesTheLowestThresholdThatKeepsTheErrorBudget() {
        // Wrong from above: 1 %, 1 + 2 %, 1 + 2 + 3 % … of all turns.
        Proposal.Threshold found = assertInstanceOf(
                Proposal.Threshold.class, Proposal.of(calibrated(), calibrated(), new Target.ErrorBudget(0.03), MIN));
        assertEquals(0.76, found.learnt().threshold(), 1e-12);
        assertEquals(0.03, found.learnt().error().share(), 1e-12);
        assertEquals(0.8, found.learnt().intervention(), 1e-12);
        assertEquals(100, found.learnt().labels());
        assertTrue(found.learnt().error().low() < 0.03 && found.learnt().error().high() > 0.03);
    }

    @Test
    void proposesTheHighestThresholdThatKeepsTheInterventionRate() {
        Proposal.Threshold found = assertInstanceOf(
                Proposal.Threshold.class,
                Proposal.of(calibrated(), calibrated(), new Target.InterventionRate(0.25), MIN));
        assertEquals(0.25, found.learnt().threshold(), 1e-12);
        assertEquals(0.2, found.learnt().intervention(), 1e-12);
        Proposal.Threshold none = assertInstanceOf(
                Proposal.Threshold.class, Proposal.of(calibrated(), calibrated(), new Target.InterventionRate(0), MIN));
        assertEquals(0.05, none.learnt().threshold(), 1e-12);
        assertEquals(0, none.learnt().intervention(), 1e-12);
    }

    @Test
    void checksOnTheOtherHalf() {
        Tally worse = new Tally();
        worse.add(95, 100, 25, 75, 95);
        Proposal.Threshold found = assertInstanceOf(
                Proposal.Threshold.class, Proposal.of(calibrated(), worse, new Target.ErrorBudget(0.03), MIN));
        assertEquals(found.learnt().threshold(), found.checked().threshold());
        assertEquals(0.75, found.checked().error().share(), 1e-12);
    }

    @Test
    void refusesWithOneLabelTooFewInEitherHalf() {
        Tally enough = new Tally();
        enough.add(90, 50, 50, 0, 45);
        Tally few = new Tally();
        few.add(90, 50, 49, 0, 44);
        assertInstanceOf(Proposal.Threshold.class, Proposal.of(enough, enough, new Target.ErrorBudget(0.1), MIN));
        assertEquals(new Proposal.TooFew(50, 49, MIN), Proposal.of(enough, few, new Target.ErrorBudget(0.1), MIN));
        assertEquals(new Proposal.TooFew(49, 50, MIN), Proposal.of(few, enough, new Target.ErrorBudget(0.1), MIN));
    }

    @Test
    void aBudgetOfNothingSendsAllThatMayBeWrongToAPerson() {
        Proposal.Threshold found = assertInstanceOf(
                Proposal.Threshold.class, Proposal.of(calibrated(), calibrated(), new Target.ErrorBudget(0), MIN));
        assertEquals(0.96, found.learnt().threshold(), 1e-12);
    }

    @Test
    void saysSoWhereNoThresholdKeepsTheBudget() {
        Tally sureAndWrong = new Tally();
        sureAndWrong.add(99, 100, 50, 50, 99);
        Proposal.Unreachable none = assertInstanceOf(
                Proposal.Unreachable.class, Proposal.of(sureAndWrong, sureAndWrong, new Target.ErrorBudget(0.1), MIN));
        assertEquals(0.99, none.best().threshold(), 1e-12);
        assertEquals(0.5, none.best().error().share(), 1e-12);
    }

    private static double share(Interval interval) {
        assertNotNull(interval);
        return interval.share();
    }
}
