package io.segue.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.rtp.G711;
import io.segue.rtp.Law;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in a file after packets and orders, at times that the test says. */
class LiveRecordingTest {
    private static final long MS = 1_000_000;
    private static final byte SILENCE = Law.ULAW.silence();
    private static final byte CALLER = 0x11;
    private static final byte AGENT = 0x22;
    private static final byte HUMAN = 0x33;

    @TempDir
    Path directory;

    private final List<String> failures = new ArrayList<>();
    private LiveRecording recording = recording(Limits.defaults());

    private LiveRecording recording(Limits limits) {
        return new LiveRecording("a".repeat(32), failures::add, limits, 5_000, 0);
    }

    private RecordingFile open() throws IOException {
        return new Shelf(directory).create(recording.callId);
    }

    private static ByteBuffer frame(byte octet) {
        byte[] octets = new byte[160];
        Arrays.fill(octets, octet);
        return ByteBuffer.wrap(octets);
    }

    /** From a millisecond to another both sides speak; the writer turns every 100 ms. */
    private void both(int fromMs, int toMs, byte other, int otherSsrc) throws IOException {
        for (int ms = fromMs; ms < toMs; ms += 20) {
            recording.said(Law.ULAW, frame(CALLER), 0, 160, 7, ms * 8, ms * MS);
            recording.sent(Law.ULAW, frame(other), 0, 160, otherSsrc, ms * 8, ms * MS);
            if (ms % 100 == 80) {
                assertTrue(recording.turn((ms + 20) * MS, this::open));
            }
        }
    }

    private byte[] end(int ms) throws IOException {
        recording.end(ms * MS);
        assertFalse(recording.turn(ms * MS, this::open));
        return Files.readAllBytes(
                new Shelf(directory).find(recording.callId).orElseThrow().file());
    }

    private static byte left(byte[] wav, int ms) {
        return wav[WavHeader.BYTES + ms * 16];
    }

    private static byte right(byte[] wav, int ms) {
        return wav[WavHeader.BYTES + ms * 16 + 1];
    }

    @Test
    void holdsTheCallerLeftAndTheAgentThenTheHumanRightAtTheSameMoments() throws IOException {
        both(0, 3000, AGENT, 1);
        both(3000, 6000, HUMAN, 1);
        byte[] wav = end(6000);
        assertEquals(WavHeader.BYTES + 6000 * 16, wav.length);
        for (int ms = 0; ms < 6000; ms++) {
            assertEquals(CALLER, left(wav, ms), "left at " + ms);
            assertEquals(ms < 3000 ? AGENT : HUMAN, right(wav, ms), "right at " + ms);
        }
        assertEquals(6000 * 16, Integer.reverseBytes(ByteBuffer.wrap(wav).getInt(54)));
    }

    @Test
    void lossAndAHoldAreSilenceAndTimeGoesOn() throws IOException {
        both(0, 1000, AGENT, 1);
        both(3000, 4000, AGENT, 1);
        byte[] wav = end(4000);
        assertEquals(SILENCE, left(wav, 1500));
        assertEquals(SILENCE, right(wav, 2999));
        assertEquals(CALLER, left(wav, 3000));
        assertEquals(AGENT, right(wav, 999));
    }

    @Test
    void alawBecomesMulaw() throws IOException {
        recording.said(Law.ALAW, frame((byte) 0x2A), 0, 160, 7, 0, 0);
        assertEquals(G711.convert(Law.ALAW, Law.ULAW, (byte) 0x2A), left(end(100), 0));
    }

    @Test
    void nothingIsKeptAroundDigitsOfEitherSide() throws IOException {
        both(0, 2000, AGENT, 1);
        recording.digit(2000 * MS);
        both(2000, 3000, AGENT, 1);
        recording.digit(3000 * MS);
        both(3000, 9000, AGENT, 1);
        byte[] wav = end(9000);
        assertEquals(CALLER, left(wav, 1799));
        for (int ms = 1800; ms < 8000; ms++) {
            assertEquals(SILENCE, left(wav, ms), "left at " + ms);
            assertEquals(SILENCE, right(wav, ms), "right at " + ms);
        }
        assertEquals(CALLER, left(wav, 8000));
        assertEquals(AGENT, right(wav, 8000));
    }

    @Test
    void aPauseIsSilenceAndTimeGoesOn() throws IOException {
        both(0, 1000, AGENT, 1);
        recording.pause(1000 * MS);
        both(1000, 4000, AGENT, 1);
        recording.resume(4000 * MS);
        both(4000, 5000, AGENT, 1);
        byte[] wav = end(5000);
        assertEquals(CALLER, left(wav, 999));
        assertEquals(SILENCE, left(wav, 1000));
        assertEquals(SILENCE, right(wav, 3999));
        assertEquals(AGENT, right(wav, 4000));
    }

    @Test
    void aPauseThatTheWriterHearsOfLateTakesBackWhatIsNotWritten() throws IOException {
        both(0, 2000, AGENT, 1);
        recording.pause(1900 * MS);
        recording.turn(2000 * MS, this::open);
        byte[] wav = end(2100);
        assertEquals(CALLER, left(wav, 1899));
        assertEquals(SILENCE, left(wav, 1900));
    }

    @Test
    void canBePlayedAtAnyMoment() throws IOException {
        both(0, 5000, AGENT, 1);
        byte[] wav = Files.readAllBytes(
                new Shelf(directory).find(recording.callId).orElseThrow().file());
        int data = Integer.reverseBytes(ByteBuffer.wrap(wav).getInt(54));
        assertEquals(wav.length - WavHeader.BYTES, data);
        assertTrue(data >= 3000 * 16, "only " + data);
    }

    @Test
    void whereTheWriterIsTooSlowThereIsAGapThatIsCounted() throws IOException {
        Limits d = Limits.defaults();
        recording = recording(
                new Limits(d.callsMax(), d.callBytesMax(), d.bytesMax(), 10, d.holdBackMs(), d.abandonedMs()));
        for (int ms = 0; ms < 220; ms += 20) {
            recording.said(Law.ULAW, frame(CALLER), 0, 160, 7, ms * 8, ms * MS);
        }
        assertEquals(1, recording.gaps());
        recording.turn(220 * MS, this::open);
        recording.said(Law.ULAW, frame(CALLER), 0, 160, 7, 220 * 8, 220 * MS);
        byte[] wav = end(240);
        assertEquals(CALLER, left(wav, 199));
        assertEquals(SILENCE, left(wav, 200));
        assertEquals(CALLER, left(wav, 220));
    }

    @Test
    void endsAtItsBytesAndNotBefore() throws IOException {
        Limits d = Limits.defaults();
        recording = recording(new Limits(
                d.callsMax(), WavHeader.BYTES + 16_000, d.bytesMax(), d.placesMax(), d.holdBackMs(), d.abandonedMs()));
        byte[] wav = end(1000);
        assertEquals(WavHeader.BYTES + 16_000, wav.length);
        recording = new LiveRecording(
                "b".repeat(32),
                failures::add,
                new Limits(
                        d.callsMax(),
                        WavHeader.BYTES + 16_000,
                        d.bytesMax(),
                        d.placesMax(),
                        d.holdBackMs(),
                        d.abandonedMs()),
                0,
                0);
        recording.end(1001 * MS);
        assertThrows(IOException.class, () -> recording.turn(1001 * MS, this::open));
    }

    @Test
    void whatIsDiscardedIsWrittenNoMore() throws IOException {
        both(0, 1000, AGENT, 1);
        recording.discard();
        assertFalse(recording.turn(1000 * MS, this::open));
    }
}
