package io.segue.sip.transaction;

import io.segue.sip.message.SipResponse;

/** What a client machine can make happen besides. */
interface ClientEffects extends Effects {
    void response(ClientTransactionId id, SipResponse response);

    void stray2xx(SipResponse response);

    void timeout(ClientTransactionId id);

    void transportError(ClientTransactionId id);

    /** A provisional answer has come: a CANCEL that waited for it may go. */
    void cancelNow(InviteClient invite);
}
