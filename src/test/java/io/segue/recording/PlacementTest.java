package io.segue.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final int FRAME = 160;

    private final Placement placement = new Placement();

    @Test
    void jitterDoesNotMoveWhatTheTimestampsSay() {
        RandomGenerator dice = RandomGenerator.of("L64X128MixRandom");
        long first = placement.place(1, 5000, FRAME, 800);
        for (int i = 1; i < 1000; i++) {
            assertEquals(
                    first + i * FRAME,
                    placement.place(1, 5000 + i * FRAME, FRAME, 800 + i * FRAME + dice.nextInt(0, 160)));
        }
    }

    @Test
    void aBurstAfterAStallIsPlacedWhereItBelongs() {
        placement.place(1, 0, FRAME, 0);
        for (int i = 1; i <= 20; i++) {
            assertEquals(i * FRAME, placement.place(1, i * FRAME, FRAME, 20 * FRAME));
        }
    }

    @Test
    void aStreamWhoseClockIsSlowOrFastStaysBesideTheOtherChannel() {
        for (double rate : new double[] {0.999, 1.001}) {
            Placement drifting = new Placement();
            for (int i = 0; i < 30_000; i++) {
                long arrived = Math.round(i * FRAME * rate);
                long position = drifting.place(1, i * FRAME, FRAME, arrived);
                assertTrue(Math.abs(arrived - position) <= 400, rate + " at " + i + ": " + (arrived - position));
            }
        }
    }

    @Test
    void anotherStreamBeginsWhenItCame() {
        placement.place(1, 0, FRAME, 0);
        assertEquals(700, placement.place(2, 99_000, FRAME, 700));
    }

    @Test
    void timestampsThatStoodStillDuringAHoldDoNotMoveWhatComesAfterIt() {
        placement.place(1, 0, FRAME, 0);
        assertEquals(80_000, placement.place(1, FRAME, FRAME, 80_000));
    }

    @Test
    void lagsAsMuchAsItMayAndNotASampleMore() {
        placement.place(1, 0, FRAME, 0);
        assertEquals(FRAME, placement.place(1, FRAME, FRAME, FRAME + Placement.LATE_SAMPLES_MAX));
        assertEquals(
                2 * FRAME + Placement.LATE_SAMPLES_MAX + 1,
                placement.place(1, 2 * FRAME, FRAME, 2 * FRAME + Placement.LATE_SAMPLES_MAX + 1));
    }

    @Test
    void timestampsThatGoBackBeginAnew() {
        placement.place(1, 10_000, FRAME, 0);
        assertEquals(FRAME, placement.place(1, 10_000 + FRAME - Placement.BACK_SAMPLES_MAX - FRAME - 1, FRAME, FRAME));
    }

    @Test
    void aTimestampMayWrap() {
        placement.place(1, -80, FRAME, 0);
        assertEquals(FRAME, placement.place(1, 80, FRAME, FRAME));
    }
}
