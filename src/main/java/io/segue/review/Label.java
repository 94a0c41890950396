package io.segue.review;

import org.jspecify.annotations.Nullable;

/**
 * What somebody said of a turn.
 *
 * @param text with {@link Mark#EDITED}: of an agent's turn, what it should have said; of a caller's turn, the intent that it should have been taken for
 * @param reason in the reviewer's words
 * @param severity of what was edited or rejected
 * @param reviewer who, by their sign-in
 * @param role in which role, by their sign-in
 * @param atMs Unix milliseconds
 * @param version 1, and one more with each change
 * @param slice why they were offered it; none: they chose it themselves
 */
public record Label(
        Mark mark,
        @Nullable String text,
        @Nullable String reason,
        @Nullable Severity severity,
        String reviewer,
        String role,
        long atMs,
        int version,
        @Nullable Slice slice) {}
