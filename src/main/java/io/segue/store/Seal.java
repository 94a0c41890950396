package io.segue.store;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What gateways send each other through Redis, so that it can be believed: {@code <code>.<JSON>}, where the code is the HMAC-SHA-256 (RFC 2104) of the JSON in base64url,
 * under a key derived from the signing key. The JSON says what it is, from whom, to whom and when. Whoever has Redis and not the key can neither make one nor change one;
 * one that is kept back is soon worth nothing, and one is good once.
 */
final class Seal {
    /** How old a message may be, or how far ahead the sender's clock. */
    static final long AGE_MS_MAX = 30_000;

    /** Messages remembered so that none is believed twice; one more within {@link #AGE_MS_MAX} is not believed. */
    static final int REMEMBERED_MAX = 20_000;

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PURPOSE = "segue orders between gateways, first form";
    private static final Base64.Encoder TO_TEXT = Base64.getUrlEncoder().withoutPadding();

    private final byte[] key;
    private final String node;
    private final LongSupplier clockMs;
    private final int rememberedMax;
    private final Map<String, Long> seen = new LinkedHashMap<>();

    /** What became of opening a message. */
    sealed interface Opened {
        /** It is from a gateway with our key, for us, and new. */
        record Good(String from, String ref, Map<String, Object> body) implements Opened {}

        /** It is not to be believed; {@code why} is fit for a log. */
        record Bad(String why) implements Opened {}
    }

    /**
     * @param signingKey the same on every gateway
     * @param node this gateway
     * @param clockMs Unix milliseconds
     */
    Seal(byte[] signingKey, String node, LongSupplier clockMs) {
        this(signingKey, node, clockMs, REMEMBERED_MAX);
    }

    Seal(byte[] signingKey, String node, LongSupplier clockMs, int rememberedMax) {
        this.key = mac(signingKey, PURPOSE);
        this.node = node;
        this.clockMs = clockMs;
        this.rememberedMax = rememberedMax;
    }

    /**
     * @param what tells kinds of messages apart: one is never taken for another
     * @param ref this gateway's own name of the exchange; used once for each kind
     */
    String seal(String what, String to, String ref, Map<String, Object> body) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("what", what);
        envelope.put("from", node);
        envelope.put("to", to);
        envelope.put("ref", ref);
        envelope.put("at", clockMs.getAsLong());
        envelope.put("body", body);
        String json = Json.write(envelope);
        return TO_TEXT.encodeToString(mac(key, json)) + "." + json;
    }

    Opened open(String what, String message) {
        int dot = message.indexOf('.');
        if (dot < 0 || !isOurs(message.substring(0, dot), message.substring(dot + 1))) {
            return new Opened.Bad("it is not signed with our segue.signing-key");
        }
        Map<String, Object> envelope = Json.read(message.substring(dot + 1));
        if (envelope == null
                || !(envelope.get("from") instanceof String from)
                || !(envelope.get("ref") instanceof String ref)
                || !(envelope.get("at") instanceof Number at)
                || !what.equals(envelope.get("what"))
                || !node.equals(envelope.get("to"))) {
            return new Opened.Bad("it is for another gateway, or of another kind");
        }
        long now = clockMs.getAsLong();
        if (Math.abs(now - at.longValue()) > AGE_MS_MAX) {
            return new Opened.Bad("it is of another time, " + (now - at.longValue()) + " ms ago by our clock");
        }
        return isNew(what + "\n" + from + "\n" + ref, at.longValue(), now)
                ? new Opened.Good(from, ref, Json.tree(envelope.get("body")))
                : new Opened.Bad("it has come before, or too many have come");
    }

    private boolean isOurs(String code, String json) {
        return MessageDigest.isEqual(
                code.getBytes(StandardCharsets.US_ASCII),
                TO_TEXT.encodeToString(mac(key, json)).getBytes(StandardCharsets.US_ASCII));
    }

    /** What is remembered is forgotten once its age alone would have it refused. */
    private boolean isNew(String name, long at, long now) {
        seen.values().removeIf(before -> now - before > AGE_MS_MAX);
        return seen.size() < rememberedMax && seen.putIfAbsent(name, at) == null;
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
