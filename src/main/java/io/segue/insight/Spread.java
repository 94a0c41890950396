package io.segue.insight;

import org.jspecify.annotations.Nullable;

/** Percentiles, interpolated between the two values that are nearest; none of nothing. */
public record Spread(
        @Nullable Double p50,
        @Nullable Double p95,
        @Nullable Double p99,
        long n) {}
