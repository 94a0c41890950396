package io.segue.signing;

import io.segue.flow.oversight.Tokens;
import io.segue.signoff.Claims;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Tokens by jose4j. {@code typ} is ours alone (RFC 8725, 3.11), so that no other token of the same keys passes for one. */
public final class JoseTokens implements Tokens {
    static final String TYPE = "segue-signoff+jwt";
    static final String ALGORITHM = AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
    private static final String ISSUER = "segue";
    private static final int CHARS_MAX = 4_096;

    private final SigningKeys keys;
    private final String audience;

    /** @param audience who is to believe the tokens ({@code aud}) */
    public JoseTokens(SigningKeys keys, String audience) {
        this.keys = keys;
        this.audience = audience;
    }

    @Override
    public String issue(Claims claims) {
        PublicJsonWebKey key = keys.first();
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(ALGORITHM);
        signature.setHeader("typ", TYPE);
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setKey(key.getPrivateKey());
        signature.setPayload(tree(claims).toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("our own key does not sign", e);
        }
    }

    private JwtClaims tree(Claims claims) {
        JwtClaims tree = new JwtClaims();
        tree.setIssuer(ISSUER);
        tree.setAudience(audience);
        tree.setJwtId(claims.signoff());
        tree.setIssuedAt(NumericDate.fromSeconds(claims.issuedAt()));
        tree.setExpirationTime(NumericDate.fromSeconds(claims.expires()));
        tree.setSubject(claims.by());
        tree.setClaim("role", claims.role());
        tree.setClaim("call", claims.call());
        tree.setClaim("action", claims.action());
        tree.setClaim("type", claims.type());
        tree.setClaim("payloadSha256", claims.payloadSha256());
        BigDecimal amount = claims.amount();
        if (amount != null) {
            tree.setClaim("amount", plain(amount));
        }
        if (claims.currency() instanceof String currency) {
            tree.setClaim("currency", currency);
        }
        return tree;
    }

    /** 420, not 420.0 or 4.2E+2. */
    private static BigDecimal plain(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    @Override
    public Reading read(String token) {
        if (token.length() > CHARS_MAX || token.chars().filter(c -> c == '.').count() != 2) {
            return new Reading.Malformed("a token is a JWS of three parts and at most " + CHARS_MAX + " characters");
        }
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(
                new AlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, ALGORITHM));
        try {
            signature.setCompactSerialization(token);
        } catch (JoseException e) {
            return new Reading.Malformed("the token cannot be read");
        }
        return verified(signature);
    }

    private Reading verified(JsonWebSignature signature) {
        String kid = signature.getKeyIdHeaderValue();
        Optional<PublicJsonWebKey> key = kid == null ? Optional.empty() : keys.named(kid);
        if (key.isEmpty()) {
            return new Reading.Forged("its kid is none of ours");
        }
        if (!TYPE.equals(signature.getHeader("typ"))) {
            return new Reading.Forged("its typ is not " + TYPE);
        }
        try {
            signature.setKey(key.get().getPublicKey());
            if (!signature.verifySignature()) {
                return new Reading.Forged("its signature is wrong");
            }
            JwtClaims claims = JwtClaims.parse(signature.getPayload());
            return claims.getAudience().contains(audience)
                    ? new Reading.Ours(claims(claims))
                    : new Reading.Forged("it is for another audience");
        } catch (JoseException e) {
            return new Reading.Forged("it is not signed with " + ALGORITHM);
        } catch (InvalidJwtException | MalformedClaimException e) {
            return new Reading.Forged("its claims are not ours");
        }
    }

    private static Claims claims(JwtClaims tree) throws MalformedClaimException {
        Object amount = tree.getClaimValue("amount");
        return new Claims(
                tree.getJwtId(),
                tree.getSubject(),
                text(tree, "role"),
                text(tree, "call"),
                text(tree, "action"),
                text(tree, "type"),
                text(tree, "payloadSha256"),
                amount == null ? null : new BigDecimal(amount.toString()),
                optional(tree, "currency"),
                tree.getIssuedAt().getValue(),
                tree.getExpirationTime().getValue());
    }

    private static String text(JwtClaims tree, String name) throws MalformedClaimException {
        String text = optional(tree, name);
        if (text == null) {
            throw new MalformedClaimException("no " + name);
        }
        return text;
    }

    private static @Nullable String optional(JwtClaims tree, String name) throws MalformedClaimException {
        return tree.getClaimValue(name, String.class);
    }

    @Override
    public Map<String, Object> publicKeys() {
        return Map.of("keys", List.copyOf(keys.shown()));
    }
}
