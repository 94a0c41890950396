package io.segue.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.record.ArchiveAway;
import io.segue.flow.review.Feedback;
import io.segue.flow.review.Reviews.Draft;
import io.segue.flow.review.Reviews.Halves;
import io.segue.flow.review.Reviews.Of;
import io.segue.flow.review.Reviews.Offer;
import io.segue.flow.review.Reviews.Outcome;
import io.segue.flow.review.Reviews.Place;
import io.segue.flow.review.Reviews.Span;
import io.segue.flow.review.Reviews.Wish;
import io.segue.review.Agreement;
import io.segue.review.Label;
import io.segue.review.Labelling.Ruling;
import io.segue.review.Mark;
import io.segue.review.Reliability;
import io.segue.review.Sampling;
import io.segue.review.Severity;
import io.segue.review.Slice;
import io.segue.review.Tally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArchivedReviewsTest {
    private static final Limits LIMITS = new Limits(8, 100, 3, 50, 20, 1_000);
    private static final Sampling RISK_ALONE = new Sampling(0, 0);
    private static final Draft APPROVED = new Draft(Mark.APPROVED, null, null, null);
    private static final Draft REJECTED = new Draft(Mark.REJECTED, null, "wrong amount", Severity.HIGH);
    private static final Draft EDITED = new Draft(Mark.EDITED, "It takes five days.", null, Severity.LOW);
    private static final Span ALL = new Span(null, null, null);

    private Database database;
    private ArchivedReviews reviews;

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

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private void call(String id, String agent, Instant startedAt) {
        run(
                "insert into call (id, node, agent, started_at, document) values (?, 'n', ?, ?::timestamptz, '{}')",
                id,
                agent,
                startedAt.toString());
    }

    private void turn(
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

    private void run(String sql, @Nullable String... parameters) {
        join(database.submit(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setString(i + 1, parameters[i]);
                }
                return statement.executeUpdate();
            }
        }));
    }

    private Outcome label(String call, String turn, String reviewer, @Nullable Integer version, Draft draft) {
        return join(reviews.label(new Place(call, turn, reviewer, "specialist", version), draft));
    }

    private Optional<Offer> next(String reviewer, Sampling sampling, double dice, boolean skip) {
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

    private Optional<Offer> next(String reviewer) {
        return next(reviewer, RISK_ALONE, 0.5, false);
    }

    /** A call of six turns: the refund's 0.6 scores 0.4, the hours' 0.2 scores 0.08, the unknown intent's 0.5 scores 0.25. */
    private void aCall() {
        call("c1", "bot", Instant.now());
        turn("c1", 0, "t0", "caller", null, null);
        turn("c1", 1, "t1", "caller", "refund", 0.6);
        turn("c1", 2, "t2", "agent", "hours", 0.2);
        turn("c1", 3, "t3", "agent", "other", 0.5);
        turn("c1", 4, "t4", "human", "refund", 0.1);
        turn("c1", 5, "t5", "agent", null, null);
    }

    @Test
    void keepsALabelAndItsVersions() {
        Outcome.Labelled first = assertInstanceOf(Outcome.Labelled.class, label("c", "t", "ann", null, EDITED));
        assertEquals(1, first.label().version());
        assertNull(first.label().slice());
        Outcome.Labelled second = assertInstanceOf(Outcome.Labelled.class, label("c", "t", "bob", 1, REJECTED));
        assertEquals(2, second.label().version());
        assertEquals(List.of(new Of("t", false, second.label())), join(reviews.labels("c")));
        assertEquals("bob", second.label().reviewer());
        assertEquals(Severity.HIGH, second.label().severity());
        assertNull(second.label().text());
    }

    @Test
    void tellsWhoHasLabelledItAndWhichVersionThereIs() {
        label("c", "t", "ann", null, APPROVED);
        Outcome.Refused taken = assertInstanceOf(Outcome.Refused.class, label("c", "t", "bob", null, REJECTED));
        assertEquals(
                "ann",
                assertInstanceOf(Ruling.Taken.class, taken.ruling()).label().reviewer());
        Outcome.Refused stale = assertInstanceOf(Outcome.Refused.class, label("c", "t", "bob", 7, REJECTED));
        Label there = assertInstanceOf(Ruling.Stale.class, stale.ruling()).label();
        assertNotNull(there);
        assertEquals(1, there.version());
    }

    @Test
    void ofManyAtOnceExactlyOneIsFirstAndTheOthersAreTold() {
        for (int round = 0; round < 20; round++) {
            String turn = "t" + round;
            List<CompletionStage<Outcome>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(reviews.label(new Place("c", turn, "reviewer" + i, "specialist", null), REJECTED));
            }
            List<Outcome> outcomes = all.stream().map(ArchivedReviewsTest::join).toList();
            List<Label> won = outcomes.stream()
                    .filter(Outcome.Labelled.class::isInstance)
                    .map(outcome -> ((Outcome.Labelled) outcome).label())
                    .toList();
            assertEquals(1, won.size());
            assertEquals(
                    7,
                    outcomes.stream()
                            .filter(outcome -> outcome instanceof Outcome.Refused(Ruling.Taken(Label label))
                                    && label.reviewer().equals(won.getFirst().reviewer()))
                            .count());
        }
    }

    @Test
    void ofManyChangesOfOneVersionExactlyOneIsTaken() {
        label("c", "t", "ann", null, APPROVED);
        List<CompletionStage<Outcome>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(reviews.label(new Place("c", "t", "reviewer" + i, "specialist", 1), REJECTED));
        }
        List<Outcome> outcomes = all.stream().map(ArchivedReviewsTest::join).toList();
        assertEquals(
                1, outcomes.stream().filter(Outcome.Labelled.class::isInstance).count());
        assertEquals(
                7,
                outcomes.stream()
                        .filter(o -> o instanceof Outcome.Refused(Ruling.Stale stale))
                        .count());
    }

    @Test
    void offersWhatHasLittleConfidenceInWhatMattersFirst() {
        aCall();
        Offer first = next("ann").orElseThrow();
        assertEquals("t1", first.turn());
        assertEquals(Slice.RISK, first.slice());
        assertEquals(0.4, first.score() == null ? -1 : first.score(), 1e-9);
        assertEquals(
                List.of("t0", "t1", "t2", "t3"),
                first.turns().stream().map(turn -> turn.get("id")).toList());
        assertEquals("t3", next("bob").orElseThrow().turn());
        assertEquals("t2", next("cleo").orElseThrow().turn());
        assertTrue(next("dan").isEmpty(), "a human's turn and one without a confidence are not offered for their risk");
    }

    @Test
    void keepsATurnForWhomItWasGivenToUntilItIsLabelledOrTheTimeIsOver() {
        aCall();
        Offer anns = next("ann").orElseThrow();
        assertEquals("t1", next("ann").orElseThrow().turn(), "who asks twice has not lost it");
        Outcome.Refused held = assertInstanceOf(Outcome.Refused.class, label("c1", "t1", "bob", null, APPROVED));
        assertEquals(
                "ann",
                assertInstanceOf(Ruling.Held.class, held.ruling()).lease().reviewer());
        assertTrue(
                Math.abs(anns.untilMs() - ((Ruling.Held) held.ruling()).lease().untilMs()) <= 1);
        Outcome.Labelled labelled = assertInstanceOf(Outcome.Labelled.class, label("c1", "t1", "ann", null, APPROVED));
        assertEquals(Slice.RISK, labelled.label().slice());
        assertEquals("t3", next("ann").orElseThrow().turn());

        run("update review_lease set until = now() - interval '1 second'");
        assertEquals("t3", next("bob").orElseThrow().turn(), "it is anybody's again");
    }

    @Test
    void passesOverATurnWithoutOfferingItAgainOrKeepingOthersFromLabellingIt() {
        aCall();
        assertEquals("t1", next("ann").orElseThrow().turn());
        assertEquals("t3", next("ann", RISK_ALONE, 0.5, true).orElseThrow().turn());
        assertEquals("t3", next("ann").orElseThrow().turn());
        assertInstanceOf(Outcome.Labelled.class, label("c1", "t1", "bob", null, APPROVED));
    }

    @Test
    void givesNoTurnToTwoReviewersAtOnce() {
        call("c1", "bot", Instant.now());
        for (int i = 0; i < 30; i++) {
            turn("c1", i, "t" + i, "agent", "refund", 0.5);
        }
        List<CompletionStage<Optional<Offer>>> all = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            all.add(reviews.next(new Wish(
                    "reviewer" + i,
                    null,
                    "bot",
                    "refund",
                    false,
                    RISK_ALONE,
                    0.5,
                    Duration.ofMinutes(10),
                    Duration.ofDays(30),
                    Map.of())));
        }
        Set<String> turns = new HashSet<>();
        all.forEach(offer -> assertTrue(turns.add(join(offer).orElseThrow().turn())));
    }

    @Test
    void theRandomSliceIsDrawnByLotAndNeverOfferedForItsRisk() {
        call("c1", "bot", Instant.now());
        for (int i = 0; i < 200; i++) {
            turn("c1", i, "t" + i, "agent", "refund", i / 200.0);
        }
        Sampling sampling = new Sampling(0.2, 0);
        List<String> drawn = new ArrayList<>();
        double last = 0;
        for (int i = 0; i < 10; i++) {
            Offer offer = next("ann", sampling, 0, true).orElseThrow();
            assertEquals(Slice.RANDOM, offer.slice());
            double lot = Sampling.lot("c1", offer.turn());
            assertTrue(lot >= last && lot < 0.2, "in the order of the lots");
            last = lot;
            drawn.add(offer.turn());
        }
        for (int i = 0; i < 50; i++) {
            Offer offer = next("ann", sampling, 0.5, true).orElseThrow();
            assertEquals(Slice.RISK, offer.slice());
            assertTrue(Sampling.lot("c1", offer.turn()) >= 0.2);
        }
        assertEquals(10, new HashSet<>(drawn).size());
    }

    @Test
    void theRandomSliceTakesTurnsWithoutAConfidenceToo() {
        aCall();
        Sampling everything = new Sampling(1, 0);
        Set<String> offered = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            offered.add(next("ann", everything, 0, true).orElseThrow().turn());
        }
        assertEquals(Set.of("t1", "t2", "t3", "t5"), offered);
        assertTrue(next("ann", everything, 0, true).isEmpty());
    }

    @Test
    void aSecondReviewerLabelsForAgreementAlone() {
        aCall();
        Sampling second = new Sampling(0, 1);
        label("c1", "t1", "ann", null, APPROVED);
        Offer forBob = next("bob", second, 0.5, false).orElseThrow();
        assertEquals("t1", forBob.turn());
        assertEquals(Slice.SECOND, forBob.slice());
        Outcome.Labelled blind = assertInstanceOf(Outcome.Labelled.class, label("c1", "t1", "bob", null, REJECTED));
        assertTrue(blind.second());
        assertEquals(1, blind.label().version());
        assertNotEquals("t1", next("cleo", second, 0.5, false).map(Offer::turn).orElse(""), "two are enough");
        assertEquals(
                Map.of(
                        List.of("specialist", "specialist"),
                        Map.of(new Agreement.Pair(Mark.APPROVED, Mark.REJECTED), 1L)),
                join(reviews.pairs(new Span("bot", null, null))));
        assertTrue(join(reviews.pairs(new Span("other", null, null))).isEmpty());
        Reliability.Bin bin = Reliability.of(
                        sum(join(reviews.tallies(ALL, null)).get("refund")))
                .bins()
                .get(6);
        assertEquals(1, bin.right(), "the first label counts");
        assertEquals(1, bin.labels(), "the second does not");
    }

    @Test
    void neverOffersAReviewerTheirOwnLabelForASecondLook() {
        aCall();
        for (String turn : List.of("t1", "t2", "t3", "t5")) {
            label("c1", turn, "ann", null, APPROVED);
        }
        assertTrue(next("ann", new Sampling(0, 1), 0.5, false).isEmpty());
    }

    @Test
    void offersOnlyTheAgentAndIntentAskedForAndNothingOlderThanTheWindow() {
        aCall();
        call("c2", "other", Instant.now());
        turn("c2", 0, "x", "agent", "refund", 0.1);
        call("c3", "bot", Instant.now().minus(Duration.ofDays(31)));
        turn("c3", 0, "old", "agent", "refund", 0.0);
        assertEquals(
                "t3",
                join(reviews.next(new Wish(
                                "ann",
                                null,
                                "bot",
                                "other",
                                false,
                                RISK_ALONE,
                                0.5,
                                Duration.ofMinutes(1),
                                Duration.ofDays(30),
                                Map.of())))
                        .orElseThrow()
                        .turn());
        assertEquals("x", next("bob").orElseThrow().turn(), "0.9 × 0.5, the risk of an intent without one");
    }

    @Test
    void offersAHumanTurnsOfTheCallsThatCameToThem() {
        aCall();
        call("c2", "bot", Instant.now());
        turn("c2", 0, "x", "agent", "other", 0.9);
        run("insert into handoff (id, call, human) values ('c2-1', 'c2', 'ann')");
        Wish wish = new Wish(
                "ann", "ann", null, null, false, RISK_ALONE, 0.5, Duration.ofMinutes(1), Duration.ofDays(30), Map.of());
        assertEquals("x", join(reviews.next(wish)).orElseThrow().turn());
        label("c2", "x", "ann", null, APPROVED);
        assertTrue(join(reviews.next(wish)).isEmpty());
    }

    @Test
    void countsByTheDecimalsThatWereWritten() {
        call("c1", "bot", Instant.now());
        turn("c1", 0, "a", "agent", "refund", 0.29);
        turn("c1", 1, "b", "agent", "refund", 0.5699999);
        turn("c1", 2, "c", "caller", "refund", 1.0);
        turn("c1", 3, "d", "human", "refund", 0.5);
        label("c1", "a", "ann", null, APPROVED);
        label("c1", "b", "ann", null, EDITED);
        Reliability curve = Reliability.of(sum(join(reviews.tallies(ALL, null)).get("refund")));
        assertEquals(3, curve.bins().stream().mapToLong(Reliability.Bin::turns).sum());
        assertEquals(1, curve.bins().get(2).right());
        assertEquals(1, curve.bins().get(5).labels());
        assertEquals(0, curve.bins().get(5).right());
        assertEquals(1, curve.bins().get(9).turns());
        assertEquals(
                0, sum(join(reviews.tallies(ALL, Slice.RANDOM)).get("refund")).labels());
    }

    private static Tally sum(@Nullable Halves halves) {
        assertNotNull(halves);
        Tally all = new Tally();
        all.add(halves.learning());
        all.add(halves.checking());
        return all;
    }

    @Test
    void givesLabelledCallsPageByPageInOrder() {
        Instant start = Instant.parse("2026-03-01T10:00:00.000001Z");
        for (int i = 0; i < 7; i++) {
            call("c" + i, i == 6 ? "other" : "bot", start.plusSeconds(i / 2));
            turn("c" + i, 0, "t0", "caller", "refund", 0.7);
            turn("c" + i, 1, "t1", "agent", null, null);
            if (i != 3) {
                label("c" + i, "t1", "ann", null, i == 4 ? EDITED : APPROVED);
            }
        }
        var feedback = new ArchivedFeedback(database, 2);
        assertEquals(List.of("c0", "c1", "c2", "c4", "c5"), exported(feedback, new Span("bot", null, null), null));
        assertEquals(List.of("c4"), exported(feedback, ALL, Mark.EDITED));
        assertEquals(
                List.of("c2"), exported(feedback, new Span("bot", start.plusSeconds(1), start.plusSeconds(2)), null));
        Feedback.LabelledCall first = join(feedback.batch(new Feedback.Query(ALL, null), null))
                .calls()
                .getFirst();
        assertEquals(
                List.of("t0", "t1"),
                first.turns().stream().map(Feedback.Said::id).toList());
        assertNull(first.turns().getFirst().label());
        Label label = first.turns().getLast().label();
        assertNotNull(label);
        assertEquals(Mark.APPROVED, label.mark());
    }

    private static List<String> exported(ArchivedFeedback feedback, Span span, @Nullable Mark mark) {
        List<String> ids = new ArrayList<>();
        Feedback.Cursor after = null;
        do {
            Feedback.Batch batch = join(feedback.batch(new Feedback.Query(span, mark), after));
            batch.calls().forEach(call -> ids.add(call.id()));
            after = batch.next();
        } while (after != null);
        return ids;
    }

    @Test
    void aCallThatGoesTakesItsLabelsWithIt() {
        aCall();
        label("c1", "t1", "ann", null, APPROVED);
        next("bob");
        run("delete from call where id = 'c1'");
        assertTrue(join(reviews.labels("c1")).isEmpty());
        assertEquals(0, join(database.submit(ArchivedReviewsTest::leases)));
    }

    private static int leases(Connection connection) throws java.sql.SQLException {
        try (var rows = connection.createStatement().executeQuery("select count(*) from review_lease")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void keepsTextAsTextWhateverItHolds() {
        String nasty = "a\0b\uD800c'); drop table label; -- <script>";
        label("c", "t", "ann", null, new Draft(Mark.EDITED, nasty, nasty, null));
        Label label = join(reviews.labels("c")).getFirst().label();
        assertEquals("a\uFFFDb\uFFFDc'); drop table label; -- <script>", label.text());
        assertEquals(label.text(), label.reason());
    }

    @Test
    void saysThatTheArchiveIsAway() {
        try (Database off = Database.off()) {
            CompletionException away =
                    assertThrows(CompletionException.class, () -> join(new ArchivedReviews(off).labels("c")));
            assertInstanceOf(ArchiveAway.class, away.getCause());
        }
    }
}
