package io.segue.sip.digest;

import java.util.List;
import java.util.Optional;

/** The side that is challenged (RFC 3261 22.2 and 22.3, RFC 7616 3.4). */
public final class DigestAnswer {
    private DigestAnswer() {}

    /**
     * The value for {@code Authorization} (after a 401) or {@code Proxy-Authorization} (after a 407).
     *
     * @param challenges every value of the challenging header, most preferred first (RFC 8760 2.4)
     * @param uri the Request-URI as it will be written
     * @param cnonce a value of our own that cannot be guessed; no quote, comma or space
     * @param count how many requests, this one included, have been sent with the challenge's nonce; from 1
     * @return empty: no challenge is of our realm and in an algorithm we speak
     */
    public static Optional<String> to(
            List<String> challenges,
            DigestCredentials credentials,
            String method,
            String uri,
            String cnonce,
            int count) {
        return answerable(challenges, credentials)
                .map(challenge -> value(challenge, credentials, method, uri, cnonce, count));
    }

    /** Whether the answer was right and only its nonce used up, by the challenge that {@link #to} would answer. */
    public static boolean isStale(List<String> challenges, DigestCredentials credentials) {
        return answerable(challenges, credentials).filter(Challenge::stale).isPresent();
    }

    private static Optional<Challenge> answerable(List<String> challenges, DigestCredentials credentials) {
        return challenges.stream()
                .flatMap(header -> Challenge.parse(header).stream())
                .filter(challenge -> challenge.realm().equals(credentials.realm()))
                .findFirst();
    }

    private static String value(
            Challenge challenge, DigestCredentials credentials, String method, String uri, String cnonce, int count) {
        DigestAlgorithm algorithm = challenge.algorithm();
        String ha1 = credentials.ha1().by(algorithm);
        String nc = String.format("%08x", count);
        String response = challenge.qopAuth()
                ? algorithm.response(ha1, challenge.nonce(), nc, cnonce, method, uri)
                : algorithm.responseWithoutQop(ha1, challenge.nonce(), method, uri);
        StringBuilder out = new StringBuilder("Digest username=")
                .append(DigestParameters.quote(credentials.username()))
                .append(", realm=")
                .append(DigestParameters.quote(challenge.realm()))
                .append(", nonce=")
                .append(DigestParameters.quote(challenge.nonce()))
                .append(", uri=")
                .append(DigestParameters.quote(uri))
                .append(", response=\"")
                .append(response)
                .append("\", algorithm=")
                .append(algorithm.token());
        if (challenge.qopAuth()) {
            out.append(", cnonce=")
                    .append(DigestParameters.quote(cnonce))
                    .append(", qop=auth, nc=")
                    .append(nc);
        }
        String opaque = challenge.opaque();
        if (opaque != null) {
            out.append(", opaque=").append(DigestParameters.quote(opaque));
        }
        return out.toString();
    }
}
