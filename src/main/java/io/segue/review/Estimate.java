package io.segue.review;

/**
 * What a threshold would do to the turns of a tally. The labelled turns of each bin of {@link Reliability} stand for all turns of that bin, since reviews are
 * drawn by confidence; a bin without labels is as wrong as the next one below that has some, else the next one above.
 *
 * @param threshold turns below it go to a person
 * @param intervention share of all turns that go to a person, 0 to 1
 * @param error share of all turns that are wrong and go to nobody, with its interval
 * @param labels that it rests on
 */
public record Estimate(double threshold, double intervention, Interval error, long labels) {
    /**
     * @param tally with one label at least
     * @param step the threshold in hundredths, 0 to 99
     */
    public static Estimate of(Tally tally, int step) {
        double all = tally.turns();
        double missed = 0;
        for (int s = step; s < Tally.STEPS; s++) {
            missed += wrong(tally, s);
        }
        double share = Math.min(1, missed / all);
        long labels = tally.labels();
        return new Estimate(
                (double) step / Tally.STEPS, tally.turns(0, step) / all, Interval.of(share * labels, labels), labels);
    }

    private static double wrong(Tally tally, int step) {
        int bin = step / Reliability.STEPS;
        long labels = labels(tally, bin);
        return labels == 0
                ? tally.turns(step, step + 1) * wrongShare(tally, nearest(tally, bin))
                : (double) tally.wrong(step, step + 1) * turns(tally, bin) / labels;
    }

    private static int nearest(Tally tally, int bin) {
        for (int below = bin - 1; below >= 0; below--) {
            if (labels(tally, below) > 0) {
                return below;
            }
        }
        for (int above = bin + 1; above < Reliability.BINS; above++) {
            if (labels(tally, above) > 0) {
                return above;
            }
        }
        throw new IllegalArgumentException("a tally without labels");
    }

    private static double wrongShare(Tally tally, int bin) {
        int from = bin * Reliability.STEPS;
        return (double) tally.wrong(from, from + Reliability.STEPS) / labels(tally, bin);
    }

    private static long labels(Tally tally, int bin) {
        int from = bin * Reliability.STEPS;
        return tally.right(from, from + Reliability.STEPS) + tally.wrong(from, from + Reliability.STEPS);
    }

    private static long turns(Tally tally, int bin) {
        int from = bin * Reliability.STEPS;
        return tally.turns(from, from + Reliability.STEPS);
    }
}
