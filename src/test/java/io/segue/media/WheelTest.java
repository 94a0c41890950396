package io.segue.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WheelTest {
    private static final long MS = 1_000_000;
    private final Wheel wheel = new Wheel(0);
    private final List<Long> fired = new ArrayList<>();

    private Wheel.Timer timer() {
        return new Wheel.Timer() {
            @Override
            void fire(long nowNanos) {
                fired.add(nowNanos / MS);
            }
        };
    }

    @Test
    void firesAtItsDeadlineAndNeverBefore() {
        wheel.schedule(timer(), 5 * MS + 1);
        wheel.advance(5 * MS + 999_999);
        assertEquals(List.of(), fired);
        wheel.advance(6 * MS);
        assertEquals(List.of(6L), fired);
    }

    @Test
    void keepsAPaceWithoutAddingUpLateness() {
        long[] due = {0};
        Wheel.Timer pace = new Wheel.Timer() {
            @Override
            void fire(long nowNanos) {
                fired.add(nowNanos);
                due[0] += 20 * MS;
                wheel.schedule(this, due[0]);
            }
        };
        wheel.schedule(pace, 0);
        for (long now = 0; now <= 10_000 * MS; now += 700_000) {
            wheel.advance(now);
        }
        assertEquals(500, fired.size(), 1);
        assertTrue(fired.getLast() >= 9_980 * MS);
    }

    @Test
    void catchesUpOnWhatCameDueDuringAPause() {
        wheel.schedule(timer(), 10 * MS);
        wheel.schedule(timer(), 1500 * MS);
        wheel.schedule(timer(), 4000 * MS);
        wheel.advance(3000 * MS);
        assertEquals(2, fired.size());
        wheel.advance(4000 * MS);
        assertEquals(3, fired.size());
    }

    @Test
    void leavesADeadlineOfALaterTurnAlone() {
        wheel.schedule(timer(), 2000 * MS);
        wheel.advance(976 * MS);
        assertEquals(List.of(), fired);
        for (long now = 977; now < 2000; now++) {
            wheel.advance(now * MS);
        }
        assertEquals(List.of(), fired);
        wheel.advance(2000 * MS);
        assertEquals(List.of(2000L), fired);
    }

    @Test
    void forgetsWhatWasCancelledOrScheduledAnew() {
        Wheel.Timer one = timer();
        Wheel.Timer two = timer();
        Wheel.Timer three = timer();
        wheel.schedule(one, 5 * MS);
        wheel.schedule(two, 5 * MS);
        wheel.schedule(three, 5 * MS);
        wheel.cancel(two);
        wheel.schedule(one, 9 * MS);
        wheel.advance(8 * MS);
        assertEquals(List.of(8L), fired);
        assertTrue(one.isScheduled());
        assertFalse(two.isScheduled());
        wheel.advance(9 * MS);
        assertEquals(List.of(8L, 9L), fired);
    }

    @Test
    void tellsTheTimeToTheNextDeadline() {
        assertEquals(500 * MS, wheel.untilNext(0, 500 * MS));
        wheel.schedule(timer(), 300 * MS);
        wheel.schedule(timer(), 70 * MS);
        assertEquals(70 * MS, wheel.untilNext(0, 500 * MS));
        wheel.advance(70 * MS);
        assertEquals(230 * MS, wheel.untilNext(70 * MS, 500 * MS));
        assertEquals(0, wheel.untilNext(400 * MS, 500 * MS));
    }
}
