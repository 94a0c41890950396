package io.segue.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class MixInputTest {
    private static final int DELAY = MixInput.DELAY_SAMPLES;

    private final MixInput input = new MixInput();
    private final short[] out = new short[480];

    /** A packet whose samples all have one value. */
    private void put(Law law, int timestamp, int samples, int value) {
        ByteBuffer packet = ByteBuffer.allocate(samples);
        for (int i = 0; i < samples; i++) {
            packet.put(i, G711.encode(law, value));
        }
        input.put(law, packet, 0, samples, 7, timestamp);
    }

    private int read(int samples) {
        input.read(out, samples);
        for (int i = 1; i < samples; i++) {
            assertEquals(out[0], out[i], "sample " + i);
        }
        return out[0];
    }

    private static int heard(Law law, int value) {
        return G711.linear(law, G711.encode(law, value));
    }

    @Test
    void isSilentUntilSomethingComes() {
        assertEquals(0, read(160));
    }

    @Test
    void staysAPacketBehindAndLosesNothing() {
        for (int i = 0; i < 50; i++) {
            put(Law.ULAW, 5000 + i * 160, 160, 1000 + i * 10);
            assertEquals(i == 0 ? 0 : heard(Law.ULAW, 1000 + (i - 1) * 10), read(160));
        }
    }

    @Test
    void takesBothLawsAndAnyPacketTime() {
        put(Law.ALAW, 0, 480, 2000);
        assertEquals(0, read(DELAY));
        for (int i = 0; i < 6; i++) {
            assertEquals(heard(Law.ALAW, 2000), read(80));
        }
        put(Law.ALAW, 480, 80, 3000);
        input.read(out, 80);
        assertEquals(heard(Law.ALAW, 3000), out[0]);
    }

    @Test
    void isSilentWhereAPacketIsLost() {
        put(Law.ULAW, 0, 160, 1000);
        put(Law.ULAW, 320, 160, 3000);
        read(DELAY);
        assertEquals(heard(Law.ULAW, 1000), read(160));
        assertEquals(0, read(160));
        assertEquals(heard(Law.ULAW, 3000), read(160));
    }

    @Test
    void putsAnOvertakenPacketInItsPlace() {
        put(Law.ULAW, 0, 160, 1000);
        put(Law.ULAW, 320, 160, 3000);
        put(Law.ULAW, 160, 160, 2000);
        read(DELAY);
        assertEquals(heard(Law.ULAW, 1000), read(160));
        assertEquals(heard(Law.ULAW, 2000), read(160));
        assertEquals(heard(Law.ULAW, 3000), read(160));
    }

    @Test
    void fallsFurtherBehindWhenPacketsAreLateAndThenLosesNone() {
        int timestamp = 0;
        put(Law.ULAW, timestamp, 160, 1000);
        read(160);
        read(160);
        read(160);
        // From here on each packet comes 20 ms later than it should.
        int missed = 0;
        for (int i = 1; i <= 20; i++) {
            put(Law.ULAW, timestamp + i * 160, 160, 1000);
            missed += read(160) == 0 ? 1 : 0;
        }
        assertTrue(missed <= 3, "missed " + missed);
    }

    @Test
    void catchesUpWhenTooMuchWaits() {
        for (int i = 0; i < 200; i++) {
            put(Law.ULAW, i * 160, 160, 1000);
            if (i % 10 != 9) {
                read(160);
            }
        }
        int waiting = 0;
        while (read(160) != 0) {
            waiting++;
        }
        assertTrue(waiting <= (DELAY + MixInput.AHEAD_SAMPLES_MAX) / 160 + 1, "waiting " + waiting);
    }

    @Test
    void beginsAnewWithAnotherStreamAndWithAJump() {
        put(Law.ULAW, 0, 160, 1000);
        read(160);
        input.put(Law.ULAW, ByteBuffer.allocate(160), 0, 160, 8, 1_000_000);
        assertEquals(0, read(DELAY));
        assertEquals(G711.linear(Law.ULAW, (byte) 0), read(160));
        input.put(Law.ULAW, ByteBuffer.allocate(160), 0, 160, 8, 5);
        assertEquals(0, read(DELAY));
        assertEquals(G711.linear(Law.ULAW, (byte) 0), read(160));
    }

    @Test
    void goesOnWhereTimestampsWrapAround() {
        for (int i = 0; i < 20; i++) {
            put(Law.ULAW, -1600 + i * 160, 160, 1000);
            assertEquals(i == 0 ? 0 : heard(Law.ULAW, 1000), read(160));
        }
    }

    @Test
    void hearsOfAPacketAsMuchAsTheLimitAndNotTheRest() {
        put(Law.ULAW, 0, MixInput.PACKET_SAMPLES_MAX + 1, 1000);
        read(DELAY);
        for (int i = 0; i < MixInput.PACKET_SAMPLES_MAX / 160; i++) {
            assertEquals(heard(Law.ULAW, 1000), read(160));
        }
        assertEquals(0, read(160));
    }
}
