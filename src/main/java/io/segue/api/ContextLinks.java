package io.segue.api;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Links to what a human is shown of one call, good without a key until they expire: they travel in {@code Call-Info} (RFC 3261, 20.9).
 * Signed with HMAC-SHA256 over call, handoff and expiry.
 */
public final class ContextLinks {
    public static final int KEY_CHARS_MIN = 32;

    private final URI base;
    private final byte[] key;
    private final InstantSource clock;

    /** What a signature is worth. */
    enum Verdict {
        GOOD,
        WRONG,
        EXPIRED
    }

    /**
     * @param base what comes before {@code /api/v1}, as the humans' browsers reach it
     * @param key the same on every gateway; its bytes are kept
     */
    public ContextLinks(URI base, byte[] key, InstantSource clock) {
        this.base = base;
        this.key = key.clone();
        this.clock = clock;
    }

    /** A link to the context of a call as of a handoff, good until {@code expires}, to the second. */
    public URI sign(String callId, String handoffId, Instant expires) {
        long seconds = expires.getEpochSecond();
        String root = base.toString().endsWith("/")
                ? base.toString().substring(0, base.toString().length() - 1)
                : base.toString();
        return URI.create(root + "/api/v1/calls/" + callId + "/context?handoff=" + handoffId + "&expires=" + seconds
                + "&signature=" + HexFormat.of().formatHex(signature(callId, handoffId, Long.toString(seconds))));
    }

    Verdict check(String callId, @Nullable String handoffId, @Nullable String expires, String signature) {
        if (handoffId == null || expires == null) {
            return Verdict.WRONG;
        }
        byte[] right = signature(callId, handoffId, expires);
        byte[] told;
        try {
            told = HexFormat.of().parseHex(signature);
        } catch (IllegalArgumentException e) {
            return Verdict.WRONG;
        }
        if (!MessageDigest.isEqual(right, told)) {
            return Verdict.WRONG;
        }
        // Signed by us, so it is a number.
        return clock.instant().getEpochSecond() > Long.parseLong(expires) ? Verdict.EXPIRED : Verdict.GOOD;
    }

    private byte[] signature(String callId, String handoffId, String expires) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(
                    ("context\n" + callId + "\n" + handoffId + "\n" + expires).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
