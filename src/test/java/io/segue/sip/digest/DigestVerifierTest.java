package io.segue.sip.digest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.sip.digest.DigestVerifier.Challenged;
import io.segue.sip.digest.DigestVerifier.Verdict;
import io.segue.sip.digest.DigestVerifier.Verified;
import io.segue.sip.digest.DigestVerifier.Why;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestVerifierTest {
    private static final String REALM = "segue.example";
    private static final byte[] KEY = "sixteen bytes ok".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final long NOW = 1_700_000_000_000L;
    private static final String URI = "sip:segue.example";
    private static final Limits LIMITS = new Limits(300_000, 3, 2);
    private static final DigestCredentials ALICE =
            new DigestCredentials("alice", REALM, Ha1.of("alice", REALM, "secret"));

    private final DigestVerifier verifier = new DigestVerifier(REALM, KEY, LIMITS);
    private final Function<String, Optional<Ha1>> stored =
            user -> user.equals("alice") ? Optional.of(ALICE.ha1()) : Optional.empty();
    private long salt;

    private Verdict verify(long nowMs, String... authorizations) {
        return verifier.verify("REGISTER", List.of(authorizations), stored, ++salt, nowMs);
    }

    private List<String> challenge(long nowMs) {
        return assertInstanceOf(Challenged.class, verify(nowMs)).challenges();
    }

    private static String answer(List<String> challenges, DigestCredentials credentials, int count) {
        return DigestAnswer.to(challenges, credentials, "REGISTER", URI, "c-nonce", count)
                .orElseThrow();
    }

    private static void assertRefused(Why why, Verdict verdict) {
        Challenged challenged = assertInstanceOf(Challenged.class, verdict);
        assertEquals(why, challenged.why());
        boolean stale = challenged.challenges().getFirst().contains("stale=true");
        assertEquals(why == Why.STALE, stale, challenged.toString());
    }

    @Test
    void asksWithSha256FirstAndMd5Second() {
        List<String> challenges = challenge(NOW);
        assertEquals(2, challenges.size());
        assertTrue(challenges.get(0).contains("algorithm=SHA-256, qop=\"auth\""), challenges.toString());
        assertTrue(challenges.get(1).contains("algorithm=MD5, qop=\"auth\""), challenges.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void acceptsTheRightPasswordByEitherAlgorithm(int which) {
        String answer = answer(List.of(challenge(NOW).get(which)), ALICE, 1);
        assertEquals(new Verified("alice"), verify(NOW + 10, answer));
    }

    @Test
    void acceptsAnUpperCaseResponse() {
        String answer = answer(challenge(NOW), ALICE, 1);
        int from = answer.indexOf("response=\"") + 10;
        String digest = answer.substring(from, from + 64);
        assertEquals(
                new Verified("alice"), verify(NOW, answer.replace(digest, digest.toUpperCase(java.util.Locale.ROOT))));
    }

    @Test
    void givesAnUnknownUserAndAWrongPasswordTheSameChallenge() {
        List<String> challenges = challenge(NOW);
        DigestCredentials unknown = new DigestCredentials("bob", REALM, Ha1.of("bob", REALM, "secret"));
        DigestCredentials wrong = new DigestCredentials("alice", REALM, Ha1.of("alice", REALM, "guess"));
        DigestVerifier again = new DigestVerifier(REALM, KEY, LIMITS);
        Verdict ofUnknown = again.verify("REGISTER", List.of(answer(challenges, unknown, 1)), stored, 9, NOW);
        Verdict ofWrong = again.verify("REGISTER", List.of(answer(challenges, wrong, 1)), stored, 9, NOW);
        assertEquals(ofUnknown, ofWrong);
        assertRefused(Why.WRONG, ofWrong);
    }

    @Test
    void isNotImpressedByTheHashOfAnEmptyUser() {
        DigestCredentials empty = new DigestCredentials("", REALM, Ha1.of("", REALM, ""));
        assertRefused(Why.WRONG, verify(NOW, answer(challenge(NOW), empty, 1)));
    }

    @Test
    void takesEachCountOfANonceOnce() {
        List<String> challenges = challenge(NOW);
        assertEquals(new Verified("alice"), verify(NOW, answer(challenges, ALICE, 1)));
        assertRefused(Why.STALE, verify(NOW, answer(challenges, ALICE, 1)));
        assertEquals(new Verified("alice"), verify(NOW, answer(challenges, ALICE, 2)));
    }

    @Test
    void takesCountsThatOvertookEachOtherWithinSixtyFour() {
        List<String> challenges = challenge(NOW);
        assertEquals(new Verified("alice"), verify(NOW, answer(challenges, ALICE, 65)));
        assertEquals(new Verified("alice"), verify(NOW, answer(challenges, ALICE, 2)));
        assertRefused(Why.STALE, verify(NOW, answer(challenges, ALICE, 2)));
        assertRefused(Why.STALE, verify(NOW, answer(challenges, ALICE, 1)));
    }

    @ParameterizedTest
    @CsvSource({"300000,true", "300001,false"})
    void letsANonceLiveToItsLimitAndNoMillisecondLonger(long later, boolean good) {
        String answer = answer(challenge(NOW), ALICE, 1);
        if (good) {
            assertEquals(new Verified("alice"), verify(NOW + later, answer));
        } else {
            assertRefused(Why.STALE, verify(NOW + later, answer));
        }
    }

    @Test
    void saysStaleOnlyToAUserWhoKnowsThePassword() {
        DigestCredentials wrong = new DigestCredentials("alice", REALM, Ha1.of("alice", REALM, "guess"));
        assertRefused(Why.WRONG, verify(NOW + 300_001, answer(challenge(NOW), wrong, 1)));
    }

    @Test
    void refusesANonceItDidNotMake() {
        String foreign =
                new DigestVerifier(REALM, "another key, 16b".getBytes(java.nio.charset.StandardCharsets.UTF_8), LIMITS)
                                        .verify("REGISTER", List.of(), stored, 1, NOW)
                                instanceof Challenged c
                        ? c.challenges().getFirst()
                        : "";
        assertRefused(Why.STALE, verify(NOW, answer(List.of(foreign), ALICE, 1)));
        String made = "Digest realm=\"" + REALM + "\", nonce=\"***\", qop=\"auth\", algorithm=MD5";
        assertRefused(Why.STALE, verify(NOW, answer(List.of(made), ALICE, 1)));
    }

    @Test
    void acceptsANonceThatAnotherNodeWithTheSameKeyMade() {
        DigestVerifier other = new DigestVerifier(REALM, KEY, LIMITS);
        Challenged challenged = assertInstanceOf(Challenged.class, other.verify("REGISTER", List.of(), stored, 7, NOW));
        assertEquals(new Verified("alice"), verify(NOW, answer(challenged.challenges(), ALICE, 1)));
    }

    @Test
    void remembersNoncesUpToItsLimitAndNeverAcceptsAgainWhatItForgot() {
        List<List<String>> nonces = List.of(challenge(NOW), challenge(NOW + 1), challenge(NOW + 2), challenge(NOW + 3));
        for (List<String> nonce : nonces.subList(0, 3)) {
            assertEquals(new Verified("alice"), verify(NOW + 3, answer(nonce, ALICE, 1)));
        }
        assertEquals(new Verified("alice"), verify(NOW + 3, answer(nonces.get(0), ALICE, 2)), "at the limit");
        assertEquals(new Verified("alice"), verify(NOW + 3, answer(nonces.get(3), ALICE, 1)), "one past it");
        assertRefused(Why.STALE, verify(NOW + 3, answer(nonces.get(0), ALICE, 1)));
        assertRefused(Why.STALE, verify(NOW + 3, answer(nonces.get(0), ALICE, 3)));
        assertEquals(new Verified("alice"), verify(NOW + 3, answer(nonces.get(1), ALICE, 2)), "the others go on");
    }

    @Test
    void forgetsExpiredNoncesFirst() {
        NonceUses uses = new NonceUses(2);
        assertTrue(uses.take("a", 10, 1, 0));
        assertTrue(uses.take("b", 20, 1, 0));
        assertTrue(uses.take("c", 30, 1, 21));
        assertEquals(1, uses.size());
        assertTrue(uses.take("d", 22, 1, 21), "nothing that still counts was forgotten");
    }

    @Test
    void looksAtNoMoreAuthorizationsThanItsLimit() {
        String good = answer(challenge(NOW), ALICE, 1);
        String foreign = "Digest realm=\"other\", nonce=\"x\"";
        assertRefused(Why.UNPROVEN, verify(NOW, foreign, foreign, good));
        assertEquals(new Verified("alice"), verify(NOW, foreign, good));
    }

    @Test
    void refusesTheAnswerToAnotherMethod() {
        List<String> challenges = challenge(NOW);
        String answer =
                DigestAnswer.to(challenges, ALICE, "INVITE", URI, "c", 1).orElseThrow();
        assertRefused(Why.WRONG, verify(NOW, answer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "qop=auth",
                "nc=00000001",
                "nc=00000000",
                "nc=1",
                "nc=-0000001",
                "nc=0000000g",
                "cnonce=\"c-nonce\""
            })
    void challengesAgainWhenAPartIsMissingOrOff(String part) {
        String answer = answer(challenge(NOW), ALICE, 1);
        String off = part.startsWith("nc=") && !part.equals("nc=00000001")
                ? answer.replace("nc=00000001", part)
                : answer.replace(", " + part, "");
        assertFalse(off.equals(answer));
        assertRefused(Why.MALFORMED, verify(NOW, off));
    }

    @Test
    void wantsAKeyOfSixteenBytes() {
        assertThrows(IllegalArgumentException.class, () -> new DigestVerifier(REALM, new byte[15], LIMITS));
    }
}
