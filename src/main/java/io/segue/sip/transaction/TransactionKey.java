package io.segue.sip.transaction;

import io.segue.sip.message.SipRequest;
import io.segue.sip.message.Via;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What makes two requests of a peer the same one (RFC 3261 17.2.3, 8.2.2.2). */
final class TransactionKey {
    private TransactionKey() {}

    /** The same for a request, its repeats, its CANCEL and the ACK to its refusal. Of the Via as the peer sent it. */
    static String of(SipRequest request) {
        Via via = request.topVia();
        if (via.hasUniqueBranch()) {
            String port = via.port() == null ? "" : ":" + via.port();
            return via.branch() + " " + via.host().toLowerCase(Locale.ROOT) + port;
        }
        // RFC 2543. The To tag is left out: a request and the ACK to its refusal differ in it.
        return request.requestUri() + " " + tag(request.from().tag()) + " " + request.callId() + " "
                + request.cseq().number() + " " + via;
    }

    /** The same for copies of a request that came by different ways; none for a request inside a dialog. */
    static @Nullable String merge(SipRequest request) {
        return request.to().tag() != null
                ? null
                : tag(request.from().tag()) + " " + request.callId() + " " + request.cseq();
    }

    /** A To tag that is the same for every repeat of the request (RFC 3261 8.2.6.2, 8.2.7). */
    static String tagFor(SipRequest request) {
        String cseq = request.header("CSeq");
        String from = request.header("From");
        return Integer.toHexString((request.header("Call-ID") + "\n" + cseq + "\n" + from).hashCode());
    }

    private static String tag(@Nullable String tag) {
        return tag == null ? "" : tag;
    }
}
