package io.segue.dtls;

import io.segue.sdp.Fingerprint;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import org.bouncycastle.tls.Certificate;

/** Hashes of certificates (RFC 8122 5). */
final class Fingerprints {
    private Fingerprints() {}

    static Fingerprint of(String hash, byte[] der) {
        try {
            return Fingerprint.of(
                    hash,
                    MessageDigest.getInstance(hash.toUpperCase(Locale.ROOT)).digest(der));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a peer has shown the certificate that its SDP names. */
    static boolean isOf(Fingerprint named, Certificate shown) throws IOException {
        return !shown.isEmpty()
                && of(named.hash(), shown.getCertificateAt(0).getEncoded()).equals(named);
    }
}
