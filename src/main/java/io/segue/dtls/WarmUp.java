package io.segue.dtls;

import io.segue.rtp.srtp.KeyAgreement.Failure;
import io.segue.rtp.srtp.KeyAgreement.Peer;
import io.segue.rtp.srtp.SrtpKeys;
import io.segue.rtp.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.jboss.logging.Logger;

/** One handshake within the process: a client with our own certificate, whose datagrams go from queue to queue. */
final class WarmUp {
    private static final Logger LOG = Logger.getLogger(WarmUp.class);

    private final Identity identity;
    private final Limits limits;

    WarmUp(Identity identity, Limits limits) {
        this.identity = identity;
        this.limits = limits;
    }

    void run() {
        AtomicReference<Datagrams> client = new AtomicReference<>();
        PassiveSide side = new PassiveSide(identity, identity.fingerprint(), limits);
        Handshake handshake = new Handshake(side, new To(client), limits.datagramsMax(), failure -> {});
        Datagrams datagrams = new Datagrams(limits.datagramsMax(), new Peer() {
            @Override
            public void send(byte[] octets, int offset, int length) {
                handshake.received(Arrays.copyOfRange(octets, offset, offset + length));
            }

            @Override
            public void agreed(SrtpKeys keys) {}

            @Override
            public void failed(Failure why, String evidence) {}

            @Override
            public void closed() {}
        });
        client.set(datagrams);
        handshake.start();
        try {
            new DTLSClientProtocol().connect(new Client(), datagrams).close();
        } catch (IOException | RuntimeException e) {
            LOG.warnf("handshakes start cold: %s", e.toString());
        } finally {
            handshake.close();
        }
    }

    /** What the server sends reaches the client. */
    private record To(AtomicReference<Datagrams> client) implements Peer {
        @Override
        public void send(byte[] octets, int offset, int length) {
            Datagrams to = client.get();
            if (to != null) {
                to.offer(Arrays.copyOfRange(octets, offset, offset + length));
            }
        }

        @Override
        public void agreed(SrtpKeys keys) {}

        @Override
        public void failed(Failure why, String evidence) {
            LOG.warnf("handshakes start cold: %s", evidence);
        }

        @Override
        public void closed() {}
    }

    private final class Client extends DefaultTlsClient {
        Client() {
            super(identity.crypto());
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.DTLSv12.only();
        }

        @Override
        @SuppressWarnings({"rawtypes", "unchecked"}) // As the library has it.
        public Hashtable getClientExtensions() throws IOException {
            Hashtable extensions = super.getClientExtensions();
            int[] profiles = Arrays.stream(SrtpProfile.values())
                    .mapToInt(SrtpProfile::id)
                    .toArray();
            TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(profiles, TlsUtils.EMPTY_BYTES));
            return extensions;
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate shown) {}

                @Override
                public TlsCredentials getClientCredentials(CertificateRequest request) {
                    return identity.signer(context);
                }
            };
        }
    }
}
