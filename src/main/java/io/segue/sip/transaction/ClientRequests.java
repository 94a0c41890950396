package io.segue.sip.transaction;

import io.segue.sip.message.Headers;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/** The requests that the transaction layer makes of an INVITE of ours. */
final class ClientRequests {
    private ClientRequests() {}

    /** The ACK to a refusal (RFC 3261 17.1.1.3): the To of the response, all else of the INVITE. */
    static SipRequest ack(SipRequest invite, SipResponse refusal) {
        String to = refusal.headers().first("To");
        return like(invite, "ACK", to == null ? invite.headers().first("To") : to)
                .request();
    }

    /** The CANCEL (RFC 3261 9.1), with a Reason (RFC 3326) if there is one. */
    static SipRequest cancel(SipRequest invite, @Nullable String reason) {
        Draft draft = like(invite, "CANCEL", invite.headers().first("To"));
        if (reason != null) {
            draft.headers.add("Reason", reason);
        }
        return draft.request();
    }

    private static Draft like(SipRequest invite, String method, @Nullable String to) {
        Headers source = invite.headers();
        Headers.Builder headers = Headers.builder();
        copy(source, "Via", headers);
        headers.addEach("Route", source.all("Route"));
        headers.add("Max-Forwards", "70");
        copy(source, "From", headers);
        if (to != null) {
            headers.add("To", to);
        }
        copy(source, "Call-ID", headers);
        headers.add("CSeq", invite.cseq().number() + " " + method);
        return new Draft(method, invite, headers);
    }

    private static void copy(Headers source, String name, Headers.Builder target) {
        String value = source.first(name);
        if (value != null) {
            target.add(name, value);
        }
    }

    private record Draft(String method, SipRequest invite, Headers.Builder headers) {
        SipRequest request() {
            return new SipRequest(method, invite.requestUri(), headers.build());
        }
    }
}
