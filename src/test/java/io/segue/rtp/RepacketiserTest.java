package io.segue.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepacketiserTest {
    private final Repacketiser cutter = new Repacketiser();
    private final List<byte[]> packets = new ArrayList<>();
    private final List<Integer> timestamps = new ArrayList<>();
    private int missing;

    private boolean add(int timestamp, int length, boolean lost) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) (timestamp + i);
        }
        return cutter.add(ByteBuffer.wrap(octets), 0, length, timestamp, lost, 0, (packet, size, at, gone, now) -> {
            packets.add(Arrays.copyOf(packet, size));
            timestamps.add(at);
            missing += gone;
        });
    }

    @ParameterizedTest
    @CsvSource({"80,160", "160,80", "160,480", "480,160", "240,160", "160,240", "320,480", "480,80"})
    void cutsWithoutLosingAnOctet(int in, int out) {
        cutter.start(out, Law.ULAW, 1000);
        for (int at = 0; at < 4800; at += in) {
            add(1000 + at, in, false);
        }
        assertEquals(4800 / out, packets.size());
        for (int i = 0; i < packets.size(); i++) {
            assertEquals(1000 + i * out, timestamps.get(i));
            for (int j = 0; j < out; j++) {
                assertEquals((byte) (1000 + i * out + j), packets.get(i)[j]);
            }
        }
        assertEquals(0, missing);
    }

    @Test
    void fillsAHoleWithinAPacketWithSilence() {
        cutter.start(320, Law.ALAW, 0);
        add(0, 80, false);
        add(160, 80, true);
        add(240, 80, false);
        assertEquals(1, packets.size());
        assertEquals((byte) 0xD5, packets.getFirst()[100]);
        assertEquals((byte) 160, packets.getFirst()[160]);
    }

    @Test
    void leavesLostPacketsMissing() {
        cutter.start(160, Law.ULAW, 0);
        add(0, 320, false);
        add(960, 320, true);
        assertEquals(List.of(0, 160, 960, 1120), timestamps);
        assertEquals(4, missing);
    }

    @Test
    void countsNothingAsMissingWhenTheSenderWasSilent() {
        cutter.start(160, Law.ULAW, 0);
        add(0, 320, false);
        add(8000, 320, false);
        assertEquals(List.of(0, 160, 8000, 8160), timestamps);
        assertEquals(0, missing);
    }

    @Test
    void refusesWhatComesAfterItsPacketHasGone() {
        cutter.start(160, Law.ULAW, 0);
        add(0, 80, false);
        add(160, 80, true);
        assertFalse(add(80, 80, false));
    }

    @Test
    void staysOnItsGridWhenAJumpIsNoMultipleOfAPacket() {
        cutter.start(160, Law.ULAW, 0);
        add(0, 240, false);
        add(600, 240, false);
        assertEquals(List.of(0, 160, 480, 640), timestamps);
        assertEquals((byte) 0xFF, packets.get(2)[119]);
        assertEquals((byte) 600, packets.get(2)[120]);
    }
}
