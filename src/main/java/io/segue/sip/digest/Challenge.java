package io.segue.sip.digest;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One challenge: a value of {@code WWW-Authenticate} or {@code Proxy-Authenticate} (RFC 7616 3.3).
 *
 * @param opaque given back as it came
 * @param qopAuth whether {@code qop} offers {@code auth}; false only where there is no {@code qop} at all
 * @param stale the answer was right but the nonce was used up: the same credentials do with this nonce
 */
record Challenge(
        String realm,
        String nonce,
        @Nullable String opaque,
        DigestAlgorithm algorithm,
        boolean qopAuth,
        boolean stale) {

    /** Empty: another scheme, an algorithm or quality of protection that we do not speak, or a syntax error. */
    static Optional<Challenge> parse(String header) {
        return DigestParameters.parse(header).flatMap(Challenge::of);
    }

    private static Optional<Challenge> of(Map<String, String> parameters) {
        String realm = parameters.get("realm");
        String nonce = parameters.get("nonce");
        Optional<DigestAlgorithm> algorithm = DigestAlgorithm.of(parameters.getOrDefault("algorithm", "MD5"));
        String qop = parameters.get("qop");
        if (realm == null || nonce == null || algorithm.isEmpty() || qop != null && !offersAuth(qop)) {
            return Optional.empty();
        }
        boolean stale = "true".equalsIgnoreCase(parameters.get("stale"));
        return Optional.of(new Challenge(realm, nonce, parameters.get("opaque"), algorithm.get(), qop != null, stale));
    }

    private static boolean offersAuth(String qop) {
        for (String option : qop.split(",", -1)) {
            if (option.strip().equalsIgnoreCase("auth")) {
                return true;
            }
        }
        return false;
    }

    /** The header's value. */
    @Override
    public String toString() {
        return "Digest realm=" + DigestParameters.quote(realm)
                + ", nonce=" + DigestParameters.quote(nonce)
                + (opaque == null ? "" : ", opaque=" + DigestParameters.quote(opaque))
                + ", algorithm=" + algorithm.token()
                + (qopAuth ? ", qop=\"auth\"" : "")
                + (stale ? ", stale=true" : "");
    }
}
