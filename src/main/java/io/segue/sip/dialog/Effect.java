package io.segue.sip.dialog;

import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.transaction.ServerTransactionId;
import java.util.List;

/** What a step asks for, to be carried out in order. */
public sealed interface Effect
        permits Effect.Respond,
                Effect.Retransmit2xx,
                Effect.Request,
                Effect.Cancel,
                Effect.Ack,
                Effect.StartTimer,
                Effect.StopTimer,
                News {
    /** Answers through the server transaction. */
    record Respond(ServerTransactionId id, SipResponse response) implements Effect {}

    /** Says a 2xx to an INVITE again (RFC 3261 13.3.1.4, on every transport). */
    record Retransmit2xx(ServerTransactionId id, SipResponse response) implements Effect {}

    /**
     * Sends a request through a new client transaction. It has no Via yet; it goes to its first Route, else to its Request-URI
     * (RFC 3261 8.1.2). Its answers come back as {@link Signal.Responded}, {@link Signal.TimedOut} or {@link Signal.Unsent}.
     */
    record Request(SipRequest request) implements Effect {}

    /**
     * Cancels the INVITE that was sent last.
     *
     * @param invite as it was given to be sent
     */
    record Cancel(SipRequest invite, List<Reason> reasons) implements Effect {}

    /** Sends an ACK to a 2xx, past the transactions, each time anew. */
    record Ack(SipRequest ack) implements Effect {}

    /** Starts a timer, or starts it anew. */
    record StartTimer(TimerKind kind, long delayMs) implements Effect {}

    /** Stops a timer that may run. */
    record StopTimer(TimerKind kind) implements Effect {}
}
