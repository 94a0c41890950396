package io.segue.demo.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DigestTest {
    private static final String NONCE = "realm=\"http-auth@example.org\", qop=\"auth, auth-int\", "
            + "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\"";

    @Test
    void givesTheAnswersOfRfc7616() {
        assertTrue(answer("Digest " + NONCE + ", algorithm=MD5").contains("8ca523f5e9506fed4657c9700eebdbec"));
        assertTrue(answer("Digest " + NONCE + ", algorithm=SHA-256")
                .contains("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"));
    }

    @Test
    void answersNoChallengeThatItCannotCompute() {
        assertEquals("", answer("Digest " + NONCE + ", algorithm=SHA-512-256"));
    }

    private static String answer(String challenge) {
        return Digest.answer(
                List.of(challenge),
                "GET",
                "/dir/index.html",
                "Mufasa",
                "Circle of Life",
                "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
    }
}
