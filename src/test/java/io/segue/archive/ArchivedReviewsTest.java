package io.segue.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.review.Reviews.Offer;
import io.segue.flow.review.Reviews.Outcome;
import io.segue.flow.review.Reviews.Wish;
import io.segue.review.Labelling.Ruling;
import io.segue.review.Sampling;
import io.segue.review.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ArchivedReviewsTest extends ReviewedCalls {
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
}
