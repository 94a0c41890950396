package io.segue.sip.transaction;

import io.segue.sip.message.Headers;
import io.segue.sip.message.Responses;
import io.segue.sip.message.SipRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server transaction keeps of its request.
 *
 * @param essence the request with no more than an answer copies, so that the rest can be collected while the transaction lingers
 * @param back where answers go
 * @param mergeKey what a merged request has in common with this one; none inside a dialog
 */
record ServerRequest(
        ServerTransactionId id,
        SipRequest essence,
        Destination back,
        @Nullable String mergeKey) {
    private static final List<String> COPIED = List.of("From", "To", "Call-ID", "CSeq", "Timestamp");

    static ServerRequest of(ServerTransactionId id, SipRequest request, Destination back, @Nullable String mergeKey) {
        Headers headers = request.headers();
        Headers.Builder kept = Headers.builder().addEach("Via", headers.all("Via"));
        for (String name : COPIED) {
            String value = headers.first(name);
            if (value != null) {
                kept.add(name, value);
            }
        }
        SipRequest essence = new SipRequest(request.method(), request.requestUri(), kept.build());
        return new ServerRequest(id, essence, back, mergeKey);
    }

    /** An answer of the layer's own. */
    Outgoing answer(int status, String reason) {
        return answer(status, reason, null);
    }

    Outgoing answer(int status, String reason, @Nullable String toTag) {
        String tag = status == 100 ? null : toTag != null ? toTag : TransactionKey.tagFor(essence);
        return Outbound.response(Responses.to(essence, status, reason, tag), back);
    }

    Outgoing unavailable(int retryAfterSeconds) {
        return Outbound.response(
                Responses.to(essence, 503, "Service Unavailable", TransactionKey.tagFor(essence))
                        .with("Retry-After", Integer.toString(retryAfterSeconds)),
                back);
    }
}
