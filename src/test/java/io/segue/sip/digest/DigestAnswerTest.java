package io.segue.sip.digest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestAnswerTest {
    private static final String NONCE_7616 = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    private static final String CNONCE_7616 = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    private static final DigestCredentials MUFASA = new DigestCredentials(
            "Mufasa", "http-auth@example.org", Ha1.of("Mufasa", "http-auth@example.org", "Circle of Life"));

    private static String challenge7616(String algorithm) {
        return "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=" + algorithm + ", nonce=\""
                + NONCE_7616 + "\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
    }

    private static Optional<String> answer(String... challenges) {
        return DigestAnswer.to(List.of(challenges), MUFASA, "GET", "/dir/index.html", CNONCE_7616, 1);
    }

    @Test
    void answersTheMd5ChallengeOfRfc7616Section391AsPublished() {
        String answer = answer(challenge7616("MD5")).orElseThrow();
        assertTrue(answer.contains("response=\"8ca523f5e9506fed4657c9700eebdbec\""), answer);
        assertTrue(answer.contains("qop=auth, nc=00000001"), answer);
        assertTrue(answer.contains("opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""), answer);
    }

    @Test
    void answersTheSha256ChallengeOfRfc7616Section391AsPublished() {
        String answer = answer(challenge7616("SHA-256")).orElseThrow();
        assertTrue(
                answer.contains("response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\""),
                answer);
    }

    @Test
    void answersTheChallengeOfRfc2617Section35AsPublished() {
        DigestCredentials credentials = new DigestCredentials(
                "Mufasa", "testrealm@host.com", Ha1.of("Mufasa", "testrealm@host.com", "Circle Of Life"));
        String answer = DigestAnswer.to(
                        List.of("Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\","
                                + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\","
                                + " opaque=\"5ccc069c403ebaf9f0171e9517f40e41\""),
                        credentials,
                        "GET",
                        "/dir/index.html",
                        "0a4f113b",
                        1)
                .orElseThrow();
        assertTrue(answer.contains("response=\"6629fae49393a05397450978507c4ef1\""), answer);
    }

    @Test
    void answersAChallengeWithoutQopInTheOlderForm() {
        // MD5(HA1:nonce:HA2), computed with openssl for Mufasa/testrealm@host.com/Circle Of Life.
        DigestCredentials credentials = new DigestCredentials(
                "Mufasa", "testrealm@host.com", Ha1.of("Mufasa", "testrealm@host.com", "Circle Of Life"));
        String answer = DigestAnswer.to(
                        List.of("Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\""),
                        credentials,
                        "GET",
                        "/dir/index.html",
                        "0a4f113b",
                        1)
                .orElseThrow();
        assertTrue(answer.contains("response=\"670fd8c2df070c60b045671b8b24ff02\""), answer);
        assertFalse(answer.contains("cnonce"), answer);
    }

    @Test
    void takesTheFirstChallengeItSpeaks() {
        String answer = answer(challenge7616("SHA-512-256"), challenge7616("SHA-256"), challenge7616("MD5"))
                .orElseThrow();
        assertTrue(answer.contains("algorithm=SHA-256"), answer);
    }

    @Test
    void neverAnswersAChallengeOfAnotherRealm() {
        assertEquals(
                Optional.empty(), answer("Digest realm=\"evil.example\", nonce=\"abc\", qop=\"auth\", algorithm=MD5"));
        assertEquals(Optional.empty(), answer("Digest realm=\"HTTP-AUTH@example.org\", nonce=\"abc\", algorithm=MD5"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic realm=\"http-auth@example.org\"",
                "Digest realm=\"http-auth@example.org\"",
                "Digest realm=\"http-auth@example.org\", nonce=\"open",
                "Digest realm=\"http-auth@example.org\", nonce=\"a\", nonce=\"b\"",
                "Digest realm=\"http-auth@example.org\", nonce=\"a\" qop=auth",
                "Digest realm=\"http-auth@example.org\", nonce=\"a\", qop=\"auth-int\"",
                "Digest realm=\"http-auth@example.org\", nonce=\"a\", algorithm=MD5-sess",
                "Digest",
                ""
            })
    void leavesWhatItCannotReadUnanswered(String challenge) {
        assertEquals(Optional.empty(), answer(challenge));
    }

    @Test
    void putsNoLineBreakOfAChallengeIntoItsAnswer() {
        DigestCredentials credentials = new DigestCredentials("a\"b\\c", "r", Ha1.of("a\"b\\c", "r", "p"));
        String answer = DigestAnswer.to(
                        List.of("Digest realm=\"r\", nonce=\"x\r\nEvil: 1\", opaque=\"\u0000\", qop=\"auth\""),
                        credentials,
                        "INVITE",
                        "sip:x@y",
                        "c",
                        1)
                .orElseThrow();
        assertFalse(answer.contains("\r") || answer.contains("\n"), answer);
        assertTrue(answer.contains("username=\"a\\\"b\\\\c\""), answer);
    }

    @Test
    void showsNoSecretWhenPrinted() {
        assertFalse(MUFASA.toString().contains(MUFASA.ha1().md5()), MUFASA.toString());
        assertEquals("Ha1[…]", MUFASA.ha1().toString());
    }
}
