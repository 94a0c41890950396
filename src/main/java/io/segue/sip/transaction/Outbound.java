package io.segue.sip.transaction;

import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.message.SipWriter;
import org.jspecify.annotations.Nullable;

/** Writes messages for the wire. */
final class Outbound {
    private Outbound() {}

    static Outgoing request(SipRequest request, Destination to, @Nullable ClientTransactionId owner) {
        return new Outgoing(request.method(), 0, SipWriter.write(request), to, false, owner);
    }

    static Outgoing response(SipResponse response, Destination to) {
        return new Outgoing(response.cseq().method(), response.status(), SipWriter.write(response), to, false, null);
    }
}
