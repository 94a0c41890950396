package io.segue.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.record.ArchiveAway;
import io.segue.flow.review.Reviews.Draft;
import io.segue.flow.review.Reviews.Of;
import io.segue.flow.review.Reviews.Outcome;
import io.segue.flow.review.Reviews.Place;
import io.segue.review.Label;
import io.segue.review.Labelling.Ruling;
import io.segue.review.Mark;
import io.segue.review.Severity;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ArchivedLabelsTest extends ReviewedCalls {
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
            List<Outcome> outcomes = all.stream().map(ArchivedLabelsTest::join).toList();
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
        List<Outcome> outcomes = all.stream().map(ArchivedLabelsTest::join).toList();
        assertEquals(
                1, outcomes.stream().filter(Outcome.Labelled.class::isInstance).count());
        assertEquals(
                7,
                outcomes.stream()
                        .filter(o -> o instanceof Outcome.Refused(Ruling.Stale stale))
                        .count());
    }

    @Test
    void aCallThatGoesTakesItsLabelsWithIt() {
        aCall();
        label("c1", "t1", "ann", null, APPROVED);
        next("bob");
        run("delete from call where id = 'c1'");
        assertTrue(join(reviews.labels("c1")).isEmpty());
        assertEquals(0, join(database.submit(ArchivedLabelsTest::leases)));
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
