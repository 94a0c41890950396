package io.segue.policy;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.Set;

/**
 * Hours of the week, as the clocks of a zone show them. An hour that a change of the clocks leaves out is never; one that it repeats is
 * twice.
 *
 * @param days the days they begin on
 * @param from minute of the day, 0 to 1439
 * @param to minute of the day, 1 to 1440, not included; below {@code from}: on the next day
 */
public record Hours(Set<DayOfWeek> days, int from, int to, ZoneId zone) {
    public static final int DAY_MINUTES = 1_440;
    private static final int WEEK_MINUTES = 7 * DAY_MINUTES;

    boolean at(LocalDateTime local) {
        int minute = local.getHour() * 60 + local.getMinute();
        DayOfWeek day = local.getDayOfWeek();
        if (from < to) {
            return minute >= from && minute < to && days.contains(day);
        }
        return minute >= from && days.contains(day) || minute < to && days.contains(day.minus(1));
    }

    /** Whether there is a minute of the week in both; of different zones it is not known, so there may be. */
    boolean mayMeet(Hours other) {
        return !zone.equals(other.zone) || minutes().intersects(other.minutes());
    }

    private BitSet minutes() {
        BitSet minutes = new BitSet(WEEK_MINUTES);
        for (DayOfWeek day : days) {
            int start = (day.getValue() - 1) * DAY_MINUTES;
            int end = start + to + (from < to ? 0 : DAY_MINUTES);
            minutes.set(start + from, Math.min(end, WEEK_MINUTES));
            if (end > WEEK_MINUTES) {
                minutes.set(0, end - WEEK_MINUTES);
            }
        }
        return minutes;
    }
}
