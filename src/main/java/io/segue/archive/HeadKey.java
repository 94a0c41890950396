package io.segue.archive;

import io.segue.audit.SignedHead;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The Ed25519 key (RFC 8032) that heads of chains are signed with. Its seed is HMAC-SHA256(signing key, "segue audit heads 1"), so that every gateway has the same. */
public final class HeadKey {
    private static final String PURPOSE = "segue audit heads 1";

    private final KeyPair pair;

    private HeadKey(KeyPair pair) {
        this.pair = pair;
    }

    /** @param signingKey {@code segue.signing-key} */
    public static HeadKey of(byte[] signingKey) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(signingKey, "HmacSHA256"));
            byte[] seed = mac.doFinal(PURPOSE.getBytes(StandardCharsets.US_ASCII));
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            // A private key is 32 random octets (5.1.5): ours are these. The public key follows from them.
            generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
            return new HeadKey(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    /** X.509 SubjectPublicKeyInfo. */
    public byte[] publicKey() {
        return pair.getPublic().getEncoded();
    }

    SignedHead sign(String node, long seq, byte[] hash, String signer, long at) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(SignedHead.toSign(node, seq, hash, signer, at));
            return new SignedHead(node, seq, hash, signer, at, publicKey(), signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    /** Whether the head is signed with the key it names. */
    public static boolean isGenuine(SignedHead head) {
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(head.key()));
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(head.toSign());
            return signature.verify(head.signature());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /**
     * Whether a head is signed with the key it names, and that is one of these.
     *
     * @param keys in hex; none: whatever key it names
     */
    public static Predicate<SignedHead> genuine(Set<String> keys) {
        return head -> (keys.isEmpty() || keys.contains(HexFormat.of().formatHex(head.key()))) && isGenuine(head);
    }

    private static final class Seed extends SecureRandom {
        private static final long serialVersionUID = 1;
        private final byte[] seed;

        Seed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new IllegalStateException("the seed is for " + seed.length + " octets");
            }
            System.arraycopy(seed, 0, bytes, 0, seed.length);
        }
    }
}
