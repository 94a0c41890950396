package io.segue.registry;

import io.segue.human.Human;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** H(A1) of SIP's digest authentication: {@code H(username ":" realm ":" password)} (RFC 7616, 3.4.2; algorithms of RFC 8760). */
final class Digests {
    private Digests() {}

    static Human.Credentials credentials(String user, String realm, String password) {
        byte[] a1 = (user + ":" + realm + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new Human.Credentials(hex("MD5", a1), hex("SHA-256", a1));
    }

    private static String hex(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
