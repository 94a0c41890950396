package io.segue.dtls;

import io.segue.rtp.srtp.KeyAgreement.Exchange;
import io.segue.rtp.srtp.KeyAgreement.Failure;
import io.segue.rtp.srtp.KeyAgreement.Peer;
import io.segue.rtp.srtp.SrtpKeys;
import java.io.IOException;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsTimeoutException;
import org.jspecify.annotations.Nullable;

/** One peer's handshake on a virtual thread of its own, which then waits for what the peer repeats and for its close_notify. */
final class Handshake implements Exchange {
    private static final int WAIT_MS = 60_000;

    /** Told once how the handshake went, null where it went well; then it counts no more as one under way. */
    interface Outcome {
        void over(@Nullable Failure failure);
    }

    private final PassiveSide side;
    private final Peer peer;
    private final Outcome outcome;
    private final Datagrams datagrams;
    /** Ended by us. The library closes the datagrams too, whenever something is wrong. */
    private volatile boolean ended;

    Handshake(PassiveSide side, Peer peer, int datagramsMax, Outcome outcome) {
        this.side = side;
        this.peer = peer;
        this.outcome = outcome;
        this.datagrams = new Datagrams(datagramsMax, peer);
    }

    void start() {
        Thread.ofVirtual().name("segue-dtls").start(this::run);
    }

    private void run() {
        DTLSTransport connection = accept();
        if (connection == null) {
            return;
        }
        byte[] into = new byte[datagrams.getReceiveLimit()];
        try {
            while (!datagrams.isClosed()) {
                connection.receive(into, 0, into.length, WAIT_MS);
            }
        } catch (IOException | RuntimeException e) {
            // An alert, or the end.
        } finally {
            close(connection);
            peer.closed();
        }
    }

    private @Nullable DTLSTransport accept() {
        String evidence;
        Failure why;
        try {
            DTLSTransport connection = new DTLSServerProtocol().accept(side, datagrams);
            SrtpKeys keys = side.keys();
            if (keys != null) {
                outcome.over(null);
                peer.agreed(keys);
                return connection;
            }
            close(connection);
            why = side.failure();
            evidence = "no keys";
        } catch (TlsTimeoutException e) {
            why = Failure.TIMEOUT;
            evidence = String.valueOf(e.getMessage());
        } catch (IOException | RuntimeException e) {
            // The library throws unchecked ones for some of what a peer may send.
            why = ended ? Failure.TIMEOUT : side.failure();
            evidence = e.toString();
        }
        datagrams.close();
        outcome.over(why);
        peer.failed(why, evidence);
        return null;
    }

    private static void close(DTLSTransport connection) {
        try {
            connection.close();
        } catch (IOException | RuntimeException e) {
            // Nobody is there to be told.
        }
    }

    @Override
    public boolean received(byte[] datagram) {
        return datagrams.offer(datagram);
    }

    /** The thread finds it closed, and says close_notify. */
    @Override
    public void close() {
        ended = true;
        datagrams.close();
    }
}
