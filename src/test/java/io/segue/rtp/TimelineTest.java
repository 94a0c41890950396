package io.segue.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final long MS = 1_000_000;
    private final Timeline timeline = new Timeline(7, 65_534, -200);
    private final RelayedInput input = new RelayedInput();

    private void assertStamp(int sequence, int timestamp, boolean marker) {
        assertEquals(sequence, timeline.sequence(), "sequence");
        assertEquals(timestamp, timeline.timestamp(), "timestamp");
        assertEquals(marker, timeline.marker(), "marker");
    }

    private boolean relay(int ssrc, int sequence, int timestamp, long now) {
        if (!input.take(ssrc, sequence)) {
            return false;
        }
        input.stamp(timeline, sequence, timestamp, false, now, 160);
        return true;
    }

    @Test
    void countsOnAcrossTheWrapOfSequenceAndTimestampWithTheMarkerOnce() {
        timeline.next(0, 160);
        assertStamp(65_534, -200, true);
        timeline.next(20 * MS, 160);
        assertStamp(65_535, -40, false);
        timeline.next(40 * MS, 160);
        assertStamp(0, 120, false);
    }

    @Test
    void goesOnAtAChangeByAWholeNumberOfPacketsAndAtLeastOne() {
        timeline.next(0, 160);
        timeline.sourceChanged();
        timeline.next(3 * MS, 160);
        assertStamp(65_535, -40, true);
        timeline.sourceChanged();
        timeline.next(3 * MS + 29 * MS, 160);
        assertStamp(0, 120, true);
        timeline.sourceChanged();
        timeline.next(32 * MS + 31 * MS, 160);
        assertStamp(1, 440, true);
        timeline.next(83 * MS, 160);
        assertStamp(2, 600, false);
    }

    @Test
    void stepsByThePacketSentLastWhenTheNewSourceHasAnotherLength() {
        timeline.next(0, 480);
        timeline.sourceChanged();
        timeline.next(60 * MS, 80);
        assertStamp(65_535, 280, true);
        timeline.next(70 * MS, 80);
        assertStamp(0, 360, false);
    }

    @Test
    void keepsTheInputsDeltasSoThatLossStaysVisible() {
        timeline.next(0, 160);
        timeline.sourceChanged();
        assertTrue(relay(1, 500, 9000, 12 * MS));
        assertStamp(65_535, -40, true);
        assertTrue(relay(1, 503, 9480, 72 * MS));
        assertStamp(2, 440, false);
        assertEquals(2, input.lost());
    }

    @Test
    void letsAnOvertakenPacketKeepItsPlace() {
        timeline.next(0, 160);
        timeline.sourceChanged();
        relay(1, 500, 9000, 20 * MS);
        relay(1, 502, 9320, 60 * MS);
        assertStamp(1, 280, false);
        assertTrue(relay(1, 501, 9160, 61 * MS));
        assertStamp(0, 120, false);
        timeline.sourceChanged();
        timeline.next(80 * MS, 160);
        assertStamp(2, 440, true);
    }

    @Test
    void refusesPacketsFromBeforeTheBase() {
        timeline.next(0, 160);
        timeline.sourceChanged();
        assertTrue(relay(1, 2, 9000, 20 * MS));
        assertFalse(relay(1, 1, 8840, 21 * MS));
        assertFalse(relay(1, 65_535, 8520, 22 * MS));
        assertStamp(65_535, -40, true);
    }

    @Test
    void stillKnowsTheBaseAfterTheInputsSequenceHasWrappedManyTimes() {
        for (int i = 0; i < 200_000; i++) {
            assertTrue(relay(1, i & 0xFFFF, i * 160, i * 20 * MS));
        }
        assertEquals((65_534 + 199_999) & 0xFFFF, timeline.sequence());
    }

    @Test
    void takesANewBaseWhenTheInputChangesItsSsrc() {
        relay(1, 500, 9000, 0);
        relay(1, 501, 9160, 20 * MS);
        assertTrue(relay(2, 40_000, 77, 40 * MS));
        assertStamp(0, 120, true);
        relay(2, 40_001, 237, 60 * MS);
        assertStamp(1, 280, false);
    }

    @Test
    void takesANewBaseAtTheSecondPacketOfARestartedSequence() {
        relay(1, 500, 9000, 0);
        assertFalse(relay(1, 20_000, 50_000, 20 * MS));
        assertTrue(relay(1, 20_001, 50_160, 40 * MS));
        assertStamp(65_535, 120, true);
    }

    @Test
    void keepsAnEventsTimestampWhileTimeGoesOn() {
        timeline.next(0, 160);
        timeline.nextOfEvent(20 * MS, 160, -40);
        assertStamp(65_535, -40, false);
        timeline.nextOfEvent(40 * MS, 160, -40);
        assertStamp(0, -40, false);
        timeline.stampExtra(-40);
        assertStamp(1, -40, false);
        timeline.next(60 * MS, 160);
        assertStamp(2, 280, false);
    }

    @Test
    void closesTheRanksOverASwallowedPacketAndMakesRoomForAnInsertedOne() {
        relay(1, 500, 9000, 0);
        input.take(1, 501);
        input.swallow();
        relay(1, 502, 9320, 40 * MS);
        assertStamp(65_535, 120, false);
        input.take(1, 503);
        timeline.stampExtra(5);
        input.inserted(1);
        input.stamp(timeline, 503, 9480, false, 60 * MS, 160);
        assertStamp(1, 280, false);
    }

    @Test
    void putsInsertedPacketsIntoThePlacesOfLostOnesFirst() {
        relay(1, 500, 9000, 0);
        input.take(1, 503);
        timeline.stampExtra(5);
        timeline.stampExtra(5);
        input.inserted(2);
        input.stamp(timeline, 503, 9480, false, 60 * MS, 160);
        assertStamp(1, 280, false);
    }
}
