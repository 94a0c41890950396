package io.segue.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RtpPacketTest {
    private final RtpPacket packet = new RtpPacket();

    private boolean wrap(String hex) {
        byte[] octets = HexFormat.of().parseHex(hex.replace(" ", ""));
        return packet.wrap(ByteBuffer.wrap(octets), 0, octets.length);
    }

    @Test
    void readsTheHeader() {
        assertTrue(wrap("80 88 FFFE 80000001 DEADBEEF 0102"));
        assertEquals(8, packet.payloadType());
        assertTrue(packet.marker());
        assertEquals(65_534, packet.sequence());
        assertEquals(0x8000_0001, packet.timestamp());
        assertEquals(0xDEAD_BEEF, packet.ssrc());
        assertEquals(12, packet.payloadOffset());
        assertEquals(2, packet.payloadLength());
    }

    @Test
    void passesOverSourcesExtensionAndPadding() {
        assertTrue(wrap("B1 00 0001 00000002 00000003 00000004 BEDE0001 AABBCCDD 55 000002"));
        assertEquals(24, packet.payloadOffset());
        assertEquals(2, packet.payloadLength());
    }

    @Test
    void refusesWhatIsNotRtp() {
        assertFalse(wrap("80 00 0001 00000002 000000"), "short");
        assertFalse(wrap("40 00 0001 00000002 00000003"), "version 1");
        assertFalse(wrap("80 C8 0006 00000002 00000003"), "RTCP");
        assertFalse(wrap("81 00 0001 00000002 00000003"), "a source is missing");
        assertFalse(wrap("90 00 0001 00000002 00000003 BEDE"), "half an extension");
        assertFalse(wrap("90 00 0001 00000002 00000003 BEDEFFFF"), "a longer extension than there is");
        assertFalse(wrap("A0 00 0001 00000002 00000003 00"), "no padding where there should be");
        assertFalse(wrap("A0 00 0001 00000002 00000003 09"), "more padding than payload");
    }

    @Test
    void takesAPacketWithoutPayload() {
        assertTrue(wrap("80 00 0001 00000002 00000003"));
        assertEquals(0, packet.payloadLength());
    }

    @Test
    void knowsAPressByItsTimestamp() {
        DigitReceiver digits = new DigitReceiver();
        assertTrue(digits.isNew(1, 1000));
        assertFalse(digits.isNew(1, 1000));
        assertTrue(digits.isNew(1, 2920));
        assertFalse(digits.isNew(1, 1000), "an end that was overtaken");
        assertTrue(digits.isNew(2, 1000), "another stream");
    }

    @Test
    void writesAndReadsAnEvent() {
        ByteBuffer payload = ByteBuffer.allocate(4);
        TelephoneEvent.write(payload, 0, TelephoneEvent.eventOf('#'), true, 10, 1280);
        assertEquals("0b8a0500", HexFormat.of().formatHex(payload.array()));
        assertEquals('#', TelephoneEvent.digit(TelephoneEvent.event(payload, 0)));
        assertEquals(1280, TelephoneEvent.duration(payload, 0));
        assertTrue(TelephoneEvent.end(payload, 0));
        assertEquals(-1, TelephoneEvent.eventOf('x'));
        assertFalse(TelephoneEvent.isDigit(16));
    }
}
