package io.segue.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Any octets as a description, as an offer and as an answer: never an exception, and what is understood is written and read again as
 * the same. In an ordinary run the seeds alone; with {@code JAZZER_FUZZ=1} as many executions as said below.
 */
class SdpFuzzTest {

    private static final long NANOS_MAX = 5_000_000_000L;
    private static final Limits ROOMY = new Limits(200_000, 1_000, 32, 128);
    private static final LocalMedia OURS = LocalMedia.first("192.0.2.9", 20_000, 7);
    private static final SessionDescription OFFER = OfferAnswer.offer(OURS);

    @FuzzTest(maxDuration = "20m", maxExecutions = 150_000)
    void readsAnyOctetsWithoutAnException(byte[] octets) {
        long start = System.nanoTime();
        switch (SessionDescription.parse(octets, Limits.defaults())) {
            case ParsedSdp.Understood(SessionDescription description) -> holdsTogether(description);
            case ParsedSdp.Rejected(String why) -> assertTrue(!why.isEmpty());
        }
        assertTrue(System.nanoTime() - start < NANOS_MAX);
    }

    private static void holdsTogether(SessionDescription description) {
        assertEquals(description, again(description));
        if (OfferAnswer.answer(description, OURS) instanceof Negotiated.Answered(var answer, Agreement agreement)) {
            assertEquals(answer, again(answer));
            assertEquals(description.media().size(), answer.media().size());
            assertTrue(agreement.packetMs() >= 10 && agreement.packetMs() <= 60);
        }
        OfferAnswer.read(OFFER, description);
    }

    private static SessionDescription again(SessionDescription description) {
        return assertInstanceOf(ParsedSdp.Understood.class, SessionDescription.parse(description.write(), ROOMY))
                .description();
    }
}
