package io.segue.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.flow.oversight.Tokens.Reading;
import io.segue.signoff.Claims;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a back office does with a token is done here with the JDK alone, by another way than ours. */
class JoseTokensTest {
    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    private static final Claims CLAIMS = new Claims(
            "c1-s1",
            "sam",
            "specialist",
            "c1",
            "a9",
            "payment.authorize",
            "00ff",
            new BigDecimal("420.50"),
            "USD",
            100,
            220);

    private final JoseTokens tokens = new JoseTokens(SigningKeys.derived(SECRET), "back-office");

    @Test
    void aBackOfficeVerifiesATokenAgainstThePublishedKeys() throws Exception {
        String token = tokens.issue(CLAIMS);
        assertTrue(TokenCheck.verifies(token, tokens.publicKeys()));
        JsonNode header = TokenCheck.part(token, 0);
        assertEquals("ES256", header.get("alg").asText());
        assertEquals("segue-signoff+jwt", header.get("typ").asText());
        JsonNode claims = TokenCheck.part(token, 1);
        assertEquals("c1-s1", claims.get("jti").asText());
        assertEquals("back-office", claims.get("aud").asText());
        assertEquals("sam", claims.get("sub").asText());
        assertEquals("c1", claims.get("call").asText());
        assertEquals("a9", claims.get("action").asText());
        assertEquals("payment.authorize", claims.get("type").asText());
        assertEquals("00ff", claims.get("payloadSha256").asText());
        assertEquals(420.5, claims.get("amount").asDouble());
        assertEquals("USD", claims.get("currency").asText());
        assertEquals(100, claims.get("iat").asLong());
        assertEquals(220, claims.get("exp").asLong());
    }

    @Test
    void whatIsWrittenIsRead() {
        assertEquals(
                new Claims(
                        "c1-s1",
                        "sam",
                        "specialist",
                        "c1",
                        "a9",
                        "payment.authorize",
                        "00ff",
                        new BigDecimal("420.5"),
                        "USD",
                        100,
                        220),
                assertInstanceOf(Reading.Ours.class, tokens.read(tokens.issue(CLAIMS)))
                        .claims());
        Claims bare = new Claims("c1-s1", "sam", "specialist", "c1", "a9", "x", "00ff", null, null, 100, 220);
        assertEquals(
                bare,
                assertInstanceOf(Reading.Ours.class, tokens.read(tokens.issue(bare)))
                        .claims());
    }

    @Test
    void everyGatewayWithTheSameSecretHasTheSameKey() throws Exception {
        JoseTokens other = new JoseTokens(SigningKeys.derived(SECRET.clone()), "back-office");
        assertEquals(tokens.publicKeys(), other.publicKeys());
        assertInstanceOf(Reading.Ours.class, other.read(tokens.issue(CLAIMS)));
        JoseTokens stranger = new JoseTokens(
                SigningKeys.derived("another secret of 32 characters!".getBytes(StandardCharsets.UTF_8)),
                "back-office");
        assertNotEquals(tokens.publicKeys(), stranger.publicKeys());
        assertInstanceOf(Reading.Forged.class, stranger.read(tokens.issue(CLAIMS)));
    }

    @Test
    void theKeySetShowsNoPrivateHalf() {
        List<?> keys = (List<?>) tokens.publicKeys().get("keys");
        assertEquals(1, keys.size());
        assertFalse(((Map<?, ?>) keys.getFirst()).containsKey("d"));
        assertEquals("ES256", ((Map<?, ?>) keys.getFirst()).get("alg"));
    }

    @Test
    void keysRotateByTheirKid() throws Exception {
        String old = setting("2026-11");
        String fresh = setting("2026-12");
        JoseTokens before = new JoseTokens(keys(old, fresh), "back-office");
        JoseTokens after = new JoseTokens(keys(fresh, old), "back-office");
        String token = before.issue(CLAIMS);
        assertEquals("2026-11", TokenCheck.part(token, 0).get("kid").asText());
        assertInstanceOf(Reading.Ours.class, after.read(token));
        assertEquals(
                "2026-12", TokenCheck.part(after.issue(CLAIMS), 0).get("kid").asText());
        assertTrue(
                TokenCheck.verifies(after.issue(CLAIMS), before.publicKeys()),
                "a back office that knows the old set knows the new key");
        JoseTokens later = new JoseTokens(keys(fresh), "back-office");
        assertInstanceOf(Reading.Forged.class, later.read(token));
    }

    @Test
    void takesAKeyAsPem() throws Exception {
        String bare = setting("k1").substring(3);
        String pem = "k1:-----BEGIN PRIVATE KEY-----\n" + bare.substring(0, 64) + "\n" + bare.substring(64)
                + "\n-----END PRIVATE KEY-----\n";
        assertEquals(new JoseTokens(keys("k1:" + bare), "a").publicKeys(), new JoseTokens(keys(pem), "a").publicKeys());
    }

    @Test
    void theDerivedPublicHalfIsTheOneTheJdkMade() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        assertEquals(
                ((ECPublicKey) pair.getPublic()).getW(),
                ((ECPublicKey) P256.ofPkcs8(pair.getPrivate().getEncoded()).getPublic()).getW());
    }

    @Test
    void wrongSettingsAreSaidWithoutTheKey() throws Exception {
        KeyPairGenerator larger = KeyPairGenerator.getInstance("EC");
        larger.initialize(new ECGenParameterSpec("secp384r1"));
        String p384 = Base64.getEncoder()
                .encodeToString(larger.generateKeyPair().getPrivate().getEncoded());
        for (String wrong : List.of("k1", "k 1:AAAA", "k1:AAAA", "k1:!!!", "k1:" + p384)) {
            String why = assertInstanceOf(SigningKeys.Read.Wrong.class, SigningKeys.read(List.of(wrong)))
                    .why();
            assertFalse(why.contains("AAAA") || why.contains(p384.substring(0, 8)), why);
        }
        String twice = setting("k1");
        assertTrue(assertInstanceOf(SigningKeys.Read.Wrong.class, SigningKeys.read(List.of(twice, twice)))
                .why()
                .contains("twice"));
        assertInstanceOf(SigningKeys.Read.Wrong.class, SigningKeys.read(List.of()));
    }

    @Test
    void aForgedTokenIsRefused() throws Exception {
        String token = tokens.issue(CLAIMS);
        String[] parts = token.split("\\.");
        String richer = encode(
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8).replace("420.5", "999999"));
        assertInstanceOf(Reading.Forged.class, tokens.read(parts[0] + "." + richer + "." + parts[2]));
        String kid = TokenCheck.part(token, 0).get("kid").asText();
        String none = encode("{\"alg\":\"none\",\"typ\":\"segue-signoff+jwt\",\"kid\":\"" + kid + "\"}");
        assertInstanceOf(Reading.Forged.class, tokens.read(none + "." + parts[1] + "."));
        String hmac = encode("{\"alg\":\"HS256\",\"typ\":\"segue-signoff+jwt\",\"kid\":\"" + kid + "\"}");
        assertInstanceOf(Reading.Forged.class, tokens.read(hmac + "." + parts[1] + "." + parts[2]));
        String otherType = encode("{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"" + kid + "\"}");
        assertInstanceOf(Reading.Forged.class, tokens.read(otherType + "." + parts[1] + "." + parts[2]));
        String otherKid = encode("{\"alg\":\"ES256\",\"typ\":\"segue-signoff+jwt\",\"kid\":\"mine\"}");
        assertInstanceOf(Reading.Forged.class, tokens.read(otherKid + "." + parts[1] + "." + parts[2]));
        String zeros = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]);
        assertInstanceOf(Reading.Forged.class, tokens.read(parts[0] + "." + parts[1] + "." + zeros));
    }

    @Test
    void aTokenForAnotherAudienceIsNotOurs() {
        JoseTokens elsewhere = new JoseTokens(SigningKeys.derived(SECRET), "somebody-else");
        assertInstanceOf(Reading.Forged.class, tokens.read(elsewhere.issue(CLAIMS)));
    }

    @Test
    void whatIsNoTokenIsSaidToBeNone() {
        for (String text :
                List.of("", "x", "a.b", "a.b.c", "..", "a.b.c.d", "\r\n.<script>.x", "x".repeat(5000) + "..")) {
            assertFalse(tokens.read(text) instanceof Reading.Ours, text);
        }
        assertInstanceOf(Reading.Malformed.class, tokens.read("nonsense"));
    }

    private static SigningKeys keys(String... settings) {
        return assertInstanceOf(SigningKeys.Read.Ok.class, SigningKeys.read(List.of(settings)))
                .keys();
    }

    private static String setting(String kid) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return kid + ":"
                + Base64.getEncoder()
                        .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
