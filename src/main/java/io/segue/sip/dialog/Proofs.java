package io.segue.sip.dialog;

import io.segue.sip.dialog.Session.Proof;
import io.segue.sip.digest.DigestAnswer;
import io.segue.sip.digest.DigestCredentials;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers challenges of a request of ours that are of the realm we have credentials for (RFC 3261 22.2, 22.3): those of a proxy and those of the
 * user agent behind it once each, and once more where the nonce is said to be stale.
 */
final class Proofs {
    /** Times that one kind of challenge is answered for one request; past it a peer that finds every nonce stale is refused. */
    static final int ANSWERS_MAX = 2;

    /** A request with its proofs. */
    record Proven(SipRequest request, List<Proof> proofs) {}

    private Proofs() {}

    static boolean isChallenge(SipResponse response) {
        return response.status() == 401 || response.status() == 407;
    }

    /**
     * The request once more, with its proofs.
     *
     * @param next already has its new CSeq
     * @param before the proofs of the request that was challenged
     * @return empty: it stays unanswered
     */
    static Optional<Proven> prove(
            SipRequest next,
            List<Proof> before,
            SipResponse challenged,
            @Nullable DigestCredentials credentials,
            Outbox out) {
        if (credentials == null || !isChallenge(challenged)) {
            return Optional.empty();
        }
        boolean proxy = challenged.status() == 407;
        String header = proxy ? "Proxy-Authorization" : "Authorization";
        List<String> challenges = challenged.headers().all(proxy ? "Proxy-Authenticate" : "WWW-Authenticate");
        int answered = 0;
        List<Proof> proofs = new ArrayList<>();
        for (Proof proof : before) {
            if (proof.header().equals(header)) {
                answered = proof.answered();
            } else {
                proofs.add(proof.again());
            }
        }
        if (answered >= ANSWERS_MAX || answered > 0 && !DigestAnswer.isStale(challenges, credentials)) {
            return Optional.empty();
        }
        proofs.add(new Proof(header, challenges, 1, answered + 1));
        return with(next, proofs, credentials, out);
    }

    private static Optional<Proven> with(
            SipRequest request, List<Proof> proofs, DigestCredentials credentials, Outbox out) {
        SipRequest proven = request;
        for (Proof proof : proofs) {
            Optional<String> value = DigestAnswer.to(
                    proof.challenges(),
                    credentials,
                    request.method(),
                    request.requestUri().toString(),
                    out.ids.tag(),
                    proof.count());
            if (value.isEmpty()) {
                return Optional.empty();
            }
            proven = proven.withHeaders(proven.headers().with(proof.header(), value.get()));
        }
        return Optional.of(new Proven(proven, List.copyOf(proofs)));
    }
}
