package io.segue.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.review.Feedback;
import io.segue.flow.review.Reviews.Halves;
import io.segue.flow.review.Reviews.Offer;
import io.segue.flow.review.Reviews.Outcome;
import io.segue.flow.review.Reviews.Span;
import io.segue.review.Agreement;
import io.segue.review.Label;
import io.segue.review.Mark;
import io.segue.review.Reliability;
import io.segue.review.Sampling;
import io.segue.review.Slice;
import io.segue.review.Tally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the labels come to: agreement, figures of confidence, feedback. */
class ArchivedTalliesTest extends ReviewedCalls {
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
}
