package io.segue.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.segue.review.Labelling.Attempt;
import io.segue.review.Labelling.Lease;
import io.segue.review.Labelling.Ruling;
import io.segue.review.Labelling.State;
import org.junit.jupiter.api.Test;

class LabellingTest {
    private static final long NOW = 1_000_000;
    private static final State NOTHING = new State(null, null, null);

    private static Label by(String reviewer, int version) {
        return new Label(Mark.REJECTED, null, null, null, reviewer, "specialist", 0, version, null);
    }

    private static Ruling rule(State state, String reviewer, Integer version) {
        return Labelling.rule(state, new Attempt(reviewer, version, NOW));
    }

    @Test
    void theFirstLabelIsVersionOne() {
        assertEquals(new Ruling.Write(false, 1, null), rule(NOTHING, "ann", null));
    }

    @Test
    void whoeverHasTheTurnBeforeThemKeepsOthersOut() {
        Lease lease = new Lease("ann", Slice.RISK, NOW + 1, false);
        State state = new State(null, null, lease);
        assertEquals(new Ruling.Write(false, 1, Slice.RISK), rule(state, "ann", null));
        assertEquals(new Ruling.Held(lease), rule(state, "bob", null));
        assertEquals(new Ruling.Held(lease), rule(state, "bob", 1));
    }

    @Test
    void aLeaseThatIsOverOrPassedOverKeepsNobodyOut() {
        State over = new State(null, null, new Lease("ann", Slice.RISK, NOW, false));
        State skipped = new State(null, null, new Lease("ann", Slice.RISK, NOW + 1, true));
        assertEquals(new Ruling.Write(false, 1, null), rule(over, "bob", null));
        assertEquals(new Ruling.Write(false, 1, null), rule(over, "ann", null));
        assertEquals(new Ruling.Write(false, 1, null), rule(skipped, "bob", null));
    }

    @Test
    void whoChangesTheirOwnLabelNeedsToSayNothing() {
        assertEquals(new Ruling.Write(false, 4, null), rule(new State(by("ann", 3), null, null), "ann", null));
    }

    @Test
    void whoChangesAnothersLabelSaysWhichVersion() {
        State state = new State(by("ann", 3), null, null);
        assertEquals(new Ruling.Taken(by("ann", 3)), rule(state, "bob", null));
        assertEquals(new Ruling.Write(false, 4, null), rule(state, "bob", 3));
        assertEquals(new Ruling.Stale(by("ann", 3)), rule(state, "bob", 2));
        assertEquals(new Ruling.Stale(by("ann", 3)), rule(state, "ann", 2));
        assertEquals(new Ruling.Stale(null), rule(NOTHING, "ann", 1));
    }

    @Test
    void theSecondReviewerWritesALabelOfTheirOwnAndMayChangeIt() {
        Lease lease = new Lease("bob", Slice.SECOND, NOW + 1, false);
        assertEquals(new Ruling.Write(true, 1, Slice.SECOND), rule(new State(by("ann", 3), null, lease), "bob", null));
        State both = new State(by("ann", 3), by("bob", 1), null);
        Ruling.Write again = assertInstanceOf(Ruling.Write.class, rule(both, "bob", null));
        assertEquals(2, again.version());
        assertEquals(true, again.second());
        assertEquals(new Ruling.Write(false, 4, null), rule(both, "ann", null));
    }
}
