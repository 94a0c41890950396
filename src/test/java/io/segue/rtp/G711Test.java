package io.segue.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class G711Test {
    /** ITU-T G.711, tables 5 and 6: the periodic sequences of a 1 kHz tone of 0 dBm0. */
    private static final byte[] ULAW_MILLIWATT = {
        0x1E, 0x0B, 0x0B, 0x1E, (byte) 0x9E, (byte) 0x8B, (byte) 0x8B, (byte) 0x9E
    };

    private static final byte[] ALAW_MILLIWATT = {
        0x34, 0x21, 0x21, 0x34, (byte) 0xB4, (byte) 0xA1, (byte) 0xA1, (byte) 0xB4
    };

    @Test
    void decodesTheEndsAndTheMiddleOfBothLawsAsTheRecommendationDoes() {
        assertEquals(-32124, G711.linear(Law.ULAW, (byte) 0x00));
        assertEquals(32124, G711.linear(Law.ULAW, (byte) 0x80));
        assertEquals(0, G711.linear(Law.ULAW, (byte) 0xFF));
        assertEquals(0, G711.linear(Law.ULAW, (byte) 0x7F));
        assertEquals(8, G711.linear(Law.ALAW, (byte) 0xD5));
        assertEquals(-8, G711.linear(Law.ALAW, (byte) 0x55));
        assertEquals(32256, G711.linear(Law.ALAW, (byte) 0xAA));
        assertEquals(-32256, G711.linear(Law.ALAW, (byte) 0x2A));
    }

    @Test
    void encodesEveryDecodedOctetToItself() {
        for (int octet = 0; octet < 256; octet++) {
            // The negative zero of the mu-law comes back as the positive one.
            int expected = octet == 0x7F ? 0xFF : octet;
            assertEquals((byte) expected, G711.encode(Law.ULAW, G711.linear(Law.ULAW, (byte) octet)), "ulaw " + octet);
            assertEquals((byte) octet, G711.encode(Law.ALAW, G711.linear(Law.ALAW, (byte) octet)), "alaw " + octet);
        }
    }

    @Test
    void hearsTheDigitalMilliwattOfBothLawsAt0Dbm0() {
        double ulaw = Level.dbm0(Law.ULAW, Level.energy(Law.ULAW, ByteBuffer.wrap(ULAW_MILLIWATT), 0, 8), 8);
        double alaw = Level.dbm0(Law.ALAW, Level.energy(Law.ALAW, ByteBuffer.wrap(ALAW_MILLIWATT), 0, 8), 8);
        assertEquals(0, ulaw, 0.05);
        assertEquals(0, alaw, 0.05);
    }

    @Test
    void convertsTheMilliwattFromOneLawToTheOther() {
        byte[] octets = ULAW_MILLIWATT.clone();
        G711.convert(Law.ULAW, Law.ALAW, octets, 0, 8);
        double level = Level.dbm0(Law.ALAW, Level.energy(Law.ALAW, ByteBuffer.wrap(octets), 0, 8), 8);
        assertEquals(0, level, 0.2);
        assertEquals((byte) 0xD5, G711.convert(Law.ULAW, Law.ALAW, (byte) 0xFF));
    }

    @Test
    void convertsEveryOctetToTheOtherLawWithinAStepOfIt() {
        for (int octet = 0; octet < 256; octet++) {
            int before = G711.linear(Law.ULAW, (byte) octet);
            int after = G711.linear(Law.ALAW, G711.convert(Law.ULAW, Law.ALAW, (byte) octet));
            assertTrue(
                    Math.abs(before - after) <= Math.max(16, Math.abs(before) / 16),
                    octet + ": " + before + " " + after);
        }
    }

    @Test
    void hasNoLevelForSilence() {
        ByteBuffer silence = ByteBuffer.wrap(new byte[] {-1, -1});
        assertEquals(Double.NEGATIVE_INFINITY, Level.dbm0(Law.ULAW, Level.energy(Law.ULAW, silence, 0, 2), 2));
        assertTrue(0 < Level.meanSquare(Law.ULAW, SentMeasure.QUIET_DBM0));
    }
}
