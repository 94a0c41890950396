package io.segue.review;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far an intent's confidence keeps what it promises: Guo et al., On Calibration of Modern Neural Networks, ICML 2017.
 *
 * @param error the expected calibration error: |accuracy − mean confidence| of each bin, weighted by its labels; none without labels
 */
public record Reliability(List<Bin> bins, @Nullable Double error) {
    public static final int BINS = 10;
    static final int STEPS = Tally.STEPS / BINS;

    /**
     * Turns with a confidence of {@code from} up to {@code to}.
     *
     * @param turns all, labelled or not
     * @param right labelled approved
     * @param confidence mean of the labelled; none without labels
     * @param accuracy of the labelled, with its interval; none without labels
     */
    public record Bin(
            double from,
            double to,
            long turns,
            long labels,
            long right,
            @Nullable Double confidence,
            @Nullable Interval accuracy) {}

    public static Reliability of(Tally tally) {
        List<Bin> bins = new ArrayList<>();
        double error = 0;
        for (int i = 0; i < BINS; i++) {
            Bin bin = bin(tally, i);
            bins.add(bin);
            if (bin.accuracy() instanceof Interval accuracy && bin.confidence() instanceof Double confidence) {
                error += bin.labels() * Math.abs(accuracy.share() - confidence);
            }
        }
        long labels = tally.labels();
        return new Reliability(List.copyOf(bins), labels == 0 ? null : error / labels);
    }

    private static Bin bin(Tally tally, int i) {
        int from = i * STEPS;
        int to = from + STEPS;
        long right = tally.right(from, to);
        long labels = right + tally.wrong(from, to);
        return new Bin(
                (double) i / BINS,
                (i + 1.0) / BINS,
                tally.turns(from, to),
                labels,
                right,
                labels == 0 ? null : tally.confidences(from, to) / labels,
                labels == 0 ? null : Interval.of(right, labels));
    }
}
