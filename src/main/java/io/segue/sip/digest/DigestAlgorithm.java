package io.segue.sip.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** The hash a digest is made with (RFC 8760 2.1). The session variants are not spoken. */
public enum DigestAlgorithm {
    SHA_256("SHA-256"),
    MD5("MD5");

    private final String token;

    DigestAlgorithm(String token) {
        this.token = token;
    }

    /** The name on the wire, which is also the JCE name. */
    public String token() {
        return token;
    }

    /** Reads the {@code algorithm} parameter; a challenge without one means MD5 (RFC 7616 3.3). Empty: one we do not speak. */
    static Optional<DigestAlgorithm> of(String token) {
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.token.equalsIgnoreCase(token)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** H(text), in lower-case hexadecimal. */
    String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance(token).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + token, e);
        }
    }

    /** KD over HA1 and H(method:uri), with quality of protection {@code auth} (RFC 7616 3.4.1). */
    String response(String ha1, String nonce, String nc, String cnonce, String method, String uri) {
        return hash(ha1 + ":" + nonce + ":" + nc + ":" + cnonce + ":auth:" + hash(method + ":" + uri));
    }

    /** The older form for challenges without {@code qop} (RFC 2617 3.2.2.1). */
    String responseWithoutQop(String ha1, String nonce, String method, String uri) {
        return hash(ha1 + ":" + nonce + ":" + hash(method + ":" + uri));
    }
}
