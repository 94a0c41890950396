package io.segue.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One link of a node's chain. Its hash is the SHA-256 (FIPS 180-4) of these bytes, numbers in network order, text as UTF-8 with its length in bytes
 * (32 bits) before it:
 *
 * <pre>
 *   8 bytes    the ASCII characters "segueau1"
 *   text       node
 *   64 bits    seq, from 1
 *   32 bytes   previous: the hash of link seq-1, zeros for the first
 *   64 bits    at, Unix microseconds
 *   text       kind
 *   text       call; none: the length ffffffff and no bytes
 *   text       actor
 *   text       role
 *   text       body: the JSON text as it is stored, not formatted anew
 * </pre>
 *
 * The arrays are not copied: whoever makes a link leaves them as they are.
 */
@SuppressWarnings("ArrayRecordComponent") // a million of them are verified in seconds
public record Link(
        String node,
        long seq,
        byte[] previous,
        byte[] hash,
        long at,
        String kind,
        @Nullable String call,
        String actor,
        String role,
        String body) {
    static final int HASH_BYTES = 32;
    private static final byte[] MAGIC = "segueau1".getBytes(StandardCharsets.US_ASCII);
    private static final int NONE = -1;

    /** The link after one with this hash. */
    public static Link after(
            String node,
            long seq,
            byte[] previous,
            long at,
            String kind,
            @Nullable String call,
            String actor,
            String role,
            String body) {
        Link open = new Link(node, seq, previous, new byte[0], at, kind, call, actor, role, body);
        return new Link(node, seq, previous, open.rightHash(sha256()), at, kind, call, actor, role, body);
    }

    /** What comes before the first link. */
    public static byte[] nothing() {
        return new byte[HASH_BYTES];
    }

    boolean isWhole(MessageDigest digest) {
        return previous.length == HASH_BYTES && Arrays.equals(hash, rightHash(digest));
    }

    private byte[] rightHash(MessageDigest digest) {
        byte[][] texts = {utf8(node), utf8(kind), utf8(call), utf8(actor), utf8(role), utf8(body)};
        int length = MAGIC.length + 8 + previous.length + 8;
        for (byte[] text : texts) {
            length += 4 + text.length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        bytes.put(MAGIC);
        put(bytes, texts[0]);
        bytes.putLong(seq).put(previous).putLong(at);
        put(bytes, texts[1]);
        if (call == null) {
            bytes.putInt(NONE);
        } else {
            put(bytes, texts[2]);
        }
        for (int i = 3; i < texts.length; i++) {
            put(bytes, texts[i]);
        }
        digest.update(bytes.array(), 0, bytes.position());
        return digest.digest();
    }

    private static byte[] utf8(@Nullable String text) {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }

    private static void put(ByteBuffer bytes, byte[] text) {
        bytes.putInt(text.length).put(text);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
