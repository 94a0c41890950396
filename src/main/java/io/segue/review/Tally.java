package io.segue.review;

/** The turns of an intent, counted by their confidence in steps of 0.01; the last step holds 0.99 and all above. Not for several threads. */
public final class Tally {
    public static final int STEPS = 100;

    private final long[] turns = new long[STEPS];
    private final long[] right = new long[STEPS];
    private final long[] wrong = new long[STEPS];
    private final double[] confidences = new double[STEPS];

    /**
     * @param step of the confidence, 0 to 99
     * @param all turns, labelled or not
     * @param right of them labelled approved
     * @param wrong of them labelled edited or rejected
     * @param confidences of the labelled, added up
     */
    public void add(int step, long all, long right, long wrong, double confidences) {
        turns[step] += all;
        this.right[step] += right;
        this.wrong[step] += wrong;
        this.confidences[step] += confidences;
    }

    public void add(Tally other) {
        for (int step = 0; step < STEPS; step++) {
            add(step, other.turns[step], other.right[step], other.wrong[step], other.confidences[step]);
        }
    }

    public long turns() {
        return turns(0, STEPS);
    }

    public long labels() {
        return right(0, STEPS) + wrong(0, STEPS);
    }

    long turns(int from, int to) {
        return sum(turns, from, to);
    }

    long right(int from, int to) {
        return sum(right, from, to);
    }

    long wrong(int from, int to) {
        return sum(wrong, from, to);
    }

    double confidences(int from, int to) {
        double sum = 0;
        for (int step = from; step < to; step++) {
            sum += confidences[step];
        }
        return sum;
    }

    private static long sum(long[] counts, int from, int to) {
        long sum = 0;
        for (int step = from; step < to; step++) {
            sum += counts[step];
        }
        return sum;
    }
}
