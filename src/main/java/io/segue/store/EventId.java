package io.segue.store;

import org.jspecify.annotations.Nullable;

/** The id of an entry of a Redis stream: milliseconds and a number within them, both unsigned. */
record EventId(long ms, long number) implements Comparable<EventId> {
    static final EventId ZERO = new EventId(0, 0);
    static final EventId LAST = new EventId(-1, -1);

    /** None where it is not one. */
    static @Nullable EventId parse(String text) {
        int dash = text.indexOf('-');
        try {
            return dash < 0
                    ? new EventId(Long.parseUnsignedLong(text), 0)
                    : new EventId(
                            Long.parseUnsignedLong(text.substring(0, dash)),
                            Long.parseUnsignedLong(text.substring(dash + 1)));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Override
    public int compareTo(EventId other) {
        int byTime = Long.compareUnsigned(ms, other.ms);
        return byTime != 0 ? byTime : Long.compareUnsigned(number, other.number);
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(ms) + "-" + Long.toUnsignedString(number);
    }
}
