package io.segue.policy;

import org.jspecify.annotations.Nullable;

/**
 * What holds for one intent alone.
 *
 * @param threshold 0 to 1; none: the policy's
 * @param prewarmMargin 0 to 1; none: the policy's
 * @param whom who takes over a call about it
 * @param risk what an error costs, 0 to 1: how much its turns are worth a review; none: 0.5
 */
public record IntentSettings(
        @Nullable Double threshold,
        @Nullable Double prewarmMargin,
        Whom whom,
        @Nullable Double risk) {
    static final IntentSettings NONE = new IntentSettings(null, null, Whom.ANYBODY, null);

    public static IntentSettings of(double threshold) {
        return new IntentSettings(threshold, null, Whom.ANYBODY, null);
    }
}
