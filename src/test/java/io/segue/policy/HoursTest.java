package io.segue.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.policy.Decision.Carry;
import io.segue.policy.Decision.HandOff;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HoursTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Set<DayOfWeek> WEEKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

    private static boolean at(Hours hours, String utc) {
        EscalationPolicy policy = Policies.of(Policies.rule("hours", new Condition.Within(hours)));
        Decision decision = Escalation.judge(
                        policy,
                        History.NONE,
                        new Signal.TurnSaid(Said.caller("hello").turn()),
                        Instant.parse(utc))
                .decision();
        if (decision instanceof HandOff) {
            return true;
        }
        assertEquals(new Carry(false), assertInstanceOf(Carry.class, decision));
        return false;
    }

    @Test
    void beginAtTheirFirstMinuteAndEndBeforeTheirLast() {
        Hours office = new Hours(WEEKDAYS, 9 * 60, 17 * 60, BERLIN);
        // Monday, 12 January 2026: Berlin is one hour ahead of UTC.
        assertFalse(at(office, "2026-01-12T07:59:59Z"));
        assertTrue(at(office, "2026-01-12T08:00:00Z"));
        assertTrue(at(office, "2026-01-12T15:59:59Z"));
        assertFalse(at(office, "2026-01-12T16:00:00Z"));
        assertFalse(at(office, "2026-01-11T10:00:00Z"), "a Sunday");
    }

    @Test
    void goOverMidnightOnTheDayTheyBegan() {
        Hours night = new Hours(Set.of(DayOfWeek.FRIDAY), 22 * 60, 6 * 60, BERLIN);
        assertTrue(at(night, "2026-01-16T21:00:00Z"), "Friday 22:00");
        assertTrue(at(night, "2026-01-17T04:59:00Z"), "Saturday 05:59");
        assertFalse(at(night, "2026-01-17T05:00:00Z"), "Saturday 06:00");
        assertFalse(at(night, "2026-01-17T21:00:00Z"), "Saturday 22:00");
        assertFalse(at(night, "2026-01-16T04:59:00Z"), "Friday 05:59 is Thursday's night");
    }

    @Test
    void goOverTheEndOfTheWeek() {
        Hours night = new Hours(Set.of(DayOfWeek.SUNDAY), 22 * 60, 6 * 60, BERLIN);
        assertTrue(at(night, "2026-01-19T04:00:00Z"), "Monday 05:00");
        assertTrue(night.mayMeet(new Hours(Set.of(DayOfWeek.MONDAY), 5 * 60, 6 * 60, BERLIN)));
        assertFalse(night.mayMeet(new Hours(Set.of(DayOfWeek.MONDAY), 6 * 60, 7 * 60, BERLIN)));
    }

    @Test
    void followTheClocksWhenTheyChange() {
        Hours morning = new Hours(Set.of(DayOfWeek.values()), 8 * 60, 9 * 60, BERLIN);
        assertTrue(at(morning, "2026-03-28T07:30:00Z"), "the day before summer time");
        assertFalse(at(morning, "2026-03-28T06:30:00Z"));
        assertTrue(at(morning, "2026-03-29T06:30:00Z"), "its first day");
        assertFalse(at(morning, "2026-03-29T07:30:00Z"));
        Hours skipped = new Hours(Set.of(DayOfWeek.SUNDAY), 2 * 60, 3 * 60, BERLIN);
        for (int minute = 0; minute < 24 * 60; minute++) {
            Instant then = LocalDateTime.of(2026, 3, 29, 0, 0)
                    .atZone(BERLIN)
                    .toInstant()
                    .plusSeconds(60L * minute);
            assertFalse(at(skipped, then.toString()), "the hour that is left out");
        }
        assertTrue(at(skipped, "2026-10-25T00:30:00Z"), "02:30 in summer time");
        assertTrue(at(skipped, "2026-10-25T01:30:00Z"), "02:30 again, in winter time");
        assertFalse(at(skipped, "2026-10-25T02:30:00Z"));
    }
}
