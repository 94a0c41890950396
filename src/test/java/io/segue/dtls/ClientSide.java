package io.segue.dtls;

import io.segue.rtp.srtp.KeyAgreement.Failure;
import io.segue.rtp.srtp.KeyAgreement.Peer;
import io.segue.rtp.srtp.SrtpKeys;
import io.segue.rtp.srtp.SrtpProfile;
import io.segue.sdp.Fingerprint;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.function.Consumer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;

/** A browser's DTLS: the client, with a certificate of its own. */
public final class ClientSide {
    private static final Identity IDENTITY = new Identity(new SecureRandom(), Instant.now());

    private final int[] profiles;
    private final Datagrams datagrams;
    private DTLSTransport connection;

    /** @param profiles the numbers of what it offers in {@code use_srtp} */
    public ClientSide(Consumer<byte[]> out, int... profiles) {
        this.profiles = profiles;
        this.datagrams = new Datagrams(64, new Peer() {
            @Override
            public void send(byte[] octets, int offset, int length) {
                out.accept(Arrays.copyOfRange(octets, offset, offset + length));
            }

            @Override
            public void agreed(SrtpKeys keys) {}

            @Override
            public void failed(Failure why, String evidence) {}

            @Override
            public void closed() {}
        });
    }

    public static Fingerprint fingerprint() {
        return IDENTITY.fingerprint();
    }

    public void received(byte[] datagram) {
        datagrams.offer(datagram);
    }

    /** Shakes hands. */
    public SrtpKeys connect(Fingerprint gateway) throws IOException {
        Client client = new Client(gateway);
        connection = new DTLSClientProtocol().connect(client, datagrams);
        return client.keys;
    }

    /** Says close_notify. */
    public void close() throws IOException {
        if (connection != null) {
            connection.close();
        }
    }

    private final class Client extends DefaultTlsClient {
        private final Fingerprint gateway;
        private SrtpProfile profile;
        private SrtpKeys keys;

        Client(Fingerprint gateway) {
            super(IDENTITY.crypto());
            this.gateway = gateway;
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.DTLSv12.only();
        }

        @Override
        public int getHandshakeTimeoutMillis() {
            return 10_000;
        }

        @Override
        @SuppressWarnings({"rawtypes", "unchecked"})
        public Hashtable getClientExtensions() throws IOException {
            Hashtable extensions = super.getClientExtensions();
            TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(profiles, TlsUtils.EMPTY_BYTES));
            return extensions;
        }

        @Override
        @SuppressWarnings("rawtypes")
        public void processServerExtensions(Hashtable extensions) throws IOException {
            super.processServerExtensions(extensions);
            int chosen = TlsSRTPUtils.getUseSRTPExtension(extensions).getProtectionProfiles()[0];
            profile = Arrays.stream(SrtpProfile.values())
                    .filter(one -> one.id() == chosen)
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
                    if (!Fingerprints.isOf(gateway, shown.getCertificate())) {
                        throw new TlsFatalAlert(AlertDescription.bad_certificate);
                    }
                }

                @Override
                public TlsCredentials getClientCredentials(CertificateRequest request) {
                    return IDENTITY.signer(context);
                }
            };
        }

        @Override
        public void notifyHandshakeComplete() throws IOException {
            super.notifyHandshakeComplete();
            keys = new SrtpKeys(
                    profile,
                    context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, profile.materialBytes()),
                    true);
        }
    }
}
