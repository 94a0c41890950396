package io.segue.demo.phone;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A phone's answer to a digest challenge (RFC 7616, RFC 8760), qop=auth, MD5 or SHA-256. */
final class Digest {
    private Digest() {}

    /** The value of an Authorization header; takes the first challenge whose algorithm it knows. */
    static String answer(
            List<String> challenges, String method, String uri, String user, String password, String cnonce) {
        for (String challenge : challenges) {
            String algorithm = SipText.parameter(challenge, "algorithm");
            if (algorithm.isEmpty() || algorithm.equals("MD5") || algorithm.equals("SHA-256")) {
                return answer(challenge, algorithm.isEmpty() ? "MD5" : algorithm, method, uri, user, password, cnonce);
            }
        }
        return "";
    }

    private static String answer(
            String challenge,
            String algorithm,
            String method,
            String uri,
            String user,
            String password,
            String cnonce) {
        String realm = SipText.parameter(challenge, "realm");
        String nonce = SipText.parameter(challenge, "nonce");
        String opaque = SipText.parameter(challenge, "opaque");
        String ha1 = hash(algorithm, user + ":" + realm + ":" + password);
        String ha2 = hash(algorithm, method + ":" + uri);
        String response = hash(algorithm, String.join(":", ha1, nonce, "00000001", cnonce, "auth", ha2));
        return "Digest username=\"" + user + "\", realm=\"" + realm + "\", nonce=\"" + nonce + "\", uri=\"" + uri
                + "\", algorithm=" + algorithm + ", qop=auth, nc=00000001, cnonce=\"" + cnonce + "\", response=\""
                + response + "\"" + (opaque.isEmpty() ? "" : ", opaque=\"" + opaque + "\"");
    }

    private static String hash(String algorithm, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm.equals("MD5") ? "MD5" : "SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
