package io.segue.api.auth;

import io.segue.human.Human;
import io.segue.registry.Wire;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a human who has signed in shows instead of a key: {@code segue1.<claims>.<HMAC-SHA256>}, in base64url. The claims are the human, their role, and when it
 * ends; the code is made over them and the digest of the human's password, with a key derived from the signing key. So every gateway can tell that it is good, and it
 * is good no longer once the password or the role has changed or the human is gone.
 *
 * <p>A session is known by the SHA-256 of that code, whatever way its token is spelt: unused bits of base64 make several texts of one token.
 */
public final class SessionTokens {
    static final String PREFIX = "segue1.";
    private static final int CHARS_MAX = 512;
    private static final Base64.Encoder TO_TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder TO_BYTES = Base64.getUrlDecoder();

    private final byte[] key;
    private final Function<String, Optional<Human>> humans;

    /**
     * What a token stands for.
     *
     * @param id 64 hex digits, of which nobody can make the token
     * @param endsMs when it ends by itself, Unix milliseconds
     */
    public record Session(ApiKeys.Holder holder, String id, long endsMs) {}

    /** @param signingKey the same on every gateway */
    public SessionTokens(byte[] signingKey, Function<String, Optional<Human>> humans) {
        this.key = hmac(signingKey, "segue session token, first form");
        this.humans = humans;
    }

    /** A token for a human with a password. */
    public String issue(Human human, long endsMs) {
        String claims = String.join("\n", human.id(), Wire.of(human.role()), Long.toString(endsMs));
        String text = TO_TEXT.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        return PREFIX + text + "." + TO_TEXT.encodeToString(code(claims, human));
    }

    /** What it stands for; none: it is no token, forged, over, or of before a change. Whether somebody has signed out of it is not looked at. */
    public Optional<Session> sessionOf(String token, long nowMs) {
        int dot = token.lastIndexOf('.');
        if (!token.startsWith(PREFIX) || dot < PREFIX.length() || token.length() > CHARS_MAX) {
            return Optional.empty();
        }
        String claims;
        byte[] code;
        try {
            claims = new String(TO_BYTES.decode(token.substring(PREFIX.length(), dot)), StandardCharsets.UTF_8);
            code = TO_BYTES.decode(token.substring(dot + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        String[] lines = claims.split("\n", -1);
        return lines.length != 3
                ? Optional.empty()
                : humans.apply(lines[0])
                        .filter(human -> Wire.of(human.role()).equals(lines[1]))
                        .filter(human -> human.credentials() != null)
                        .filter(human -> MessageDigest.isEqual(code(claims, human), code))
                        .filter(human -> nowMs < Long.parseLong(lines[2]))
                        .flatMap(human -> Role.of(lines[1])
                                .map(role -> new Session(
                                        ApiKeys.Holder.ofSession(human.id(), role),
                                        id(code),
                                        Long.parseLong(lines[2]))));
    }

    private byte[] code(String claims, Human human) {
        Human.Credentials credentials = human.credentials();
        if (credentials == null) {
            throw new IllegalArgumentException("a human without a password cannot sign in");
        }
        return hmac(key, claims + "\n" + credentials.ha1Sha256());
    }

    private static String id(byte[] code) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(code));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }
}
