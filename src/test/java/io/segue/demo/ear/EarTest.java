package io.segue.demo.ear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EarTest {
    private static final long MS = 1_000_000;

    private final Tape tape = new Tape(1000, 160);
    private final Ear ear = new Ear(tape);
    private int sequence = 65_530;
    private int timestamp = Integer.MAX_VALUE - 500;
    private long now = 1_000_000 * MS;

    @Test
    void knowsTheReferenceLevelOfG711() {
        // ITU-T G.711 table 5/6: this sequence is a 1 kHz sine of 0 dBm0, by definition.
        byte[] mulaw = new byte[160];
        byte[] alaw = new byte[160];
        int[] mu = {0x1E, 0x0B, 0x0B, 0x1E, 0x9E, 0x8B, 0x8B, 0x9E};
        int[] a = {0x34, 0x21, 0x21, 0x34, 0xB4, 0xA1, 0xA1, 0xB4};
        for (int i = 0; i < 160; i++) {
            mulaw[i] = (byte) mu[i % 8];
            alaw[i] = (byte) a[i % 8];
        }
        assertEquals(0, Loudness.of(0, mulaw, 0, 160), 0.1);
        assertEquals(0, Loudness.of(8, alaw, 0, 160), 0.1);
        assertEquals(0, Loudness.at(1000, 0, mulaw, 0, 160), 0.1);
        assertTrue(Loudness.at(1500, 0, mulaw, 0, 160) < -30);
    }

    @Test
    void tellsTheVoicesOfTheDemoApartInEveryFrame() {
        for (String who : List.of("caller", "agent", "human")) {
            Tape said = new Tape(1000, 160);
            Voice voice = Voice.recorded(who);
            assertEquals(0, voice.mulaw().length % 160);
            for (int i = 0; i < voice.mulaw().length / 160; i++) {
                said.rtp(i, packet(0, i, i * 160, false, Arrays.copyOfRange(voice.alaw(), i * 160, i * 160 + 160), 8));
            }
            Ear listener = new Ear(said);
            for (int i = 0; i < said.size(); i++) {
                assertEquals(who, listener.who(i), "frame " + i);
            }
        }
    }

    @Test
    void tellsTonesApartAndHearsTwoAtOnce() {
        say(Voice.callerTone().mulaw(), 2);
        say(Voice.silent().mulaw(), 2);
        byte[] both = new byte[160];
        for (int i = 0; i < 160; i++) {
            both[i] = G711.encodeMulaw(G711.decode(0, Voice.callerTone().mulaw()[i])
                    + G711.decode(0, Voice.humanTone().mulaw()[i]));
        }
        say(both, 1);
        List<Segment> segments = ear.segments(tape.arrival(0));
        assertEquals(
                List.of("caller", "silence", "caller+human"),
                segments.stream().map(Segment::who).toList());
        assertEquals(40, segments.get(1).fromMs(), 0.1);
        assertEquals(80, segments.get(1).toMs(), 0.1);
        assertEquals(-16, segments.get(0).levelDbm0(), 0.3);
    }

    @Test
    void findsNoBreakInAStreamThatWrapsAround() {
        say(Voice.agentTone().mulaw(), 50);
        Timeline whole = Timeline.of(tape, 0, tape.size());
        assertEquals(new Timeline(50, 0, 0, 0, 0, 0), whole);
        assertEquals(20, ear.gapMs(tape.arrival(0), tape.arrival(49)), 0.001);
    }

    @Test
    void allowsAWholeNumberOfPacketsAtAMarkedChangeAndNothingElse() {
        say(Voice.agentTone().mulaw(), 2);
        now += 40 * MS;
        timestamp += 320;
        packetNow(true, 7);
        assertEquals(0, Timeline.of(tape, 0, tape.size()).timestampBreaks());
        now += 40 * MS;
        packetNow(true, 7); // 60 ms passed, 20 ms said: two packets off
        assertEquals(1, Timeline.of(tape, 0, tape.size()).timestampBreaks());
        timestamp += 7;
        packetNow(true, 7); // no whole packet
        assertEquals(2, Timeline.of(tape, 0, tape.size()).timestampBreaks());
        timestamp += 160;
        packetNow(false, 7); // a jump without a marker
        assertEquals(3, Timeline.of(tape, 0, tape.size()).timestampBreaks());
    }

    @Test
    void countsNewSourcesAndLostAndRepeatedPackets() {
        say(Voice.agentTone().mulaw(), 2);
        packetNow(false, 8);
        packetNow(false, 8);
        sequence++;
        timestamp += 160;
        packetNow(false, 8);
        sequence--;
        timestamp -= 160;
        packetNow(false, 8);
        Timeline judged = Timeline.of(tape, 0, tape.size());
        assertEquals(1, judged.ssrcChanges());
        assertEquals(2, judged.sequenceBreaks());
        assertEquals(1, judged.timestampBreaks(), "loss is no break of the timestamps, a repetition is");
    }

    @Test
    void deadAirIsTheLongestStretchThatIsQuietOrMissing() {
        say(Voice.agentTone().mulaw(), 10);
        long t0 = tape.arrival(9);
        say(Voice.silent().mulaw(), 3);
        now += 20 * MS;
        say(Voice.humanTone().mulaw(), 5);
        assertEquals(80, ear.deadAirMs(t0, tape.arrival(15)), 0.001);
        assertEquals(0, ear.deadAirMs(tape.arrival(0), tape.arrival(9)), 0.001);
        assertEquals(40, ear.gapMs(t0, tape.arrival(15)), 0.001);
        assertEquals(tape.arrival(13), ear.firstHeard(Voice.HUMAN_HERTZ, t0));
    }

    @Test
    void takesNoRtcpAndNoGarbageAndCountsWhatItCannotKeep() {
        Tape small = new Tape(1, 160);
        small.rtp(1, ByteBuffer.wrap(new byte[] {(byte) 0x80, (byte) 200, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0}));
        small.rtp(1, ByteBuffer.wrap(new byte[11]));
        assertEquals(0, small.received());
        small.rtp(1, packet(1, 1, 1, false, new byte[160], 0));
        assertEquals(false, small.full());
        small.rtp(1, packet(1, 2, 1, false, new byte[160], 0));
        assertTrue(small.full());
        assertEquals(2, small.received());
        assertEquals(1, small.size());
    }

    private void say(byte[] audio, int packets) {
        for (int i = 0; i < packets; i++) {
            tape.rtp(now, packet(7, sequence++, timestamp, false, audio, 0));
            now += 20 * MS;
            timestamp += 160;
        }
    }

    private void packetNow(boolean marker, int ssrc) {
        tape.rtp(
                now,
                packet(ssrc, sequence++, timestamp, marker, Voice.humanTone().mulaw(), 0));
        now += 20 * MS;
        timestamp += 160;
    }

    private static ByteBuffer packet(int ssrc, int sequence, int timestamp, boolean marker, byte[] audio, int type) {
        return ByteBuffer.allocate(12 + audio.length)
                .put((byte) 0x80)
                .put((byte) (type | (marker ? 0x80 : 0)))
                .putShort((short) sequence)
                .putInt(timestamp)
                .putInt(ssrc)
                .put(audio)
                .flip();
    }
}
