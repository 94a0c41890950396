package io.segue.stun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.stun.IceLite.Answer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the vectors of RFC 5769, and what RFC 8489 and RFC 8445 say of the rest. */
class IceLiteTest {
    private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";
    private static final InetSocketAddress MAPPED = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 32853);

    /** RFC 5769 2.1. */
    private static final byte[] REQUEST = hex("000100582112a442b7e7a701bc34d686fa87dfae"
            + "802200105354554e207465737420636c69656e74"
            + "002400046e0001ff80290008932ff9b151263b36"
            + "000600096576746a3a68367659202020"
            + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
            + "80280004e57a3bcf");

    /** RFC 5769 2.2. */
    private static final byte[] IPV4_RESPONSE = hex("0101003c2112a442b7e7a701bc34d686fa87dfae"
            + "8022000b7465737420766563746f7220"
            + "002000080001a147e112a643"
            + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7"
            + "80280004c07d4c96");

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static BindingRequest read(byte[] datagram) {
        return assertInstanceOf(StunMessage.Request.class, StunMessage.read(datagram, 0, datagram.length))
                .request();
    }

    private static StunMessage message(byte[] datagram) {
        return StunMessage.read(datagram, 0, datagram.length);
    }

    private static StunWriter check() {
        return new StunWriter(Wire.BINDING_REQUEST, Arrays.copyOfRange(REQUEST, 4, 20))
                .attribute(Wire.USERNAME, "evtj:h6vY".getBytes());
    }

    private static byte[] sealed(StunWriter writer) {
        return writer.integrity(PASSWORD.getBytes()).sealed();
    }

    private static Answer answer(byte[] datagram) {
        return IceLite.answer(read(datagram), MAPPED, "evtj", PASSWORD);
    }

    @Test
    void readsTheRequestOfRfc5769() {
        BindingRequest request = read(REQUEST);
        assertEquals("evtj", request.localUfrag());
        assertTrue(request.isBy(PASSWORD.getBytes()));
        assertFalse(request.isBy("VOkJxbRl1RmTxUk/WvJxBT".getBytes()));
        assertTrue(request.controlled());
    }

    @Test
    void writesTheAttributesOfTheResponsesOfRfc5769() {
        byte[] software = Arrays.copyOfRange(IPV4_RESPONSE, 24, 36);
        byte[] address = Arrays.copyOfRange(IPV4_RESPONSE, 40, 48);
        // The vector pads with a blank, which is covered by the sums.
        byte[] written = new StunWriter(Wire.BINDING_SUCCESS, Arrays.copyOfRange(IPV4_RESPONSE, 4, 20))
                .attribute(0x8022, software)
                .attribute(Wire.XOR_MAPPED_ADDRESS, address)
                .integrity(PASSWORD.getBytes())
                .sealed();
        byte[] expected = IPV4_RESPONSE.clone();
        assertEquals(expected.length, written.length);
        ByteBuffer.wrap(expected).putShort(22, (short) 12);
        byte[] covered = Arrays.copyOf(expected, 48);
        covered[3] = 0x34;
        assertArrayEquals(Wire.integrity(covered, 48, PASSWORD.getBytes()), Arrays.copyOfRange(written, 52, 72));
        // As they stand in the RFC.
        assertArrayEquals(
                Arrays.copyOfRange(IPV4_RESPONSE, 52, 72), Wire.integrity(IPV4_RESPONSE, 48, PASSWORD.getBytes()));
        assertEquals(ByteBuffer.wrap(IPV4_RESPONSE).getInt(76), Wire.fingerprint(IPV4_RESPONSE, 72));
    }

    @Test
    void tellsThePeerItsAddressAsRfc5769Does() {
        byte[] four =
                assertInstanceOf(Answer.Valid.class, answer(sealed(check()))).response();
        assertArrayEquals(hex("002000080001a147e112a643"), Arrays.copyOfRange(four, 20, 32));
        InetSocketAddress six =
                new InetSocketAddress(InetAddress.ofLiteral("2001:db8:1234:5678:11:2233:4455:6677"), 32853);
        byte[] response =
                IceLite.answer(read(sealed(check())), six, "evtj", PASSWORD).response();
        assertArrayEquals(
                hex("002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"), Arrays.copyOfRange(response, 20, 44));
        int at = response.length - 8;
        assertEquals(ByteBuffer.wrap(response).getInt(at + 4), Wire.fingerprint(response, at));
    }

    @Test
    void takesACheckAndSaysWhetherItNominates() {
        assertFalse(
                assertInstanceOf(Answer.Valid.class, answer(sealed(check()))).nominated());
        byte[] nominating = sealed(check().attribute(Wire.USE_CANDIDATE, new byte[0]));
        assertTrue(assertInstanceOf(Answer.Valid.class, answer(nominating)).nominated());
    }

    @Test
    void answers487ToAPeerThatWantsToBeControlledToo() {
        assertEquals(
                487, assertInstanceOf(Answer.Refused.class, answer(REQUEST)).status());
        byte[] response = answer(REQUEST).response();
        assertEquals(Wire.BINDING_ERROR, ByteBuffer.wrap(response).getShort(0));
        assertEquals(4, response[26]);
        assertEquals(87, response[27]);
    }

    @Test
    void answers401ToAWrongPasswordAndDoesNotSignIt() {
        byte[] forged = check().integrity("another password of 22".getBytes()).sealed();
        Answer.Refused refused = assertInstanceOf(Answer.Refused.class, answer(forged));
        assertEquals(401, refused.status());
        assertEquals(20 + 4 + 20 + 8, refused.response().length);
        assertEquals(
                401,
                assertInstanceOf(Answer.Refused.class, IceLite.answer(read(sealed(check())), MAPPED, "evtk", PASSWORD))
                        .status());
    }

    @Test
    void answers400WithoutCredentials() {
        assertEquals(
                400,
                assertInstanceOf(Answer.Refused.class, answer(check().sealed())).status());
        byte[] nameless = sealed(new StunWriter(Wire.BINDING_REQUEST, Arrays.copyOfRange(REQUEST, 4, 20)));
        assertEquals(
                400, assertInstanceOf(Answer.Refused.class, answer(nameless)).status());
    }

    @Test
    void answers420ToWhatHasToBeUnderstoodAndPassesOverTheRest() {
        byte[] optional = sealed(check().attribute(0xC057, new byte[4]));
        assertInstanceOf(Answer.Valid.class, answer(optional));
        byte[] required = sealed(check().attribute(0x7F01, new byte[4]));
        Answer.Refused refused = assertInstanceOf(Answer.Refused.class, answer(required));
        assertEquals(420, refused.status());
        assertTrue(HexFormat.of().formatHex(refused.response()).contains("000a00027f010000"));
    }

    @Test
    void whatStandsBehindTheIntegrityIsNotBelieved() {
        byte[] late = check().integrity(PASSWORD.getBytes())
                .attribute(Wire.USE_CANDIDATE, new byte[0])
                .sealed();
        assertFalse(assertInstanceOf(Answer.Valid.class, answer(late)).nominated());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 7, 21, 30, 50, 60, 84, 104})
    void anOctetThatIsWrongIsFoundOut(int at) {
        byte[] spoilt = REQUEST.clone();
        spoilt[at] ^= 0x40;
        assertFalse(message(spoilt) instanceof StunMessage.Request, "" + at);
    }

    @Test
    void indicationsAndResponsesAreNothingToAnswer() {
        byte[] indication = new StunWriter(0x0011, new byte[16]).sealed();
        ByteBuffer.wrap(indication).putInt(4, Wire.COOKIE);
        assertInstanceOf(StunMessage.NothingToAnswer.class, message(indication));
        assertInstanceOf(StunMessage.NothingToAnswer.class, message(IPV4_RESPONSE));
    }

    @Test
    void readsAMessageOfTheGreatestLengthAndNoLongerOne() {
        byte[] longest = ofLength(StunMessage.OCTETS_MAX);
        assertInstanceOf(StunMessage.Request.class, message(longest));
        assertInstanceOf(StunMessage.Malformed.class, message(ofLength(StunMessage.OCTETS_MAX + 4)));
    }

    private static byte[] ofLength(int length) {
        byte[] octets = new byte[length];
        ByteBuffer out = ByteBuffer.wrap(octets);
        out.putShort((short) 1).putShort((short) (length - 20)).putInt(Wire.COOKIE);
        out.position(20).putShort((short) 0xC001).putShort((short) (length - 24));
        return octets;
    }

    @Test
    void readsAsManyAttributesAsMayBeAndNoMore() {
        StunWriter most = new StunWriter(Wire.BINDING_REQUEST, Arrays.copyOfRange(REQUEST, 4, 20));
        for (int i = 0; i < StunMessage.ATTRIBUTES_MAX - 1; i++) {
            most.attribute(0xC001, new byte[0]);
        }
        assertInstanceOf(StunMessage.Request.class, message(most.sealed()));
        StunWriter more = new StunWriter(Wire.BINDING_REQUEST, Arrays.copyOfRange(REQUEST, 4, 20));
        for (int i = 0; i < StunMessage.ATTRIBUTES_MAX; i++) {
            more.attribute(0xC001, new byte[0]);
        }
        assertInstanceOf(StunMessage.Malformed.class, message(more.sealed()));
    }

    @Test
    void aNameMayHave508OctetsAndNoMore() {
        for (int length : new int[] {508, 509}) {
            byte[] named = new StunWriter(Wire.BINDING_REQUEST, Arrays.copyOfRange(REQUEST, 4, 20))
                    .attribute(Wire.USERNAME, "u".repeat(length).getBytes())
                    .sealed();
            assertEquals(length == 508, message(named) instanceof StunMessage.Request, "" + length);
        }
    }
}
