package io.segue.sip.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The side that challenges (RFC 3261 22.4, RFC 7616 3.3 to 3.5, RFC 8760): SHA-256 and MD5 with {@code qop=auth}, most preferred first.
 * An unknown user, a wrong password and a missing answer get the same challenge after the same work. The URI that was signed is not compared
 * with the Request-URI, which a proxy may have rewritten (RFC 3261 22.4 point 5); a count is good once, so nothing can be replayed.
 *
 * <p>Remembers the counts of nonces in use, so it belongs to one thread.
 */
public final class DigestVerifier {
    private final String realm;
    private final Nonces nonces;
    private final NonceUses uses;
    private final Limits limits;

    /** @param key signs our nonces; the same on every node, 16 bytes or more */
    public DigestVerifier(String realm, byte[] key, Limits limits) {
        if (key.length < 16) {
            throw new IllegalArgumentException("the key for nonces has " + key.length + " bytes, it needs 16");
        }
        this.realm = realm;
        this.nonces = new Nonces(key);
        this.uses = new NonceUses(limits.noncesMax());
        this.limits = limits;
    }

    /** What came of a request. */
    public sealed interface Verdict {}

    /** The user proved who they are. */
    public record Verified(String username) implements Verdict {}

    /**
     * To be answered 401.
     *
     * @param challenges the values of {@code WWW-Authenticate}, one header each, in this order: the last is MD5, which every phone knows
     */
    public record Challenged(List<String> challenges, Why why) implements Verdict {}

    /** Why there is a challenge: for a counter, never for the answer. */
    public enum Why {
        /** There was no answer to a challenge of our realm. */
        UNPROVEN,
        /** The answer could not be read, or used an algorithm or quality of protection that was not offered. */
        MALFORMED,
        /** The user is unknown or the password wrong. */
        WRONG,
        /** The password was right, the nonce expired, unknown, or its count used before. */
        STALE
    }

    /**
     * Judges a request.
     *
     * @param authorizations the values of {@code Authorization}
     * @param stored what is kept of a user, by username
     * @param salt random bits for the nonce of a new challenge
     * @param nowMs milliseconds since 1970: nonces are good on every node
     */
    public Verdict verify(
            String method, List<String> authorizations, Function<String, Optional<Ha1>> stored, long salt, long nowMs) {
        Why worst = Why.UNPROVEN;
        for (String header : authorizations.subList(0, Math.min(authorizations.size(), limits.authorizationsMax()))) {
            Map<String, String> answer = DigestParameters.parse(header).orElse(Map.of());
            if (!realm.equals(answer.get("realm"))) {
                continue;
            }
            @Nullable Why why = judge(answer, method, stored, nowMs);
            if (why == null) {
                return new Verified(answer.getOrDefault("username", ""));
            }
            worst = why;
        }
        return new Challenged(challenges(salt, nowMs, worst == Why.STALE), worst);
    }

    private List<String> challenges(long salt, long nowMs, boolean stale) {
        String nonce = nonces.make(salt, nowMs);
        return List.of(
                new Challenge(realm, nonce, null, DigestAlgorithm.SHA_256, true, stale).toString(),
                new Challenge(realm, nonce, null, DigestAlgorithm.MD5, true, stale).toString());
    }

    /** Null: proven. */
    private @Nullable Why judge(
            Map<String, String> answer, String method, Function<String, Optional<Ha1>> stored, long nowMs) {
        String username = answer.get("username");
        String nonce = answer.get("nonce");
        String uri = answer.get("uri");
        String response = answer.get("response");
        String cnonce = answer.get("cnonce");
        String nc = answer.get("nc");
        Optional<DigestAlgorithm> algorithm = DigestAlgorithm.of(answer.getOrDefault("algorithm", "MD5"));
        if (username == null
                || nonce == null
                || uri == null
                || response == null
                || cnonce == null
                || nc == null
                || algorithm.isEmpty()
                || !"auth".equalsIgnoreCase(answer.get("qop"))) {
            return Why.MALFORMED;
        }
        OptionalLong count = count(nc);
        if (count.isEmpty()) {
            return Why.MALFORMED;
        }
        Ha1 nobody = nonces.nobody(username);
        String ha1 = stored.apply(username).orElse(nobody).by(algorithm.get());
        String expected = algorithm.get().response(ha1, nonce, nc, cnonce, method, uri);
        OptionalLong madeMs = nonces.madeMs(nonce);
        boolean right = MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII),
                response.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        if (!right) {
            return Why.WRONG;
        }
        return madeMs.isPresent() && fresh(nonce, madeMs.getAsLong(), count.getAsLong(), nowMs) ? null : Why.STALE;
    }

    private boolean fresh(String nonce, long madeMs, long count, long nowMs) {
        long oldestMs = nowMs - limits.nonceLifetimeMs();
        return madeMs >= oldestMs && uses.take(nonce, madeMs, count, oldestMs);
    }

    /** {@code nc} is exactly eight hexadecimal digits (RFC 7616 3.4), from 1. */
    private static OptionalLong count(String nc) {
        if (nc.length() != 8) {
            return OptionalLong.empty();
        }
        try {
            long count = Long.parseLong(nc, 16);
            return count > 0 ? OptionalLong.of(count) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
