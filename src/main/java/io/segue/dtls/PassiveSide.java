package io.segue.dtls;

import io.segue.rtp.srtp.KeyAgreement.Failure;
import io.segue.rtp.srtp.SrtpKeys;
import io.segue.rtp.srtp.SrtpProfile;
import io.segue.sdp.Fingerprint;
import java.io.IOException;
import java.util.Hashtable;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;

/** What we take and want in one handshake: DTLS 1.2, ECDHE with ECDSA, {@code use_srtp} (RFC 5764 4.1), and the certificate that the SDP names (RFC 5763 5). */
final class PassiveSide extends DefaultTlsServer {
    private final Identity identity;
    private final Fingerprint named;
    private final Limits limits;
    private @Nullable SrtpProfile profile;
    private @Nullable SrtpKeys keys;
    private Failure failure = Failure.PROTOCOL;

    PassiveSide(Identity identity, Fingerprint named, Limits limits) {
        super(identity.crypto());
        this.identity = identity;
        this.named = named;
        this.limits = limits;
    }

    /** After the handshake. */
    @Nullable
    SrtpKeys keys() {
        return keys;
    }

    /** Whose fault it is where there are no keys. */
    Failure failure() {
        return failure;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return new int[] {
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
        };
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return limits.handshakeMs();
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return limits.resendMs();
    }

    /** Keys must not be exported from a session that another one could have been made to share (RFC 7627 5.4, RFC 8827 6.5). */
    @Override
    public boolean requiresExtendedMasterSecret() {
        return true;
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() {
        return identity.signer(context);
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        Vector<SignatureAndHashAlgorithm> algorithms = new Vector<>();
        for (short hash : new short[] {HashAlgorithm.sha256, HashAlgorithm.sha384}) {
            algorithms.add(new SignatureAndHashAlgorithm(hash, SignatureAlgorithm.ecdsa));
        }
        algorithms.add(SignatureAndHashAlgorithm.rsa_pss_rsae_sha256);
        algorithms.add(new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.rsa));
        short[] types = {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign};
        return new CertificateRequest(types, algorithms, null);
    }

    @Override
    public void notifyClientCertificate(Certificate shown) throws IOException {
        if (!Fingerprints.isOf(named, shown)) {
            failure = Failure.CERTIFICATE;
            throw new TlsFatalAlert(AlertDescription.bad_certificate);
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // As the library has it.
    public void processClientExtensions(Hashtable extensions) throws IOException {
        super.processClientExtensions(extensions);
        UseSRTPData offered = TlsSRTPUtils.getUseSRTPExtension(extensions);
        profile = offered == null ? null : choose(offered.getProtectionProfiles());
        if (profile == null) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure);
        }
    }

    private static @Nullable SrtpProfile choose(int[] offered) {
        for (SrtpProfile ours : SrtpProfile.values()) {
            for (int theirs : offered) {
                if (theirs == ours.id()) {
                    return ours;
                }
            }
        }
        return null;
    }

    @Override
    @SuppressWarnings({"rawtypes", "JdkObsolete"}) // As the library has it.
    public Hashtable getServerExtensions() throws IOException {
        Hashtable extensions = super.getServerExtensions();
        Hashtable said = extensions == null ? new Hashtable() : extensions;
        SrtpProfile chosen = profile;
        if (chosen != null) {
            TlsSRTPUtils.addUseSRTPExtension(said, new UseSRTPData(new int[] {chosen.id()}, TlsUtils.EMPTY_BYTES));
        }
        return said;
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        SrtpProfile chosen = profile;
        if (chosen != null) {
            byte[] material = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, chosen.materialBytes());
            keys = new SrtpKeys(chosen, material, false);
        }
    }
}
