package io.segue.insight;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One of the calls that a figure is made of.
 *
 * @param queue of the last handoff
 * @param outcome {@code contained}, {@code handed_off} or {@code unanswered}
 */
public record CallLine(
        String id,
        @Nullable String agent,
        @Nullable String queue,
        @Nullable String from,
        Instant answeredAt,
        Instant endedAt,
        @Nullable String endReason,
        @Nullable String outcome) {}
