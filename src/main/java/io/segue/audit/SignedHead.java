package io.segue.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One node's word that another's (or its own) chain had got as far as a link. What is signed (Ed25519, RFC 8032) are these bytes, as in {@link Link}:
 * the ASCII characters "seguehd1", text node, 64 bits seq, 32 bytes hash, text signer, 64 bits at.
 *
 * @param signer the node that says so
 * @param at when, in Unix microseconds
 * @param key the signer's public key, as an X.509 SubjectPublicKeyInfo
 */
@SuppressWarnings("ArrayRecordComponent") // as in Link
public record SignedHead(String node, long seq, byte[] hash, String signer, long at, byte[] key, byte[] signature) {
    private static final byte[] MAGIC = "seguehd1".getBytes(StandardCharsets.US_ASCII);

    /** What is signed. */
    public static byte[] toSign(String node, long seq, byte[] hash, String signer, long at) {
        byte[] of = node.getBytes(StandardCharsets.UTF_8);
        byte[] by = signer.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(MAGIC.length + 4 + of.length + 8 + hash.length + 4 + by.length + 8)
                .put(MAGIC)
                .putInt(of.length)
                .put(of)
                .putLong(seq)
                .put(hash)
                .putInt(by.length)
                .put(by)
                .putLong(at)
                .array();
    }

    public byte[] toSign() {
        return toSign(node, seq, hash, signer, at);
    }
}
