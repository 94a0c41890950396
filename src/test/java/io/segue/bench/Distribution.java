package io.segue.bench;

import java.util.Arrays;
import java.util.List;

/** Samples, and what lies below what share of them (nearest rank). */
record Distribution(double[] sorted) {
    static Distribution of(List<Double> samples) {
        double[] sorted = samples.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Distribution(sorted);
    }

    int count() {
        return sorted.length;
    }

    double at(double percent) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[Math.max(0, (int) Math.ceil(percent / 100 * sorted.length) - 1)];
    }

    double max() {
        return at(100);
    }

    /** p50 / p95 / max in one cell. */
    String cell() {
        return "%.1f / %.1f / %.1f".formatted(at(50), at(95), max());
    }
}
