package io.segue.agentlink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import org.junit.jupiter.api.Test;

class SignaturesTest {
    /** Twilio's published example; the parameters that follow the URL there are part of what is signed. */
    @Test
    void signsAsTwiliosExample() {
        assertEquals(
                "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
                Signatures.twilio(
                        "12345",
                        URI.create("https://mycompany.com/myapp.php?foo=1&bar=2CallSidCA1234567890ABCDE"
                                + "Caller+14158675309Digits1234From+14158675309To+18005551212")));
    }

    /** The expected values were made by {@code openssl dgst -sha256 -hmac}. */
    @Test
    void signsUrlDotNonceForPlivoWithTheQuerySorted() {
        assertEquals(
                "cKJV4gSLuGmySRt4Xmur/C5TUYIRjb2Tc1den0ntrA0=",
                Signatures.plivo("plivo-token", URI.create("wss://bot.example:8443/plivo/stream"), "nonce-1"));
        assertEquals(
                "V5vcizeCW9eWNhEOvcpAzhBkElGq3KwxV0IoqCMfidc=",
                Signatures.plivo("plivo-token", URI.create("wss://bot.example/s?b=2&a=9&a=1&c"), "nonce-1"));
    }
}
