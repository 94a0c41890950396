package io.segue.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameStreamTest {
    private static final long MS = 1_000_000;
    private final List<byte[]> frames = new ArrayList<>();
    private final FrameStream stream = new FrameStream(frame -> frames.add(frame.clone()), 0);

    private void packet(int timestamp, int length, byte fill, long atMs) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, fill);
        stream.audio(Law.ULAW, ByteBuffer.wrap(octets), 0, length, 1, timestamp, atMs * MS);
    }

    private boolean isSilence(int frame) {
        return frames.get(frame)[0] == -1 && frames.get(frame)[159] == -1;
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 160, 240, 320, 400, 480})
    void makes20MsOfEveryPacketTime(int samples) {
        for (int i = 0; i < 60; i++) {
            packet(i * samples, samples, (byte) 5, (long) i * samples / 8);
        }
        assertEquals(60 * samples / 160, frames.size());
    }

    @Test
    void turnsAlawIntoUlaw() {
        byte[] octets = new byte[160];
        Arrays.fill(octets, (byte) 0xD5);
        stream.audio(Law.ALAW, ByteBuffer.wrap(octets), 0, 160, 1, 0, 0);
        // A-law has no zero: its smallest step is 0xFE in mu-law (G.711, table 4).
        assertEquals((byte) 0xFE, frames.getFirst()[0]);
    }

    @Test
    void fillsLossWithSilenceAndDropsWhatComesTooLate() {
        packet(0, 160, (byte) 5, 0);
        packet(480, 160, (byte) 6, 60);
        assertEquals(4, frames.size());
        assertTrue(isSilence(1) && isSilence(2));
        assertEquals(6, frames.get(3)[0]);
        packet(160, 160, (byte) 7, 61);
        assertEquals(4, frames.size());
        packet(640, 160, (byte) 8, 80);
        assertEquals(8, frames.get(4)[0]);
    }

    @Test
    void goesOnInRealTimeWhileNothingComes() {
        long again = 0;
        while (again <= 2000 * MS) {
            again = stream.idle(again);
        }
        assertEquals(100, frames.size());
        packet(777_777, 160, (byte) 9, 2020);
        assertEquals(101, frames.size());
        assertEquals(9, frames.get(100)[0]);
    }

    @Test
    void doesNotFillASilenceTwice() {
        packet(0, 160, (byte) 5, 0);
        for (long at = 80; at <= 200; at += 20) {
            stream.idle(at * MS);
        }
        assertEquals(11, frames.size());
        packet(1760, 160, (byte) 6, 220);
        assertEquals(12, frames.size());
    }

    @Test
    void hearsAudioThatWasHeldUpUnlessItRunsTooFarAhead() {
        packet(0, 160, (byte) 5, 0);
        for (long at = 80; at <= 160; at += 20) {
            stream.idle(at * MS);
        }
        int before = frames.size();
        for (int i = 1; i <= 8; i++) {
            packet(i * 160, 160, (byte) 6, 161);
        }
        assertEquals(before + 8, frames.size());
    }
}
