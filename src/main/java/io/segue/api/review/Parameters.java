package io.segue.api.review;

import io.segue.api.Problem;
import io.segue.api.Refused;
import io.segue.flow.review.Reviews.Span;
import io.segue.registry.FieldError;
import io.segue.registry.Ids;
import io.segue.registry.Wire;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a request's parameters and collects what is wrong with them; {@link #done} refuses the request with all of it. */
final class Parameters {
    private final List<FieldError> errors = new ArrayList<>();

    void wrong(String field, String message) {
        errors.add(new FieldError(field, message));
    }

    /** A day (from its start, UTC) or a time, such as 2026-01-31 or 2026-01-31T12:00:00Z. */
    @Nullable
    Instant time(String field, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            wrong(field, "has to be a day such as 2026-01-31 or a time such as 2026-01-31T00:00:00Z");
            return null;
        }
    }

    Span span(@Nullable String agent, @Nullable String from, @Nullable String to) {
        if (agent != null && !Ids.valid(agent)) {
            wrong("agent", Ids.RULE);
        }
        Instant begin = time("from", from);
        Instant end = time("to", to);
        if (begin != null && end != null && !begin.isBefore(end)) {
            wrong("to", "has to be later than from");
        }
        return new Span(agent, begin, end);
    }

    @Nullable
    Double share(String field, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            double share = Double.parseDouble(text);
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        wrong(field, "has to be 0 to 1");
        return null;
    }

    boolean flag(String field, @Nullable String text) {
        if (text != null && !text.equals("true") && !text.equals("false")) {
            wrong(field, "has to be true or false");
        }
        return "true".equals(text);
    }

    <E extends Enum<E>> @Nullable E oneOf(String field, @Nullable String text, List<E> values) {
        if (text == null) {
            return null;
        }
        return values.stream()
                .filter(value -> Wire.of(value).equals(text))
                .findFirst()
                .orElseGet(() -> {
                    wrong(
                            field,
                            "has to be one of " + values.stream().map(Wire::of).collect(Collectors.joining(", ")));
                    return null;
                });
    }

    <E extends Enum<E>> @Nullable E oneOf(String field, @Nullable String text, Class<E> type) {
        return oneOf(field, text, Arrays.asList(type.getEnumConstants()));
    }

    void done() {
        if (!errors.isEmpty()) {
            throw new Refused(Problem.invalid(List.copyOf(errors)));
        }
    }
}
