package io.segue.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SentMeasureTest {
    private static final long MS = 1_000_000;
    private final SentMeasure measure = new SentMeasure();
    private int sequence = 65_530;
    private int timestamp;

    private void sent(long atMs, boolean quiet) {
        measure.sent(sequence++ & 0xFFFF, timestamp += 160, 160, false, true, quiet, atMs * MS);
    }

    @Test
    void findsNothingWhereAllIsWell() {
        sent(0, false);
        measure.begin(5 * MS);
        for (int at = 20; at <= 400; at += 20) {
            sent(at, false);
        }
        assertEquals(20 * MS, measure.gapNanos());
        assertEquals(0, measure.deadAirNanos());
        assertEquals(0, measure.sequenceBreaks());
        assertEquals(0, measure.timestampBreaks());
    }

    @Test
    void measuresDeadAirFromTheEndOfTheLastLoudPacket() {
        sent(0, false);
        measure.begin(10 * MS);
        sent(20, true);
        sent(40, true);
        sent(60, false);
        assertEquals(40 * MS, measure.deadAirNanos());
    }

    @Test
    void doesNotCountTheQuietBeforeItBegan() {
        sent(0, true);
        sent(20, true);
        measure.begin(35 * MS);
        sent(40, true);
        sent(60, false);
        assertEquals(25 * MS, measure.deadAirNanos());
    }

    @Test
    void countsBreaksOfSequenceAndTimestamp() {
        sent(0, false);
        measure.begin(0);
        sequence++;
        sent(20, false);
        timestamp += 160;
        sent(40, false);
        assertEquals(1, measure.sequenceBreaks());
        assertEquals(1, measure.timestampBreaks());
        measure.sent(sequence & 0xFFFF, timestamp + 800, 160, true, false, false, 140 * MS);
        assertEquals(1, measure.timestampBreaks(), "a change by the rule");
        assertEquals(100 * MS, measure.gapNanos());
    }

    @Test
    void hearsSpeechAtItsSecondPacketAndItsEndAfter300Ms() {
        VoiceActivity voice = new VoiceActivity();
        assertFalse(voice.packet(true, 0));
        assertTrue(voice.packet(true, 20 * MS));
        assertTrue(voice.speaking());
        assertFalse(voice.packet(false, 319 * MS));
        assertTrue(voice.packet(false, 320 * MS));
        assertFalse(voice.speaking());
        assertFalse(voice.packet(true, 1000 * MS));
        assertFalse(voice.packet(true, 1100 * MS), "two clicks");
    }
}
