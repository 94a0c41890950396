package io.segue.sip.digest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Nonces that carry the time they were made at and prove that we made them: any node with the key can check them (RFC 7616 5.4). */
final class Nonces {
    private static final int STAMP_BYTES = 2 * Long.BYTES;
    private static final int PROOF_BYTES = 16;

    private final byte[] key;

    Nonces(byte[] key) {
        this.key = key.clone();
    }

    String make(long salt, long nowMs) {
        byte[] stamp =
                ByteBuffer.allocate(STAMP_BYTES).putLong(nowMs).putLong(salt).array();
        ByteBuffer nonce = ByteBuffer.allocate(STAMP_BYTES + PROOF_BYTES);
        nonce.put(stamp).put(proof("nonce", stamp), 0, PROOF_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce.array());
    }

    /** When we made it; empty: it is not ours. */
    OptionalLong madeMs(String nonce) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException e) {
            return OptionalLong.empty();
        }
        if (bytes.length != STAMP_BYTES + PROOF_BYTES) {
            return OptionalLong.empty();
        }
        byte[] stamp = Arrays.copyOf(bytes, STAMP_BYTES);
        byte[] expected = Arrays.copyOf(proof("nonce", stamp), PROOF_BYTES);
        byte[] given = Arrays.copyOfRange(bytes, STAMP_BYTES, bytes.length);
        return MessageDigest.isEqual(expected, given)
                ? OptionalLong.of(ByteBuffer.wrap(stamp).getLong())
                : OptionalLong.empty();
    }

    /** A value nobody can know, to compare against when there is no such user: the work is the same as for a real one. */
    Ha1 nobody(String username) {
        byte[] proof = proof("nobody", username.getBytes(StandardCharsets.UTF_8));
        String hex = HexFormat.of().formatHex(proof);
        return new Ha1(hex.substring(0, 32), hex);
    }

    private byte[] proof(String purpose, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) 0);
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
