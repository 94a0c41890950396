package io.segue.flow.leg;

import io.segue.sip.message.SipMessage;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.transaction.ClientTransactionId;
import io.segue.sip.transaction.Destination;
import io.segue.sip.transaction.SentBy;
import io.segue.sip.transaction.ServerTransactionId;
import io.segue.sip.transaction.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Sends SIP. Safe from any thread; nothing here waits for the network. What comes of a request is told to the endpoint's {@link
 * io.segue.sip.transaction.TransactionUser}, on the endpoint's thread, possibly before the method here has returned.
 */
public interface Signalling {
    /**
     * Starts a client transaction; the Via is put on top here. Not for ACK and CANCEL.
     *
     * @param to where it goes; a host that is a name is looked up first, and one that has no address is a transport error
     */
    ClientTransactionId request(SipRequest request, Destination to);

    /** Answers a request. A 2xx to an INVITE may be given again, to repeat it. An answer to what is answered or gone does nothing. */
    void respond(ServerTransactionId id, SipResponse response);

    /**
     * Cancels an INVITE of ours as soon as it may be (RFC 3261 9.1); does nothing after its final answer. Its final answer is
     * told as ever: 487, or a 2xx that crossed.
     *
     * @param reason value of a Reason header (RFC 3326)
     */
    void cancel(ClientTransactionId invite, @Nullable String reason);

    /**
     * Sends a message outside any transaction: an ACK to a 2xx, which gets a Via unless it has one, or a 2xx again.
     *
     * @return the message as it goes, to be sent again unchanged
     */
    SipMessage send(SipMessage message, Destination to);

    /** How peers reach us: for Contact. */
    SentBy reachedAt(Transport transport);
}
