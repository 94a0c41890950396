package io.segue.sip.dialog;

import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.transaction.ServerTransactionId;

/** What came from the network, as the transactions tell it, or from a timer. */
public sealed interface Signal extends Event {
    /** A request on the dialog (or that claims to be), neither ACK nor CANCEL. */
    record Requested(ServerTransactionId id, SipRequest request) implements Signal {}

    /** An ACK to a 2xx, each time it comes. */
    record Acknowledged(SipRequest ack) implements Signal {}

    /** An INVITE that has no final answer yet was cancelled; the transactions have answered the CANCEL. */
    record Cancelled(ServerTransactionId invite, SipRequest cancel) implements Signal {}

    /** An answer to a request of ours; also each repeated or forked 2xx that the transactions pass on. */
    record Responded(SipResponse response) implements Signal {}

    /** A request of ours got no final answer in time. */
    record TimedOut(SipRequest request) implements Signal {}

    /** A request of ours could not be sent. */
    record Unsent(SipRequest request) implements Signal {}

    /** A timer ran out. */
    record TimerFired(TimerKind kind) implements Signal {}
}
