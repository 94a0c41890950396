package io.segue.signing;

import java.security.KeyPair;
import java.security.spec.InvalidKeySpecException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** The keys that sign: the first of them signs, all of them are published and believed. So one is rotated in behind the first, then put first, then left alone. */
public final class SigningKeys {
    private static final String LABEL = "segue signoff ES256 1";
    private static final String KID = "[A-Za-z0-9._-]{1,64}";

    private final List<PublicJsonWebKey> keys;

    private SigningKeys(List<PublicJsonWebKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /** What came of reading a setting. */
    public sealed interface Read {
        record Ok(SigningKeys keys) implements Read {}

        /** One sentence; it never shows a key. */
        record Wrong(String why) implements Read {}
    }

    /** One key, the same on every gateway that has the same secret; its {@code kid} is its thumbprint (RFC 7638). */
    public static SigningKeys derived(byte[] secret) {
        PublicJsonWebKey key = jwk(P256.derived(secret, LABEL));
        key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256"));
        return new SigningKeys(List.of(key));
    }

    /** @param settings each {@code kid:key}, the key PKCS #8 in base64, with or without the lines of PEM; at least one */
    public static Read read(List<String> settings) {
        List<PublicJsonWebKey> keys = new ArrayList<>();
        for (String setting : settings) {
            int colon = setting.indexOf(':');
            String kid = colon < 0 ? "" : setting.substring(0, colon).strip();
            if (!kid.matches(KID)) {
                return new Read.Wrong("key " + (keys.size() + 1)
                        + " has to begin with its kid, 1 to 64 of A-Za-z0-9._-, and a colon");
            }
            if (keys.stream().anyMatch(key -> kid.equals(key.getKeyId()))) {
                return new Read.Wrong("the kid " + kid + " stands there twice");
            }
            try {
                PublicJsonWebKey key = jwk(P256.ofPkcs8(pkcs8(setting.substring(colon + 1))));
                key.setKeyId(kid);
                keys.add(key);
            } catch (IllegalArgumentException | InvalidKeySpecException e) {
                return new Read.Wrong("the key " + kid + " is no private key on P-256 in PKCS #8, base64");
            }
        }
        return keys.isEmpty() ? new Read.Wrong("there is no key") : new Read.Ok(new SigningKeys(keys));
    }

    private static byte[] pkcs8(String text) {
        return Base64.getDecoder()
                .decode(text.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("(\\s|\\\\n)+", ""));
    }

    private static PublicJsonWebKey jwk(KeyPair pair) {
        try {
            PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic());
            key.setPrivateKey(pair.getPrivate());
            key.setUse("sig");
            key.setAlgorithm(JoseTokens.ALGORITHM);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException("a key on P-256 that is none", e);
        }
    }

    PublicJsonWebKey first() {
        return keys.getFirst();
    }

    Optional<PublicJsonWebKey> named(String kid) {
        return keys.stream().filter(key -> kid.equals(key.getKeyId())).findFirst();
    }

    /** As a JWK Set (RFC 7517, 5), without the private halves. */
    List<Map<String, Object>> shown() {
        return keys.stream()
                .map(key -> ((EllipticCurveJsonWebKey) key).toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY))
                .toList();
    }
}
