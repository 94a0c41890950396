package io.segue.api.review;

import io.segue.api.Json;
import io.segue.api.Problem;
import io.segue.api.Refused;
import io.segue.api.auth.Role;
import io.segue.api.review.FeedbackLines.Format;
import io.segue.flow.record.ArchiveAway;
import io.segue.flow.review.Feedback;
import io.segue.flow.review.Reviews;
import io.segue.flow.review.Reviews.Span;
import io.segue.review.Mark;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Labels for training, as lines of JSON that stream: a page of calls is read while the one before is written, at the reader's pace. */
@Path("/api/v1/feedback.jsonl")
public class FeedbackResource {
    private static final String LINES = "application/x-ndjson";
    private static final byte[] NO_MORE = {};

    private final Json json;
    private final Feedback feedback;
    private final Reviews reviews;
    private final Instance<Redacting> redacting;
    private final Limits limits;
    private final AtomicInteger open = new AtomicInteger();

    FeedbackResource(Json json, Feedback feedback, Reviews reviews, Instance<Redacting> redacting, Limits limits) {
        this.json = json;
        this.feedback = feedback;
        this.reviews = reviews;
        this.redacting = redacting;
        this.limits = limits;
    }

    @GET
    @Produces(LINES)
    @RolesAllowed({Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public Multi<byte[]> export(
            @QueryParam("format") @Nullable String format,
            @QueryParam("agent") @Nullable String agent,
            @QueryParam("label") @Nullable String label,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("redact") @Nullable String redact,
            @QueryParam("metadata") @Nullable String metadata) {
        Parameters p = new Parameters();
        if (format == null) {
            p.wrong("format", "is missing; it is sft, preference, unpaired or calibration");
        }
        Format shape = p.oneOf("format", format, Format.class);
        Span span = p.span(agent, from, to);
        Mark only = p.oneOf("label", label, Mark.class);
        boolean redacts = p.flag("redact", redact);
        boolean says = p.flag("metadata", metadata);
        p.done();
        UnaryOperator<String> redaction = redaction(redacts);
        Multi<byte[]> lines = shape == Format.CALIBRATION
                ? Multi.createFrom().completionStage(() -> curves(span))
                : pages(
                        new Feedback.Query(span, only),
                        new FeedbackLines(
                                shape == null ? Format.SFT : shape, only, redaction, limits.contextTurnsMax(), says));
        return counted(lines)
                .onFailure(ArchiveAway.class)
                .transform(away -> new Refused(Problem.unavailable(String.valueOf(away.getMessage()))));
    }

    private UnaryOperator<String> redaction(boolean wanted) {
        if (!wanted) {
            return text -> text;
        }
        if (!redacting.isResolvable()) {
            throw new Refused(Problem.unavailable("this gateway has nothing to redact with"));
        }
        return redacting.get()::of;
    }

    private Multi<byte[]> counted(Multi<byte[]> lines) {
        return Multi.createFrom().deferred(() -> {
            if (open.incrementAndGet() > limits.exportsMax()) {
                open.decrementAndGet();
                return Multi.createFrom()
                        .failure(new Refused(Problem.unavailable(
                                "there are " + limits.exportsMax() + " exports under way already")));
            }
            return lines.onTermination().invoke(open::decrementAndGet);
        });
    }

    private CompletionStage<byte[]> curves(Span span) {
        return reviews.tallies(span, null).thenApply(tallies -> tallies.entrySet().stream()
                .map(intent -> json.text(Shown.curve(intent.getKey(), intent.getValue())))
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8));
    }

    private Multi<byte[]> pages(Feedback.Query query, FeedbackLines lines) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new Pages(query, lines), pages -> Uni.createFrom().completionStage(pages::next))
                .indefinitely()
                .select()
                .first(page -> page != NO_MORE)
                .select()
                .where(page -> page.length > 0);
    }

    /** The pages of one export, one after the other. */
    private final class Pages {
        private final Feedback.Query query;
        private final FeedbackLines lines;
        private @Nullable CompletionStage<Feedback.Batch> ahead;
        private boolean over;

        Pages(Feedback.Query query, FeedbackLines lines) {
            this.query = query;
            this.lines = lines;
        }

        CompletionStage<byte[]> next() {
            if (over) {
                return CompletableFuture.completedStage(NO_MORE);
            }
            CompletionStage<Feedback.Batch> now = ahead == null ? feedback.batch(query, null) : ahead;
            return now.thenApplyAsync(
                    batch -> {
                        if (batch.next() instanceof Feedback.Cursor next) {
                            ahead = feedback.batch(query, next);
                        } else {
                            over = true;
                        }
                        return lines.of(batch.calls());
                    },
                    Infrastructure.getDefaultWorkerPool());
        }
    }
}
