package io.segue.flow.oversight;

import io.segue.signoff.Claims;
import io.segue.signoff.Redemption;
import java.util.Map;

/** One-time tokens of granted actions: JWS in compact form (RFC 7515), ES256, the same keys on every gateway. */
public interface Tokens {
    String issue(Claims claims);

    /** What a token says, if it is one of ours and unchanged; whether it is still good is for {@link Redemption} to say. */
    Reading read(String token);

    /** The public keys, as a JWK Set (RFC 7517). */
    Map<String, Object> publicKeys();

    /** What came of reading a token. */
    sealed interface Reading {
        record Ours(Claims claims) implements Reading {}

        /** It is no token at all. */
        record Malformed(String why) implements Reading {}

        /** It is not one that we signed for this audience. */
        record Forged(String why) implements Reading {}
    }
}
