package io.segue.review;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far two reviewers agree beyond chance: Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20 (1960).
 *
 * @param turns labelled by both
 * @param observed share of turns with the same mark; none of no turns
 * @param expected share that would be the same by chance
 * @param kappa (observed − expected) ÷ (1 − expected), at most 1; none where all marks are the same, which says nothing
 */
public record Agreement(
        long turns,
        @Nullable Double observed,
        @Nullable Double expected,
        @Nullable Double kappa) {
    /** What the first and the second reviewer said. */
    public record Pair(Mark first, Mark second) {}

    /** @param pairs how many turns each pair of marks was given to */
    public static Agreement of(Map<Pair, Long> pairs) {
        int marks = Mark.values().length;
        long[] first = new long[marks];
        long[] second = new long[marks];
        long same = 0;
        long turns = 0;
        for (Map.Entry<Pair, Long> entry : pairs.entrySet()) {
            Pair pair = entry.getKey();
            long count = entry.getValue();
            first[pair.first().ordinal()] += count;
            second[pair.second().ordinal()] += count;
            same += pair.first() == pair.second() ? count : 0;
            turns += count;
        }
        if (turns == 0) {
            return new Agreement(0, null, null, null);
        }
        double observed = (double) same / turns;
        double expected = 0;
        for (int i = 0; i < marks; i++) {
            expected += (double) first[i] / turns * ((double) second[i] / turns);
        }
        boolean oneMarkOnly = first[0] == turns && second[0] == turns
                || first[1] == turns && second[1] == turns
                || first[2] == turns && second[2] == turns;
        return new Agreement(turns, observed, expected, oneMarkOnly ? null : (observed - expected) / (1 - expected));
    }
}
