package io.segue.media;

import io.segue.flow.media.LegEvent.Gone;
import io.segue.rtp.srtp.KeyAgreement;
import io.segue.rtp.srtp.SrtpKeys;
import io.segue.sdp.Fingerprint;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** How a browser's leg comes to its keys: the handshake begins with the browser's ClientHello, and not before the SDP has said whose certificate it has to be. On the port's loop alone. */
final class SecureHandshake {
    private static final Logger LOG = Logger.getLogger(SecureHandshake.class);
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    /** Where the kind of message stands behind the header of its record (RFC 6347 4.1, 4.2.2). */
    private static final int MESSAGE_AT = 13;

    private final SecureTransport transport;
    private final Leg leg;
    private final BrowserPort port;
    private final BrowserLimits limits;
    private final Queue<byte[]> early = new ArrayDeque<>();
    private @Nullable Fingerprint certificate;
    private KeyAgreement.@Nullable Exchange exchange;
    /** Which one it is: what an earlier one says late is not heard. */
    private int ordinal;

    private int unfinished;
    private boolean over;

    SecureHandshake(SecureTransport transport, Leg leg, BrowserPort port, BrowserLimits limits) {
        this.transport = transport;
        this.leg = leg;
        this.port = port;
        this.limits = limits;
    }

    /**
     * The SDP has said whose certificate is to be seen; whether it begins anew, since that is another than before or the connection is at its end, so that the keys there are hold no longer
     * (RFC 8842 4).
     */
    boolean expect(Fingerprint named) {
        boolean another = certificate != null && (over || !certificate.equals(named));
        certificate = named;
        if (another) {
            end();
            unfinished = 0;
            over = false;
        }
        for (byte[] datagram = early.poll(); datagram != null; datagram = early.poll()) {
            received(datagram);
        }
        return another;
    }

    void received(byte[] datagram) {
        Fingerprint named = certificate;
        KeyAgreement.Exchange going = exchange;
        if (over) {
            port.drop(BrowserDrop.DTLS_OVER);
        } else if (named == null) {
            if (early.size() < limits.earlyDatagramsMax()) {
                early.add(datagram);
            } else {
                port.drop(BrowserDrop.DTLS_EARLY);
            }
        } else if (going != null) {
            hand(going, datagram);
        } else if (isClientHello(datagram)) {
            begin(named, datagram);
        } else {
            port.drop(BrowserDrop.DTLS_NO_HELLO);
        }
    }

    private void begin(Fingerprint named, byte[] hello) {
        int mine = ++ordinal;
        Optional<KeyAgreement.Exchange> begun = port.keys().begin(named, new Peer(mine));
        if (begun.isPresent()) {
            exchange = begun.get();
            hand(begun.get(), hello);
        } else {
            port.drop(BrowserDrop.DTLS_BUSY);
        }
    }

    private void hand(KeyAgreement.Exchange to, byte[] datagram) {
        if (!to.received(datagram)) {
            port.drop(BrowserDrop.DTLS_WAITING);
        }
    }

    private static boolean isClientHello(byte[] datagram) {
        return datagram.length > MESSAGE_AT && datagram[0] == HANDSHAKE && datagram[MESSAGE_AT] == CLIENT_HELLO;
    }

    private void failed(KeyAgreement.Failure why, String evidence, long now) {
        LOG.debugf("no keys with a browser: %s, %s", why, evidence);
        exchange = null;
        unfinished++;
        // One that shows another certificate than its SDP names is not the one we talk to; all else may have been lost
        // on the way.
        if (why == KeyAgreement.Failure.CERTIFICATE || unfinished >= limits.handshakesPerLegMax()) {
            over = true;
            transport.gone(Gone.Why.NO_KEYS, now);
        }
    }

    private void end() {
        KeyAgreement.Exchange going = exchange;
        exchange = null;
        ordinal++;
        if (going != null) {
            going.close();
        }
    }

    void close() {
        over = true;
        early.clear();
        end();
    }

    /** What a handshake says on its own thread, brought to the loop. */
    private final class Peer implements KeyAgreement.Peer {
        private final int mine;

        Peer(int mine) {
            this.mine = mine;
        }

        @Override
        public void send(byte[] octets, int offset, int length) {
            InetSocketAddress to = transport.selected();
            if (to != null) {
                port.send(ByteBuffer.wrap(octets, offset, length), to);
            }
        }

        @Override
        public void agreed(SrtpKeys keys) {
            leg.onLoop(now -> {
                if (mine == ordinal) {
                    transport.agreed(keys, now);
                }
            });
        }

        @Override
        public void failed(KeyAgreement.Failure why, String evidence) {
            leg.onLoop(now -> {
                if (mine == ordinal) {
                    SecureHandshake.this.failed(why, evidence, now);
                }
            });
        }

        @Override
        public void closed() {
            leg.onLoop(now -> {
                if (mine == ordinal) {
                    over = true;
                    transport.forgetKeys();
                    transport.gone(Gone.Why.CLOSED, now);
                }
            });
        }
    }
}
