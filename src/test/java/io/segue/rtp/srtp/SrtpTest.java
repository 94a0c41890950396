package io.segue.rtp.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against the vectors of RFC 3711 and RFC 7714, and each side against the other. */
class SrtpTest {
    private static final SrtpProfile GCM = SrtpProfile.AEAD_AES_128_GCM;
    private static final SrtpProfile CM = SrtpProfile.AES_CM_128_HMAC_SHA1_80;
    private static final int ROOM = 2048;

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static byte[] roomy(byte[] packet) {
        return Arrays.copyOf(packet, ROOM);
    }

    /** What a test sends: marked by its sequence number. */
    private static byte[] rtp(int ssrc, int sequence) {
        byte[] packet = new byte[172];
        packet[0] = (byte) 0x80;
        packet[2] = (byte) (sequence >> 8);
        packet[3] = (byte) sequence;
        Octets.putWord(packet, 4, sequence * 160);
        Octets.putWord(packet, 8, ssrc);
        Arrays.fill(packet, 12, 172, (byte) sequence);
        return packet;
    }

    private static byte[] rtcp(int ssrc) {
        byte[] packet = hex("80c80006 00000000 1111111122222222 33333333 44444444 55555555");
        Octets.putWord(packet, 4, ssrc);
        return packet;
    }

    private static SrtpKeys keys(SrtpProfile profile, boolean client) {
        byte[] material = new byte[profile.materialBytes()];
        new Random(7).nextBytes(material);
        return new SrtpKeys(profile, material, client);
    }

    /** RFC 3711 B.3. */
    @Test
    void derivesTheKeysOfRfc3711() {
        Derivation keys = new Derivation(hex("E1F97A0D3E018BE0D64FA32C06DE4139"), hex("0EC675AD498AFEEBB6960B3AABE6"));
        assertArrayEquals(hex("C61E7A93744F39EE10734AFE3FF7A087"), keys.derive(Derivation.RTP_KEY, 16));
        assertArrayEquals(hex("30CBBC08863D8C85D49DB34A9AE1"), keys.derive(Derivation.RTP_SALT, 14));
        assertArrayEquals(
                hex("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"), keys.derive(Derivation.RTP_AUTHENTICATION, 20));
    }

    /** RFC 3711 B.2. */
    @Test
    void makesTheKeyStreamOfRfc3711() {
        CmTransform transform =
                new CmTransform(hex("2B7E151628AED2A6ABF7158809CF4F3C"), hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD"), CM);
        byte[] packet = new byte[ROOM];
        transform.protect(packet, 12, 12 + 48, 0);
        assertArrayEquals(
                hex(
                        "E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB 41E95B3BB0A2E8DD477901E4FCA894C0"),
                Arrays.copyOfRange(packet, 12, 60));
    }

    /** A packet as libsrtp's own test has it, with the master key of RFC 3711 B.3. */
    @Test
    void protectsAsOthersDoByCounterMode() {
        Transform transform =
                Transform.of(CM, hex("e1f97a0d3e018be0d64fa32c06de4139"), hex("0ec675ad498afeebb6960b3aabe6"));
        byte[] packet = roomy(hex("800f1234decafbadcafebabe" + "ab".repeat(16)));
        int length = new SrtpSender(transform).protect(packet, 28);
        assertArrayEquals(
                hex("800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb"),
                Arrays.copyOf(packet, length));
    }

    /** RFC 7714 16.1. */
    @Test
    void protectsThePacketOfRfc7714() {
        byte[] key = hex("000102030405060708090a0b0c0d0e0f");
        byte[] salt = hex("517569642070726f2071756f");
        GcmTransform transform = new GcmTransform(key, salt, key, salt, GCM);
        byte[] plain = hex("8040f17b 8041f8d3 5501a0b2 47616c6c696120657374206f6d6e697320646976697361"
                + "20696e207061727465732074726573");
        byte[] packet = roomy(plain);
        int length = transform.protect(packet, 12, plain.length, 0xf17b);
        assertArrayEquals(
                hex("8040f17b 8041f8d3 5501a0b2 f24de3a3fb34de6cacba861c9d7e4bcabe633bd5"
                        + "0d294e6f42a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce"),
                Arrays.copyOf(packet, length));
        assertEquals(plain.length, transform.unprotect(packet, 12, length, 0xf17b));
        assertArrayEquals(plain, Arrays.copyOf(packet, plain.length));
    }

    @ParameterizedTest
    @EnumSource
    void whatOneSideProtectsTheOtherReads(SrtpProfile profile) {
        SrtpSender sender = keys(profile, true).sender();
        SrtpReceiver receiver = keys(profile, false).receiver();
        for (int i = 0; i < 200_000; i += 977) {
            byte[] plain = rtp(5, i & 0xFFFF);
            byte[] packet = roomy(plain);
            int length = sender.protect(packet, plain.length);
            assertEquals(plain.length + profile.tagBytes(), length);
            assertFalse(Arrays.equals(plain, 12, 172, packet, 12, 172));
            assertEquals(plain.length, receiver.unprotect(packet, length));
            assertArrayEquals(plain, Arrays.copyOf(packet, plain.length));
        }
        byte[] report = roomy(rtcp(5));
        for (int i = 0; i < 3; i++) {
            byte[] packet = report.clone();
            int length = sender.protectControl(packet, 28);
            assertEquals(28 + 4 + profile.tagBytes(), length);
            assertFalse(Arrays.equals(report, 8, 28, packet, 8, 28));
            assertEquals(28, receiver.unprotectControl(packet, length));
            assertArrayEquals(Arrays.copyOf(report, 28), Arrays.copyOf(packet, 28));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theDirectionsHaveKeysOfTheirOwn(SrtpProfile profile) {
        byte[] packet = roomy(rtp(5, 1));
        int length = keys(profile, true).sender().protect(packet, 172);
        assertEquals(SrtpReceiver.FORGED, keys(profile, true).receiver().unprotect(packet, length));
    }

    @ParameterizedTest
    @EnumSource
    void headerExtensionsAndCsrcsStayReadable(SrtpProfile profile) {
        byte[] packet = roomy(hex("9100000100000002000000030000000a" + "bede0001" + "10aa0000" + "0102030405"));
        byte[] head = Arrays.copyOf(packet, 24);
        int length = keys(profile, true).sender().protect(packet, 29);
        assertArrayEquals(head, Arrays.copyOf(packet, 24));
        assertEquals(29, keys(profile, false).receiver().unprotect(packet, length));
    }

    @ParameterizedTest
    @EnumSource
    void aPacketThatHasBeenIsRefusedAndSoIsOneThatIsTooOld(SrtpProfile profile) {
        SrtpSender sender = keys(profile, true).sender();
        SrtpReceiver receiver = keys(profile, false).receiver();
        byte[][] packets = new byte[ReplayWindow.PACKETS + 1][];
        int length = 0;
        for (int i = 0; i < packets.length; i++) {
            packets[i] = roomy(rtp(5, i + 10));
            length = sender.protect(packets[i], 172);
        }
        int last = packets.length - 1;
        assertEquals(172, receiver.unprotect(packets[last].clone(), length));
        assertEquals(SrtpReceiver.REPLAYED, receiver.unprotect(packets[last].clone(), length));
        assertEquals(172, receiver.unprotect(packets[1].clone(), length));
        assertEquals(SrtpReceiver.REPLAYED, receiver.unprotect(packets[1].clone(), length));
        assertEquals(SrtpReceiver.REPLAYED, receiver.unprotect(packets[0].clone(), length));
        byte[] report = roomy(rtcp(5));
        int reported = sender.protectControl(report, 28);
        assertEquals(28, receiver.unprotectControl(report.clone(), reported));
        assertEquals(SrtpReceiver.REPLAYED, receiver.unprotectControl(report.clone(), reported));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsForgedLeavesNoTrace(SrtpProfile profile) {
        SrtpSender sender = keys(profile, true).sender();
        SrtpReceiver receiver = keys(profile, false).receiver();
        byte[] packet = roomy(rtp(5, 40_000));
        int length = sender.protect(packet, 172);
        for (int at : new int[] {2, 5, 9, 20, length - 1}) {
            byte[] forged = packet.clone();
            forged[at] ^= 1;
            assertEquals(SrtpReceiver.FORGED, receiver.unprotect(forged, length), "" + at);
        }
        assertEquals(172, receiver.unprotect(packet, length));
        byte[] report = roomy(rtcp(5));
        int reported = sender.protectControl(report, 28);
        for (int at : new int[] {1, 5, 12, reported - 1}) {
            byte[] forged = report.clone();
            forged[at] ^= 1;
            assertEquals(SrtpReceiver.FORGED, receiver.unprotectControl(forged, reported), "" + at);
        }
        assertEquals(28, receiver.unprotectControl(report, reported));
    }

    @ParameterizedTest
    @EnumSource
    void oneSequenceNumberIsNeverProtectedTwice(SrtpProfile profile) {
        SrtpSender sender = keys(profile, true).sender();
        assertEquals(172 + profile.tagBytes(), sender.protect(roomy(rtp(5, 100)), 172));
        assertEquals(172 + profile.tagBytes(), sender.protect(roomy(rtp(5, 98)), 172));
        assertEquals(SrtpSender.REFUSED, sender.protect(roomy(rtp(5, 98)), 172));
        assertEquals(SrtpSender.REFUSED, sender.protect(roomy(rtp(5, 100)), 172));
        assertEquals(SrtpSender.REFUSED, sender.protect(new byte[ROOM], 172));
    }

    @ParameterizedTest
    @EnumSource
    void knowsAsManyStreamsAsMayBeAndForgetsTheOneHeardLongestAgo(SrtpProfile profile) {
        SrtpReceiver receiver = keys(profile, false).receiver();
        byte[][] packets = new byte[SrtpReceiver.STREAMS_MAX + 1][];
        int length = 172 + profile.tagBytes();
        for (int i = 0; i < packets.length; i++) {
            packets[i] = roomy(rtp(i, 1));
            keys(profile, true).sender().protect(packets[i], 172);
            assertEquals(172, receiver.unprotect(packets[i].clone(), length));
        }
        assertEquals(SrtpReceiver.REPLAYED, receiver.unprotect(packets[1].clone(), length));
        assertEquals(172, receiver.unprotect(packets[0].clone(), length));
    }

    @Test
    void tooShortIsMalformed() {
        for (SrtpProfile profile : SrtpProfile.values()) {
            SrtpReceiver receiver = keys(profile, false).receiver();
            byte[] packet = roomy(rtp(5, 1));
            assertEquals(SrtpReceiver.MALFORMED, receiver.unprotect(packet, 11 + profile.tagBytes()));
            assertEquals(SrtpReceiver.FORGED, receiver.unprotect(packet, 12 + profile.tagBytes()));
            byte[] report = roomy(rtcp(5));
            assertEquals(SrtpReceiver.MALFORMED, receiver.unprotectControl(report, 11 + profile.tagBytes()));
            assertEquals(SrtpReceiver.FORGED, receiver.unprotectControl(report, 12 + profile.tagBytes()));
        }
    }

    /** RFC 3711 3.3.1: around the point where the sequence begins anew. */
    @Test
    void theRolloverCounterFollowsTheSequence() {
        ReplayWindow window = new ReplayWindow();
        assertEquals(0xFFFE, window.index(0xFFFE));
        window.add(0xFFFE);
        assertEquals(0x1_0001, window.index(1));
        window.add(0x1_0001);
        assertEquals(0xFFFF, window.index(0xFFFF));
        assertFalse(window.has(0xFFFF));
        assertTrue(window.has(0xFFFE));
        window.add(0x1_7FFF);
        window.add(0x1_FFFF);
        assertEquals(0x2_0000, window.index(0));
        assertEquals(0x1_FF00, window.index(0xFF00));
    }

    @Test
    void theWindowReachesBackSoFarAndNoFurther() {
        ReplayWindow window = new ReplayWindow();
        window.add(1000);
        assertFalse(window.has(1000 - ReplayWindow.PACKETS + 1));
        assertTrue(window.has(1000 - ReplayWindow.PACKETS));
        window.add(1000 + ReplayWindow.PACKETS);
        assertTrue(window.has(1000));
        assertFalse(window.has(1001));
    }
}
