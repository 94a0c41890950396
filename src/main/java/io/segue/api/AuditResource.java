package io.segue.api;

import io.segue.api.auth.Role;
import io.segue.audit.Finding;
import io.segue.audit.Verifier;
import io.segue.flow.record.AuditReader;
import io.segue.registry.FieldError;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The audit trail, to read: the oldest entry first, page by page. */
@Path("/api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {
    private static final int LIMIT_DEFAULT = 100;
    private static final int KIND_CHARS_MAX = 128;
    private static final Pattern PLACE = Pattern.compile("(\\d{1,17})-(\\d{1,18})-(.{1,64})");

    private final Answers answers;
    private final AuditReader reader;
    private final Limits limits;

    AuditResource(Answers answers, AuditReader reader, Limits limits) {
        this.answers = answers;
        this.reader = reader;
        this.limits = limits;
    }

    /**
     * @param kind {@code handoff.requested} or {@code handoff.*}
     * @param from an instant (ISO 8601), included
     * @param to an instant, not included
     * @param after {@code next} of the page before
     */
    @GET
    @RolesAllowed({Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> list(
            @QueryParam("call") @Nullable String call,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        List<FieldError> errors = new ArrayList<>();
        AuditReader.Query query = new AuditReader.Query(
                call,
                kind(kind, errors),
                time("from", from, errors),
                time("to", to, errors),
                place(after, errors),
                count(limit, errors));
        if (call != null && !CallIds.valid(call)) {
            errors.add(new FieldError("call", "has to be the id of a call, 32 hex digits"));
        }
        return errors.isEmpty()
                ? answers.later(reader.read(query), this::page)
                : answers.refuse(Problem.invalid(errors));
    }

    /** Reads the whole trail and says whether it is whole: {@code {"whole","links","nodes","findings","found"}}. */
    @GET
    @Path("/verification")
    @RolesAllowed({Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> verify() {
        return answers.later(reader.verify(), report -> answers.tree(200, shown(report)));
    }

    private static Map<String, Object> shown(Verifier.Report report) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("whole", report.isWhole());
        tree.put("links", report.links());
        tree.put("nodes", report.nodes());
        tree.put("findings", report.findings().stream().map(Finding::sentence).toList());
        tree.put("found", report.found());
        return tree;
    }

    private Response page(AuditReader.Page page) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("items", page.entries());
        if (page.next() instanceof AuditReader.Place next) {
            tree.put("next", next.at() + "-" + next.seq() + "-" + next.node());
        }
        return answers.tree(200, tree);
    }

    private static @Nullable String kind(@Nullable String kind, List<FieldError> errors) {
        if (kind != null && kind.length() > KIND_CHARS_MAX) {
            errors.add(new FieldError("kind", "has to have " + KIND_CHARS_MAX + " characters or fewer"));
        }
        return kind;
    }

    private static @Nullable Long time(String field, @Nullable String text, List<FieldError> errors) {
        if (text == null) {
            return null;
        }
        try {
            Instant at = Instant.parse(text);
            if (!at.isBefore(Instant.EPOCH) && at.isBefore(Instant.parse("3000-01-01T00:00:00Z"))) {
                return ChronoUnit.MICROS.between(Instant.EPOCH, at);
            }
        } catch (DateTimeException e) {
            // It is said below.
        }
        errors.add(new FieldError(field, "has to be an instant such as 2026-11-23T15:00:00Z"));
        return null;
    }

    private static AuditReader.@Nullable Place place(@Nullable String text, List<FieldError> errors) {
        if (text == null) {
            return null;
        }
        Matcher place = PLACE.matcher(text);
        if (place.matches()) {
            return new AuditReader.Place(
                    Long.parseLong(place.group(1)), place.group(3), Long.parseLong(place.group(2)));
        }
        errors.add(new FieldError("after", "has to be next of the page before"));
        return null;
    }

    private int count(@Nullable String text, List<FieldError> errors) {
        if (text == null) {
            return Math.min(LIMIT_DEFAULT, limits.listMax());
        }
        try {
            int count = Integer.parseInt(text);
            if (count >= 1 && count <= limits.listMax()) {
                return count;
            }
        } catch (NumberFormatException e) {
            // It is said below.
        }
        errors.add(new FieldError("limit", "has to be a whole number, 1 to " + limits.listMax()));
        return 1;
    }
}
