package io.segue.demo.ear;

import java.util.ArrayList;
import java.util.List;

/** Judges what one listener heard from the packets at its socket; nothing else is asked. */
public final class Ear {
    /** Below this decoded audio counts as dead air. */
    public static final double DEAD_DBM0 = -50;
    /** From this level on a pilot tone counts as heard; the recorded ones have -30. */
    private static final double PILOT_DBM0 = -42;

    private static final int[] PILOTS = {Voice.CALLER_HERTZ, Voice.AGENT_HERTZ, Voice.HUMAN_HERTZ};
    private static final String[] NAMES = {"caller", "agent", "human"};

    private final Tape tape;

    public Ear(Tape tape) {
        this.tape = tape;
    }

    /** Whether a packet carries a voice. */
    public boolean hears(int hertz, int packet) {
        return tape.audible(packet) && tape.levelAt(hertz, packet) > PILOT_DBM0;
    }

    /** When a voice was first heard at or after a moment, by nanoTime; {@link Long#MAX_VALUE} when it was not. */
    public long firstHeard(int hertz, long sinceNanos) {
        int packet = firstPacket(hertz, tape.firstSince(sinceNanos));
        return packet < 0 ? Long.MAX_VALUE : tape.arrival(packet);
    }

    /** The first packet from {@code from} on that carries a voice, or -1. */
    public int firstPacket(int hertz, int from) {
        for (int i = from; i < tape.size(); i++) {
            if (hears(hertz, i)) {
                return i;
            }
        }
        return -1;
    }

    /** The longest time between packets, of those that came from one moment to another and one on either side, in milliseconds. */
    public double gapMs(long fromNanos, long toNanos) {
        int last = Math.min(tape.size() - 1, tape.firstSince(toNanos));
        long longest = 0;
        for (int i = Math.max(1, tape.firstSince(fromNanos)); i <= last; i++) {
            longest = Math.max(longest, tape.arrival(i) - tape.arrival(i - 1));
        }
        return longest / 1e6;
    }

    /** The longest stretch between two moments in which decoded audio was below -50 dBm0 or nothing came, in milliseconds. */
    public double deadAirMs(long fromNanos, long toNanos) {
        return longestWithout(fromNanos, toNanos, i -> tape.audible(i) && tape.level(i) >= DEAD_DBM0);
    }

    /** The longest stretch between two moments in which a voice was not heard, in milliseconds. */
    public double longestWithoutMs(int hertz, long fromNanos, long toNanos) {
        return longestWithout(fromNanos, toNanos, i -> hears(hertz, i));
    }

    private double longestWithout(long fromNanos, long toNanos, java.util.function.IntPredicate wanted) {
        long coveredUntil = fromNanos;
        long longest = 0;
        for (int i = Math.max(0, tape.firstSince(fromNanos) - 1); i < tape.size(); i++) {
            if (tape.arrival(i) - toNanos >= 0) {
                break;
            }
            if (wanted.test(i)) {
                longest = Math.max(longest, tape.arrival(i) - coveredUntil);
                coveredUntil = Math.max(coveredUntil, tape.arrival(i) + tape.samples(i) * 125_000L);
            }
        }
        return Math.max(longest, toNanos - coveredUntil) / 1e6;
    }

    /** Whether the stream stayed one stream between two moments. */
    public Timeline timeline(long fromNanos, long toNanos) {
        return Timeline.of(tape, tape.firstSince(fromNanos), tape.firstSince(toNanos));
    }

    /** What was heard, in stretches, with times from {@code zeroNanos}. */
    public List<Segment> segments(long zeroNanos) {
        List<Segment> segments = new ArrayList<>();
        int start = 0;
        String who = "";
        double power = 0;
        int size = tape.size();
        for (int i = 0; i < size; i++) {
            if (!tape.audible(i)) {
                continue;
            }
            String now = who(i);
            if (!now.equals(who)) {
                add(segments, who, start, i - 1, power, zeroNanos);
                start = i;
                who = now;
                power = 0;
            }
            power += Math.pow(10, tape.level(i) / 10);
        }
        add(segments, who, start, size - 1, power, zeroNanos);
        return List.copyOf(segments);
    }

    /** Who is heard in a packet. */
    public String who(int packet) {
        StringBuilder names = new StringBuilder();
        for (int p = 0; p < PILOTS.length; p++) {
            if (hears(PILOTS[p], packet)) {
                names.append(names.isEmpty() ? "" : "+").append(NAMES[p]);
            }
        }
        if (names.isEmpty()) {
            return tape.level(packet) < DEAD_DBM0 ? "silence" : "other";
        }
        return names.toString();
    }

    private void add(List<Segment> segments, String who, int first, int last, double power, long zeroNanos) {
        if (who.isEmpty()) {
            return;
        }
        double from = (tape.arrival(first) - zeroNanos) / 1e6;
        double to = (tape.arrival(last) - zeroNanos) / 1e6 + tape.samples(last) / 8.0;
        double level = 10 * Math.log10(power / (last - first + 1));
        segments.add(new Segment(who, round(from), round(to), round(level)));
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
