package io.segue.archive;

import io.segue.flow.review.Reviews.Draft;
import io.segue.flow.review.Reviews.Offer;
import io.segue.flow.review.Reviews.Outcome;
import io.segue.flow.review.Reviews.Place;
import io.segue.flow.review.Reviews.Span;
import io.segue.flow.review.Reviews.Wish;
import io.segue.review.Mark;
import io.segue.review.Sampling;
import io.segue.review.Severity;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Calls and reviews of them in a database of the test's own. */
abstract class ReviewedCalls {
    static final Limits LIMITS = new Limits(8, 100, 3, 50, 20, 1_000);
    static final Sampling RISK_ALONE = new Sampling(0, 0);
    static final Draft APPROVED = new Draft(Mark.APPROVED, null, null, null);
    static final Draft REJECTED = new Draft(Mark.REJECTED, null, "wrong amount", Severity.HIGH);
    static final Draft EDITED = new Draft(Mark.EDITED, "It takes five days.", null, Severity.LOW);
    static final Span ALL = new Span(null, null, null);
    Database database;
    ArchivedReviews reviews;

    @BeforeEach
    void open() {
        database = TestPostgres.open(TestPostgres.freshUrl(), LIMITS);
        Await.up(database);
        reviews = new ArchivedReviews(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    void call(String id, String agent, Instant startedAt) {
        run(
                "insert into call (id, node, agent, started_at, document) values (?, 'n', ?, ?::timestamptz, '{}')",
                id,
                agent,
                startedAt.toString());
    }

    void turn(
            String call, int ordinal, String id, String speaker, @Nullable String intent, @Nullable Double confidence) {
        run(
                "insert into turn (call, ordinal, id, speaker, text, intent, confidence) values (?, ?::int, ?, ?, ?, ?, ?::float8)",
                call,
                "" + ordinal,
                id,
                speaker,
                "text of " + id,
                intent,
                confidence == null ? null : confidence.toString());
    }

    void run(String sql, @Nullable String... parameters) {
        join(database.submit(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setString(i + 1, parameters[i]);
                }
                return statement.executeUpdate();
            }
        }));
    }

    Outcome label(String call, String turn, String reviewer, @Nullable Integer version, Draft draft) {
        return join(reviews.label(new Place(call, turn, reviewer, "specialist", version), draft));
    }

    Optional<Offer> next(String reviewer, Sampling sampling, double dice, boolean skip) {
        return join(reviews.next(new Wish(
                reviewer,
                null,
                null,
                null,
                skip,
                sampling,
                dice,
                Duration.ofMinutes(10),
                Duration.ofDays(30),
                Map.of("bot", Map.of("refund", 1.0, "hours", 0.1)))));
    }

    Optional<Offer> next(String reviewer) {
        return next(reviewer, RISK_ALONE, 0.5, false);
    }

    /** A call of six turns: the refund's 0.6 scores 0.4, the hours' 0.2 scores 0.08, the unknown intent's 0.5 scores 0.25. */
    void aCall() {
        call("c1", "bot", Instant.now());
        turn("c1", 0, "t0", "caller", null, null);
        turn("c1", 1, "t1", "caller", "refund", 0.6);
        turn("c1", 2, "t2", "agent", "hours", 0.2);
        turn("c1", 3, "t3", "agent", "other", 0.5);
        turn("c1", 4, "t4", "human", "refund", 0.1);
        turn("c1", 5, "t5", "agent", null, null);
    }
}
