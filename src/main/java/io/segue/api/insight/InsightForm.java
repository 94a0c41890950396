package io.segue.api.insight;

import io.segue.insight.By;
import io.segue.insight.Query;
import io.segue.registry.FieldError;
import io.segue.registry.Read;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code GET /insights} is asked, read from its parameters. */
final class InsightForm {
    static final int DAYS_DEFAULT = 28;
    static final int DAYS_MAX = 400;
    static final int CHARS_MAX = 256;
    private static final Instant YEAR_3000 = Instant.parse("3000-01-01T00:00:00Z");
    private static final String CHOICES =
            Arrays.stream(By.values()).map(By::wire).collect(Collectors.joining(", "));

    private final List<FieldError> errors = new ArrayList<>();

    private InsightForm() {}

    /** @param by comma-separated; {@code total}, or nothing, is one row for all */
    static Read<Query> read(
            @Nullable String agent,
            @Nullable String version,
            @Nullable String policy,
            @Nullable String intent,
            @Nullable String queue,
            @Nullable String by,
            @Nullable String from,
            @Nullable String to,
            Instant now) {
        return new InsightForm().query(agent, version, policy, intent, queue, by, from, to, now);
    }

    private Read<Query> query(
            @Nullable String agent,
            @Nullable String version,
            @Nullable String policy,
            @Nullable String intent,
            @Nullable String queue,
            @Nullable String by,
            @Nullable String from,
            @Nullable String to,
            Instant now) {
        List<By> groups = groups(by);
        Integer number = version(version);
        if (agent == null && !groups.contains(By.AGENT) && (number != null || groups.contains(By.VERSION))) {
            errors.add(new FieldError(
                    "agent", "has to be given with version, or by=agent,version: a version is an agent's"));
        }
        if (policy != null && !policy.equals("current") && !policy.equals("canary")) {
            errors.add(new FieldError("policy", "has to be current or canary"));
        }
        Instant end = to == null ? now : time("to", to, now);
        Instant start = from == null ? end.minus(Duration.ofDays(DAYS_DEFAULT)) : time("from", from, end);
        if (errors.isEmpty() && !start.isBefore(end)) {
            errors.add(new FieldError("from", "has to be before to"));
        }
        if (errors.isEmpty() && Duration.between(start, end).compareTo(Duration.ofDays(DAYS_MAX)) > 0) {
            errors.add(new FieldError("from", "has to be " + DAYS_MAX + " days before to, or fewer"));
        }
        Query query = new Query(
                text("agent", agent),
                number,
                policy,
                text("intent", intent),
                text("queue", queue),
                groups,
                start,
                end,
                start,
                end);
        return errors.isEmpty() ? new Read.Ok<>(query) : new Read.Invalid<>(List.copyOf(errors));
    }

    private @Nullable String text(String field, @Nullable String value) {
        if (value != null && (value.length() > CHARS_MAX || value.indexOf('\0') >= 0)) {
            errors.add(new FieldError(field, "has to have " + CHARS_MAX + " characters or fewer, and no U+0000"));
        }
        return value;
    }

    private List<By> groups(@Nullable String by) {
        if (by == null) {
            return List.of(By.DAY);
        }
        if (by.isEmpty() || by.equals("total")) {
            return List.of();
        }
        List<By> groups = new ArrayList<>();
        for (String word : by.split(",", -1)) {
            By.of(word)
                    .filter(group -> !groups.contains(group))
                    .ifPresentOrElse(
                            groups::add,
                            () -> errors.add(new FieldError(
                                    "by",
                                    "has to be total, or some of " + CHOICES + ", each once, with commas between")));
        }
        return List.copyOf(groups);
    }

    private @Nullable Integer version(@Nullable String version) {
        if (version == null) {
            return null;
        }
        try {
            int number = Integer.parseInt(version);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // It is said below.
        }
        errors.add(new FieldError("version", "has to be a whole number from 1"));
        return null;
    }

    private Instant time(String field, String text, Instant otherwise) {
        try {
            Instant at = text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
            if (!at.isBefore(Instant.EPOCH) && at.isBefore(YEAR_3000)) {
                return at;
            }
        } catch (DateTimeException e) {
            // It is said below.
        }
        errors.add(new FieldError(
                field, "has to be a day such as 2026-11-23, or an instant such as 2026-11-23T15:00:00Z"));
        return otherwise;
    }
}
