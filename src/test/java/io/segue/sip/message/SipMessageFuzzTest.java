package io.segue.sip.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Any octets: never an exception, what is accepted is written and read again as the same, what is answerable can be answered. In an
 * ordinary run the seeds alone; with {@code JAZZER_FUZZ=1} as many executions as said below.
 */
class SipMessageFuzzTest {

    private static final long NANOS_MAX = 5_000_000_000L;

    /** A message may grow while it is written: compact names, Latin-1, blanks. */
    private static final Limits ROOMY = new Limits(1_000_000, 400, 100_000, 100_000, 140, 100);

    @FuzzTest(maxDuration = "20m", maxExecutions = 150_000)
    void readsAnyOctetsWithoutAnException(byte[] octets) {
        long start = System.nanoTime();
        switch (SipParser.parse(octets, Limits.defaults())) {
            case Parsed.Message(SipMessage message) -> holdsTogether(message);
            case Parsed.Answerable answerable -> canBeAnswered(answerable);
            case Parsed.Discarded(String why) -> assertTrue(!why.isEmpty());
            case Parsed.KeepAlive() -> {}
        }
        assertTrue(System.nanoTime() - start < NANOS_MAX);
    }

    private static void holdsTogether(SipMessage message) {
        assertEquals(message, again(message));
        message.callId();
        message.from();
        message.to();
        message.cseq();
        message.topVia();
        message.contacts();
        message.routes();
        message.recordRoutes();
        message.maxForwards();
        message.contentType();
        message.vias()
                .forEach(via -> assertEquals(via, Via.parse(via.toString()).orElseThrow()));
        message.contacts()
                .forEach(contact -> assertEquals(
                        contact.uri(),
                        NameAddress.parse(contact.toString()).orElseThrow().uri()));
        Multipart.find(message, "application/sdp");
        if (message instanceof SipRequest request) {
            again(RequestCheck.check(request, Supported.defaults()).orElse(Responses.to(request, 200, "OK", "tag")));
        }
    }

    private static void canBeAnswered(Parsed.Answerable answerable) {
        answerable.asFarAsUnderstood().topVia();
        SipResponse response =
                Responses.to(answerable.asFarAsUnderstood(), answerable.status(), answerable.reason(), "tag");
        assertEquals(answerable.asFarAsUnderstood().topVia(), response.topVia());
        assertTrue(SipWriter.write(response).length > 0);
    }

    private static SipMessage again(SipMessage message) {
        return assertInstanceOf(Parsed.Message.class, SipParser.parse(SipWriter.write(message), ROOMY))
                .message();
    }
}
