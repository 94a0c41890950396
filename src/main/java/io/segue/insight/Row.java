package io.segue.insight;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a group of calls. docs/insight.md says of each what it is made of.
 *
 * @param key what the group has in common; null where the calls say nothing of it
 * @param calls how many there are
 * @param handoffRate calls for which a human was asked for
 * @param reached handoffs in which a human got the caller
 * @param handoffMs T0 to T4
 * @param waitMs T0 to the human's answer
 * @param resolutionSeconds from the call's answer to its end
 * @param survival handoffs whose human's stretch did not break within {@link Survival#SECONDS}
 * @param lasted handoffs whose human's stretch was still going on after {@link Survival#SECONDS}
 * @param sentimentShift the mean mood of the last third of the caller's turns less that of the first, −2 to 2
 * @param interventionRate calls in which a person did something
 * @param editRate labelled turns that were edited
 * @param randomEditRate the same of the turns drawn by lot
 * @param rejectRate labelled turns that were rejected
 * @param confidence of the caller's turns
 * @param edgeConfidence the same of turns with a rare intent
 */
public record Row(
        Map<By, @Nullable String> key,
        long calls,
        Share handoffRate,
        Share reached,
        Spread handoffMs,
        Spread waitMs,
        Spread deadAirMs,
        Spread resolutionSeconds,
        Share survival,
        Share lasted,
        Mean sentimentShift,
        Share interventionRate,
        Share editRate,
        Share randomEditRate,
        Share rejectRate,
        Mean confidence,
        Mean edgeConfidence) {
    private static final Spread NO_SPREAD = new Spread(null, null, null, 0);
    private static final Share NO_SHARE = new Share(0, 0);
    private static final Mean NO_MEAN = new Mean(null, 0, 0);

    /** No calls at all. */
    public static final Row NONE = new Row(
            Map.of(), 0, NO_SHARE, NO_SHARE, NO_SPREAD, NO_SPREAD, NO_SPREAD, NO_SPREAD, NO_SHARE, NO_SHARE, NO_MEAN,
            NO_SHARE, NO_SHARE, NO_SHARE, NO_SHARE, NO_MEAN, NO_MEAN);
}
