package io.segue.sip.dialog;

import io.segue.sip.digest.DigestAnswer;
import io.segue.sip.digest.DigestCredentials;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers a challenge of our request once, when it is of the realm we have credentials for (RFC 3261 22.2, 22.3). */
final class Proofs {
    private Proofs() {}

    static boolean isChallenge(SipResponse response) {
        return response.status() == 401 || response.status() == 407;
    }

    /** The header that answers a response's challenge. */
    static String header(SipResponse challenged) {
        return challenged.status() == 407 ? "Proxy-Authorization" : "Authorization";
    }

    /** The request with its proof; it already has its new CSeq. */
    static Optional<SipRequest> prove(
            SipRequest next, SipResponse challenged, @Nullable DigestCredentials credentials, Outbox out) {
        if (credentials == null || !isChallenge(challenged)) {
            return Optional.empty();
        }
        String asked = challenged.status() == 407 ? "Proxy-Authenticate" : "WWW-Authenticate";
        return DigestAnswer.to(
                        challenged.headers().all(asked),
                        credentials,
                        next.method(),
                        next.requestUri().toString(),
                        out.ids.tag(),
                        1)
                .map(value -> next.withHeaders(next.headers().with(header(challenged), value)));
    }
}
