package io.segue.signing;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** Key pairs on P-256 (FIPS 186-5) from what is known of them; the JDK makes new ones only. */
final class P256 {
    /** 128 bits more than the order, so that the remainder is as good as evenly spread (FIPS 186-5, A.2.1). */
    private static final int SEED_BYTES = 48;

    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("P-256");
    private static final ECParameterSpec JDK = parameters();

    private P256() {}

    /** The same pair for the same secret: HKDF-SHA-256 (RFC 5869) to a scalar. */
    static KeyPair derived(byte[] secret, String label) {
        try {
            byte[] seed = KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(secret)
                            .thenExpand(label.getBytes(StandardCharsets.UTF_8), SEED_BYTES));
            BigInteger scalar = new BigInteger(1, seed)
                    .mod(JDK.getOrder().subtract(BigInteger.ONE))
                    .add(BigInteger.ONE);
            KeyFactory keys = KeyFactory.getInstance("EC");
            return pair((ECPrivateKey) keys.generatePrivate(new ECPrivateKeySpec(scalar, JDK)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a JDK of 25 has EC and HKDF", e);
        }
    }

    /** @throws InvalidKeySpecException where it is no private key on P-256 */
    static KeyPair ofPkcs8(byte[] pkcs8) throws InvalidKeySpecException {
        try {
            if (KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)) instanceof ECPrivateKey key
                    && key.getParams().getCurve().equals(JDK.getCurve())) {
                return pair(key);
            }
        } catch (InvalidKeySpecException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has EC", e);
        }
        throw new InvalidKeySpecException("a key on another curve");
    }

    private static KeyPair pair(ECPrivateKey key) throws GeneralSecurityException {
        var point = new FixedPointCombMultiplier()
                .multiply(CURVE.getG(), key.getS())
                .normalize();
        ECPoint shown = new ECPoint(
                point.getAffineXCoord().toBigInteger(), point.getAffineYCoord().toBigInteger());
        return new KeyPair(KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(shown, JDK)), key);
    }

    private static ECParameterSpec parameters() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }
}
