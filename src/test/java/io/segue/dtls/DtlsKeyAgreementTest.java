package io.segue.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.rtp.srtp.KeyAgreement.Exchange;
import io.segue.rtp.srtp.KeyAgreement.Failure;
import io.segue.rtp.srtp.KeyAgreement.Peer;
import io.segue.rtp.srtp.SrtpKeys;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Handshakes and their bounds; with a browser they are tested by the legs. */
class DtlsKeyAgreementTest {
    private final BlockingQueue<Failure> failures = new ArrayBlockingQueue<>(10);

    private final Peer nobody = new Peer() {
        @Override
        public void send(byte[] octets, int offset, int length) {}

        @Override
        public void agreed(SrtpKeys keys) {}

        @Override
        public void failed(Failure why, String evidence) {
            failures.add(why);
        }

        @Override
        public void closed() {}
    };

    private static DtlsKeyAgreement agreement(int handshakesMax, int handshakeMs, int datagramsMax) {
        return new DtlsKeyAgreement(new Limits(handshakesMax, handshakeMs, 100, datagramsMax));
    }

    @Test
    void asManyAtOnceAsMayBeAndOneMoreWhenOneIsOver() throws InterruptedException {
        DtlsKeyAgreement keys = agreement(2, 60_000, 4);
        Optional<Exchange> first = keys.begin(keys.fingerprint(), nobody);
        assertTrue(keys.begin(keys.fingerprint(), nobody).isPresent());
        assertTrue(keys.begin(keys.fingerprint(), nobody).isEmpty());
        assertEquals(1, keys.counters().busy());
        assertEquals(2, keys.counters().underWay());
        first.orElseThrow().close();
        assertEquals(Failure.TIMEOUT, failures.poll(10, TimeUnit.SECONDS));
        assertTrue(keys.begin(keys.fingerprint(), nobody).isPresent());
    }

    @Test
    void aPeerThatDoesNotGoOnIsGivenUp() throws InterruptedException {
        DtlsKeyAgreement keys = agreement(2, 300, 4);
        keys.begin(keys.fingerprint(), nobody);
        assertEquals(Failure.TIMEOUT, failures.poll(10, TimeUnit.SECONDS));
        assertEquals(1, keys.counters().timedOut());
        assertEquals(0, keys.counters().underWay());
    }

    @Test
    void soManyDatagramsWaitAndNoMore() {
        Datagrams datagrams = new Datagrams(2, nobody);
        assertTrue(datagrams.offer(new byte[1]));
        assertTrue(datagrams.offer(new byte[1]));
        assertFalse(datagrams.offer(new byte[1]));
    }

    @Test
    void shakesHandsWithItself() {
        DtlsKeyAgreement keys = agreement(2, 10_000, 32);
        keys.warmUp();
        assertEquals("sha-256", keys.fingerprint().hash());
        assertEquals(0, keys.counters().underWay());
    }
}
