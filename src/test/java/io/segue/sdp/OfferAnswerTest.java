package io.segue.sdp;

import static io.segue.sdp.SessionDescriptionTest.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3264. */
class OfferAnswerTest {

    private static final LocalMedia OURS = LocalMedia.first("192.0.2.9", 20_000, 7);

    private static final String HEAD = "v=0\no=- 5 5 IN IP4 203.0.113.1\ns=-\nc=IN IP4 203.0.113.1\nt=0 0\n";

    private static final String AUDIO = "m=audio 49230 RTP/AVP 8 0 97\na=rtpmap:97 telephone-event/8000\n";

    @Test
    void answersWithTheFirstCodecOfTheOfferAloneAndItsEvents() {
        Negotiated.Answered answered = answered(HEAD + AUDIO + "a=ptime:30\n");
        Media stream = answered.answer().media().getFirst();
        assertEquals(List.of("8", "97"), stream.formats());
        assertEquals(20_000, stream.port());
        assertEquals("30", stream.attribute("ptime"));
        assertEquals(
                new Agreement(
                        new InetSocketAddress("203.0.113.1", 49230),
                        new InetSocketAddress("203.0.113.1", 49231),
                        Codec.PCMA,
                        8,
                        8,
                        97,
                        97,
                        30,
                        true,
                        true),
                answered.agreement());
    }

    @Test
    void refusesEveryOtherStreamWithPortZeroInItsPlace() {
        SessionDescription answer = answered(
                        HEAD + "m=video 3 RTP/AVP 31\nm=audio 5 RTP/SAVP 0\n" + AUDIO + "m=audio 9 RTP/AVP 0\n")
                .answer();
        assertEquals(
                List.of(0, 0, 20_000, 0),
                answer.media().stream().map(Media::port).toList());
        assertEquals("video", answer.media().getFirst().type());
        assertEquals(List.of("31"), answer.media().getFirst().formats());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m=audio 49230 RTP/AVP 2 18\n",
                "m=audio 0 RTP/AVP 0\n",
                "m=video 3 RTP/AVP 0\n",
                "",
                "m=audio 9 UDP/TLS/RTP/SAVPF 0\n",
                "m=audio 49230 RTP/AVP 0\na=rtpmap:0 OPUS/48000\n"
            })
    void refusesAnOfferInWhichNothingMatches(String media) {
        assertInstanceOf(Negotiated.Refused.class, OfferAnswer.answer(read(HEAD + media), OURS));
    }

    @Test
    void refusesAStreamThatSaysNowhereWhereItGoes() {
        assertInstanceOf(
                Negotiated.Refused.class, OfferAnswer.answer(read(HEAD.replaceFirst("c=.*\n", "") + AUDIO), OURS));
    }

    @Test
    void takesADynamicPayloadTypeForG711() {
        Agreement agreement = answered(HEAD + "m=audio 4 RTP/AVP 96\na=rtpmap:96 pcmu/8000/1\n")
                .agreement();
        assertEquals(Codec.PCMU, agreement.codec());
        assertEquals(96, agreement.sendPayloadType());
        assertNull(agreement.sendEventType());
    }

    /** What the offer says, what the answer says, whether we send, whether we receive. */
    @ParameterizedTest
    @CsvSource({
        "sendrecv, SENDRECV, true, true",
        "sendonly, RECVONLY, false, true",
        "recvonly, SENDONLY, true, false",
        "inactive, INACTIVE, false, false"
    })
    void mirrorsTheDirection(String offered, Direction answer, boolean send, boolean receive) {
        for (String text : new String[] {HEAD + AUDIO + "a=" + offered + "\n", HEAD + "a=" + offered + "\n" + AUDIO}) {
            Negotiated.Answered answered = answered(text);
            assertEquals(
                    answer,
                    answered.answer().direction(answered.answer().media().getFirst()));
            assertEquals(send, answered.agreement().weSend());
            assertEquals(receive, answered.agreement().weReceive());
        }
    }

    @Test
    void takesAnAddressOfZerosForHold() {
        Negotiated.Answered held = answered(HEAD.replace("c=IN IP4 203.0.113.1", "c=IN IP4 0.0.0.0") + AUDIO);
        assertFalse(held.agreement().weSend());
        assertEquals(
                Direction.RECVONLY,
                held.answer().direction(held.answer().media().getFirst()));
    }

    @Test
    void countsTheVersionUpWithEachChangeAndComesBackFromHold() {
        Negotiated.Answered first = answered(HEAD + AUDIO);
        LocalMedia after = OURS.after(first.answer());
        assertEquals("7", first.answer().origin().version());
        Negotiated.Answered same = answered(HEAD + AUDIO, after);
        assertEquals("7", same.answer().origin().version());
        Negotiated.Answered held = answered(HEAD + AUDIO + "a=sendonly\n", after);
        assertEquals("8", held.answer().origin().version());
        assertEquals("7", held.answer().origin().sessionId());
        Negotiated.Answered back = answered(HEAD + AUDIO, OURS.after(held.answer()));
        assertEquals("9", back.answer().origin().version());
        assertTrue(back.agreement().weSend() && back.agreement().weReceive());
    }

    @Test
    void keepsTheCodecInUseWhenItIsOfferedAgain() {
        Negotiated kept = OfferAnswer.answer(read(HEAD + AUDIO), OURS, Codec.PCMU);
        assertEquals(
                Codec.PCMU,
                assertInstanceOf(Negotiated.Answered.class, kept).agreement().codec());
    }

    @ParameterizedTest
    @CsvSource({
        "'', 20",
        "a=ptime:10, 10",
        "a=ptime:60, 60",
        "a=ptime:61, 60",
        "a=ptime:5, 10",
        "a=ptime:20.0, 20",
        "a=ptime:x, 20",
        "a=maxptime:10, 10",
        "'a=ptime:40\na=maxptime:30', 30"
    })
    void keepsThePacketTimeBetweenTenAndSixty(String attribute, int packetMs) {
        assertEquals(
                packetMs, answered(HEAD + AUDIO + attribute + "\n").agreement().packetMs());
    }

    @Test
    void readsWhereRtcpGoes() {
        assertEquals(
                new InetSocketAddress("203.0.113.9", 5),
                answered(HEAD + AUDIO + "a=rtcp:5 IN IP4 203.0.113.9\n")
                        .agreement()
                        .remoteRtcp());
        assertEquals(
                new InetSocketAddress("203.0.113.1", 53020),
                answered(HEAD + AUDIO + "a=rtcp:53020\n").agreement().remoteRtcp());
    }

    @Test
    void leavesANameUnresolved() {
        assertTrue(answered(HEAD.replace("c=IN IP4 203.0.113.1", "c=IN IP4 media.example.com") + AUDIO)
                .agreement()
                .remote()
                .isUnresolved());
    }

    @Test
    void speaksIpv6() {
        LocalMedia ours = LocalMedia.first("2001:db8::9", 20_000, 7);
        Negotiated.Answered answered =
                answered(HEAD.replace("c=IN IP4 203.0.113.1", "c=IN IP6 2001:db8::1") + AUDIO, ours);
        assertTrue(answered.answer().toString().contains("c=IN IP6 2001:db8::9\r\n"));
        assertEquals(
                new InetSocketAddress("2001:db8::1", 49230),
                answered.agreement().remote());
    }

    @Test
    void offersThePreferredCodecFirst() {
        SessionDescription offer = OfferAnswer.offer(OURS.preferring(Codec.PCMA));
        assertEquals(List.of("8", "0", "101"), offer.media().getFirst().formats());
        assertEquals(offer, read(offer.toString()));
        SessionDescription hold = OfferAnswer.offer(OURS.preferring(Codec.PCMA).after(offer), Direction.SENDONLY);
        assertEquals("8", hold.origin().version());
    }

    @Test
    void readsAnAnswerWithPayloadTypesOfItsOwn() {
        SessionDescription offer = OfferAnswer.offer(OURS);
        Agreement agreement = accepted(offer, HEAD + AUDIO.replace("8 0 97", "0 97") + "a=recvonly\n");
        assertEquals(Codec.PCMU, agreement.codec());
        assertEquals(97, agreement.sendEventType());
        assertEquals(101, agreement.receiveEventType());
        assertTrue(agreement.weSend());
        assertFalse(agreement.weReceive());
    }

    @Test
    void combinesOurHoldWithTheAnswer() {
        SessionDescription offer = OfferAnswer.offer(OURS, Direction.SENDONLY);
        Agreement agreement = accepted(offer, HEAD + AUDIO + "a=sendrecv\n");
        assertTrue(agreement.weSend());
        assertFalse(agreement.weReceive());
    }

    @Test
    void refusesAnAnswerThatRefuses() {
        SessionDescription offer = OfferAnswer.offer(OURS);
        for (String media :
                new String[] {"", "m=audio 0 RTP/AVP 0\n", "m=audio 5 RTP/AVP 18\n", "m=video 5 RTP/AVP 0\n"}) {
            assertInstanceOf(Negotiated.Refused.class, OfferAnswer.read(offer, read(HEAD + media)), media);
        }
    }

    @Test
    void takesTheAnswerOfAPeerOfOurOwnKind() {
        SessionDescription offer = OfferAnswer.offer(OURS);
        Negotiated.Answered peer = answered(offer.toString(), LocalMedia.first("192.0.2.10", 30_000, 9));
        Agreement ours = accepted(offer, peer.answer().toString());
        assertEquals(peer.agreement().codec(), ours.codec());
        assertEquals(new InetSocketAddress("192.0.2.10", 30_000), ours.remote());
        assertEquals(
                new InetSocketAddress("192.0.2.9", 20_000), peer.agreement().remote());
    }

    private static Negotiated.Answered answered(String offer) {
        return answered(offer, OURS);
    }

    private static Negotiated.Answered answered(String offer, LocalMedia ours) {
        return assertInstanceOf(Negotiated.Answered.class, OfferAnswer.answer(read(offer), ours));
    }

    private static Agreement accepted(SessionDescription offer, String answer) {
        return assertInstanceOf(Negotiated.Accepted.class, OfferAnswer.read(offer, read(answer)))
                .agreement();
    }
}
