package io.segue.human;

import org.jspecify.annotations.Nullable;

/**
 * What a human is doing, since when.
 *
 * @param sinceMs wall-clock milliseconds
 * @param handoff the handoff that has them; none while nobody has
 * @param unanswered calls in a row that they let ring; at two they are away
 * @param legLost whether they are away only because the leg that stands by, or the browser they registered with, is gone
 */
public record Presence(
        String human,
        PresenceState state,
        long sinceMs,
        @Nullable String handoff,
        int unanswered,
        boolean legLost) {}
