package io.segue.dtls;

import io.segue.rtp.srtp.KeyAgreement;
import io.segue.sdp.Fingerprint;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Keys by DTLS-SRTP, with one certificate for the life of the process. Safe from any thread. */
public final class DtlsKeyAgreement implements KeyAgreement {
    private final Limits limits;
    private final Identity identity;
    private final Semaphore free;
    private final AtomicLong underWay = new AtomicLong();
    private final LongAdder agreed = new LongAdder();
    private final LongAdder wrongCertificate = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder timedOut = new LongAdder();
    private final LongAdder busy = new LongAdder();

    /** Makes the certificate, which takes some ten milliseconds. */
    public DtlsKeyAgreement(Limits limits) {
        this.limits = limits;
        this.identity = new Identity(new SecureRandom(), Instant.now());
        this.free = new Semaphore(limits.handshakesMax());
    }

    /** Shakes hands with itself, so that the first browser does not wait for classes to be loaded. Before readiness. */
    public void warmUp() {
        new WarmUp(identity, limits).run();
    }

    @Override
    public Fingerprint fingerprint() {
        return identity.fingerprint();
    }

    @Override
    public Optional<Exchange> begin(Fingerprint certificate, Peer peer) {
        if (!free.tryAcquire()) {
            busy.increment();
            return Optional.empty();
        }
        underWay.incrementAndGet();
        PassiveSide side = new PassiveSide(identity, certificate, limits);
        Handshake handshake = new Handshake(side, peer, limits.datagramsMax(), this::over);
        handshake.start();
        return Optional.of(handshake);
    }

    private void over(@Nullable Failure failure) {
        underWay.decrementAndGet();
        free.release();
        switch (failure) {
            case null -> agreed.increment();
            case CERTIFICATE -> wrongCertificate.increment();
            case PROTOCOL -> refused.increment();
            case TIMEOUT -> timedOut.increment();
        }
    }

    /** What came of handshakes. */
    public DtlsCounters counters() {
        return new DtlsCounters(
                underWay.get(), agreed.sum(), wrongCertificate.sum(), refused.sum(), timedOut.sum(), busy.sum());
    }
}
