package io.segue.policy;

import org.jspecify.annotations.Nullable;

/**
 * What holds for one intent alone.
 *
 * @param threshold 0 to 1; none: the policy's
 * @param prewarmMargin 0 to 1; none: the policy's
 * @param whom who takes over a call about it
 */
public record IntentSettings(
        @Nullable Double threshold, @Nullable Double prewarmMargin, Whom whom) {
    static final IntentSettings NONE = new IntentSettings(null, null, Whom.ANYBODY);

    public static IntentSettings of(double threshold) {
        return new IntentSettings(threshold, null, Whom.ANYBODY);
    }
}
