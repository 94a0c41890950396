package io.segue.sip.transaction;

import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;

/** What the transactions tell (RFC 3261 5, "transaction user"). Called on the endpoint's own thread: hand on what takes time. */
public interface TransactionUser {
    /** A new request, each once, neither ACK nor CANCEL. Has to be answered with {@link TransactionLayer#respond}. */
    void onRequest(ServerTransactionId id, SipRequest request, Arrival arrival);

    /** An ACK to a 2xx, each time it comes; or one that belongs to nothing. */
    void onAck(SipRequest ack, Arrival arrival);

    /** An INVITE without a final answer was cancelled; the CANCEL has been answered, the INVITE wants its 487. */
    void onCancel(ServerTransactionId invite, SipRequest cancel);

    /** An answer: any number of provisional ones, then one final one. Those of a CANCEL are not told. */
    void onResponse(ClientTransactionId id, SipResponse response);

    /** No final answer came in time; none will be told any more. */
    void onTimeout(ClientTransactionId id);

    /** The request could not be sent; no answer will be told any more. */
    void onTransportError(ClientTransactionId id);

    /** A WebSocket is gone: nobody is reached down it any more. Transactions that waited for its answers have been told of already. */
    void onConnectionLost(ConnectionId connection);

    /** A 2xx to an INVITE after the one that {@link #onResponse} told: repeated, or of another fork. Wants an ACK. */
    void onStray2xx(SipResponse response);
}
