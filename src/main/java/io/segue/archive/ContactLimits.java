package io.segue.archive;

import org.jspecify.annotations.Nullable;

/**
 * @param identitiesMax what one contact may be known by
 * @param messagesMax messages kept of one contact; the oldest go
 * @param callsBatch calls that are erased in one transaction
 * @param country the country code of numbers that carriers write without one; none: they always write one
 */
public record ContactLimits(
        int identitiesMax,
        int messagesMax,
        int callsBatch,
        @Nullable String country) {
    public static ContactLimits defaults() {
        return new ContactLimits(16, 1_000, 100, null);
    }
}
