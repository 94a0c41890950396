package io.segue.insight;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A figure of the loop in one week against the week before. Shares are compared by the two-proportion z-test (pooled), means by Welch's z; both take the
 * single calls, labels or turns as independent.
 *
 * @param nBefore calls, labels or turns that {@code before} is made of
 * @param z how many standard errors it has moved the wrong way; none with {@link State#TOO_FEW}
 */
public record Trend(
        LoopMetric metric,
        @Nullable Double before,
        long nBefore,
        @Nullable Double after,
        long nAfter,
        @Nullable Double z,
        State state) {
    /** One in a hundred by chance, when nothing has changed (one-sided). */
    public static final double Z_WRONG = 2.326;

    /** Past this a number says nothing more. */
    private static final double Z_MAX = 1_000;

    /** How it moves. */
    public enum State {
        /** One of the weeks has fewer than it takes to say anything. */
        TOO_FEW,
        STEADY,
        BETTER,
        /** This is an alarm. */
        WORSE;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param nMin what each week needs */
    public static Trend of(LoopMetric metric, Row before, Row after, int nMin) {
        return switch (metric) {
            case INTERVENTION_RATE -> ofShares(metric, before.interventionRate(), after.interventionRate(), nMin);
            case EDIT_RATE -> {
                // Which turns are chosen for review may change from week to week; which are drawn by lot does not.
                boolean byLot = before.randomEditRate().n() >= nMin
                        && after.randomEditRate().n() >= nMin;
                yield byLot
                        ? ofShares(metric, before.randomEditRate(), after.randomEditRate(), nMin)
                        : ofShares(metric, before.editRate(), after.editRate(), nMin);
            }
            case EDGE_CONFIDENCE -> ofMeans(metric, before.edgeConfidence(), after.edgeConfidence(), nMin);
        };
    }

    /** Of a share that should fall. */
    private static Trend ofShares(LoopMetric metric, Share before, Share after, int nMin) {
        Double z = null;
        if (before.n() >= nMin && after.n() >= nMin) {
            double pooled = (double) (before.of() + after.of()) / (before.n() + after.n());
            double variance = pooled * (1 - pooled) * (1.0 / before.n() + 1.0 / after.n());
            z = standard((double) after.of() / after.n() - (double) before.of() / before.n(), variance);
        }
        return new Trend(metric, before.value(), before.n(), after.value(), after.n(), z, state(z));
    }

    /** Of a mean that should rise. */
    private static Trend ofMeans(LoopMetric metric, Mean before, Mean after, int nMin) {
        Double was = before.value();
        Double is = after.value();
        Double z = was != null && is != null && before.n() >= nMin && after.n() >= nMin
                ? (Double) standard(was - is, before.variance() / before.n() + after.variance() / after.n())
                : null;
        return new Trend(metric, was, before.n(), is, after.n(), z, state(z));
    }

    /** Without any variance every difference is beyond chance. */
    private static double standard(double difference, double variance) {
        return difference == 0 ? 0 : Math.max(-Z_MAX, Math.min(Z_MAX, difference / Math.sqrt(variance)));
    }

    private static State state(@Nullable Double z) {
        if (z == null) {
            return State.TOO_FEW;
        }
        return z >= Z_WRONG ? State.WORSE : z <= -Z_WRONG ? State.BETTER : State.STEADY;
    }
}
