package io.segue.flow.record;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names that stand for what must not be told: HMAC-SHA-256 (RFC 2104) under a key of the gateways' own, so that whoever has the key can check what stood there, and
 * nobody else can find it out by trying.
 */
public final class Pseudonyms {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String PURPOSE = "segue pseudonyms";

    private final byte[] key;

    public Pseudonyms(byte[] secret) {
        key = mac(secret, PURPOSE);
    }

    /** {@code hmac-sha256:<hex>} of text, or of a tree with the names of each map in order. */
    public String of(Object value) {
        return "hmac-sha256:" + HexFormat.of().formatHex(mac(key, String.valueOf(ordered(value))));
    }

    private static Object ordered(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Object> ordered = new TreeMap<>();
                map.forEach((name, item) -> ordered.put(String.valueOf(name), item == null ? "null" : ordered(item)));
                yield ordered;
            }
            case List<?> list ->
                list.stream().map(item -> item == null ? "null" : ordered(item)).toList();
            default -> value;
        };
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
