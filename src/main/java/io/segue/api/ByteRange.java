package io.segue.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a header {@code Range} asks for of something of a known length (RFC 9110, 14.2).
 */
sealed interface ByteRange {
    /** All of it: nothing is asked for, or nothing that we serve; several ranges at once are not. */
    record Whole() implements ByteRange {}

    /** @param first and last byte, inclusive */
    record Part(long first, long last) implements ByteRange {
        long length() {
            return last - first + 1;
        }
    }

    /** None of it is there: 416. */
    record Unsatisfiable() implements ByteRange {}

    Pattern BYTES = Pattern.compile("(?i)bytes=([0-9]{0,18})-([0-9]{0,18})");

    static ByteRange of(@Nullable String header, long length) {
        Matcher range = BYTES.matcher(header == null ? "" : header.strip());
        if (!range.matches() || range.group(1).isEmpty() && range.group(2).isEmpty()) {
            return new Whole();
        }
        if (range.group(1).isEmpty()) {
            long suffix = Math.min(length, Long.parseLong(range.group(2)));
            return suffix == 0 ? new Unsatisfiable() : new Part(length - suffix, length - 1);
        }
        long first = Long.parseLong(range.group(1));
        long last = range.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(range.group(2));
        if (last < first) {
            return new Whole();
        }
        return first >= length ? new Unsatisfiable() : new Part(first, Math.min(last, length - 1));
    }
}
