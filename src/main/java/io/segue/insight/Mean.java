package io.segue.insight;

import org.jspecify.annotations.Nullable;

/**
 * An average.
 *
 * @param value none of nothing
 * @param variance of the sample; 0 where there are fewer than two
 */
public record Mean(@Nullable Double value, double variance, long n) {}
