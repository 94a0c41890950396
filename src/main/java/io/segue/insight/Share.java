package io.segue.insight;

import org.jspecify.annotations.Nullable;

/**
 * How many of how many.
 *
 * @param of 0 to {@code n}
 */
public record Share(long of, long n) {
    /** 0 to 1; none of nothing. */
    public @Nullable Double value() {
        return n == 0 ? null : (double) of / n;
    }
}
