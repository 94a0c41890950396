package io.segue.api.review;

import io.segue.review.Sampling;
import java.time.Duration;

/**
 * Limits of reviews.
 *
 * @param lease how long a turn is kept for the reviewer it was given to
 * @param window how old a call may be whose turns are offered
 * @param calibrationLabelsMin labels in each half of the calls, for a proposal
 * @param exportsMax exports under way at once; past it 503
 * @param contextTurnsMax turns before the labelled one in an export
 */
public record Limits(
        Sampling sampling,
        Duration lease,
        Duration window,
        int calibrationLabelsMin,
        int exportsMax,
        int contextTurnsMax) {
    public static Limits defaults() {
        return new Limits(new Sampling(0.10, 0.05), Duration.ofMinutes(10), Duration.ofDays(30), 50, 2, 20);
    }
}
