package io.segue.sip.transaction;

import io.segue.sip.message.SipResponse;

/** What the two client machines have. */
sealed interface ClientTransaction permits InviteClient, OtherClient {
    ClientTransactionId id();

    void start(long now);

    void receive(SipResponse response, long now);

    /** The request could not be sent, or its connection is lost. */
    void transportFailed(long now);
}
