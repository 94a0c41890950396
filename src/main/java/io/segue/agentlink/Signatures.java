package io.segue.agentlink;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs a handshake as the vendors whose dialects we speak do, so that a bot's own check of them holds. */
final class Signatures {
    private Signatures() {}

    /** Twilio, "Validating signatures": base64 of HMAC-SHA1 over the full URL as it was configured; a GET has no parameters. */
    static String twilio(String authToken, URI url) {
        return hmac("HmacSHA1", authToken, url.toString());
    }

    /**
     * Plivo, signature V3: base64 of HMAC-SHA256 over URL, a dot and the nonce. In the URL of a GET the query's
     * parameters are sorted by name, and by value where a name comes twice.
     */
    static String plivo(String authToken, URI url, String nonce) {
        String query = url.getRawQuery();
        StringBuilder signed = new StringBuilder()
                .append(url.getScheme())
                .append("://")
                .append(url.getRawAuthority())
                .append(url.getRawPath());
        if (query != null && !query.isEmpty()) {
            signed.append('?')
                    .append(Arrays.stream(query.split("&"))
                            .map(PlivoParameter::of)
                            .sorted()
                            .map(parameter -> parameter.name() + "=" + parameter.value())
                            .collect(Collectors.joining("&")));
        }
        return hmac("HmacSHA256", authToken, signed.append('.').append(nonce).toString());
    }

    private record PlivoParameter(String name, String value) implements Comparable<PlivoParameter> {
        static PlivoParameter of(String text) {
            int equals = text.indexOf('=');
            return equals < 0
                    ? new PlivoParameter(decoded(text), "")
                    : new PlivoParameter(decoded(text.substring(0, equals)), decoded(text.substring(equals + 1)));
        }

        /** Plivo's libraries sort and sign what the query means, not how it is written. */
        private static String decoded(String text) {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        }

        @Override
        public int compareTo(PlivoParameter other) {
            int byName = name.compareTo(other.name);
            return byName != 0 ? byName : value.compareTo(other.value);
        }
    }

    private static String hmac(String algorithm, String secret, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(algorithm + " is in every JDK", impossible);
        }
    }
}
