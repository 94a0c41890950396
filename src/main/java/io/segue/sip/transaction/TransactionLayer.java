package io.segue.sip.transaction;

import io.segue.sip.message.Responses;
import io.segue.sip.message.SipMessage;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.message.SipWriter;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All transactions of an endpoint (RFC 3261 17). For one thread at a time; milliseconds of any clock that never goes back are
 * passed in. What the user does from within a callback is allowed.
 */
public final class TransactionLayer {
    private final DeadlineQueue deadlines = new DeadlineQueue();
    private final ServerTransactions servers;
    private final ClientTransactions clients;
    private final Wire wire;
    private final boolean symmetric;

    /**
     * @param sentBy how peers reach us over each transport
     * @param symmetric whether answers over UDP go to the port a request came from, even where RFC 3581 is not asked for
     */
    public TransactionLayer(
            Limits limits, Wire wire, TransactionUser user, Function<Transport, SentBy> sentBy, boolean symmetric) {
        this.wire = wire;
        this.symmetric = symmetric;
        Room room = new Room(limits.transactionsMax());
        this.servers = new ServerTransactions(limits, wire, user, deadlines, room, symmetric);
        this.clients = new ClientTransactions(limits, wire, user, sentBy, deadlines, room);
    }

    /** Takes a message that came; false when it is a response that belongs to nothing. */
    public boolean receive(SipMessage message, Arrival arrival, long nowMs) {
        return switch (message) {
            case SipRequest request -> {
                servers.receive(request, arrival, nowMs);
                yield true;
            }
            case SipResponse response -> clients.receive(response, nowMs);
        };
    }

    /** Whether a response belongs to a request of ours that still waits or lingers. */
    public boolean expects(SipResponse response) {
        return clients.expects(response);
    }

    /**
     * Answers a request that the transactions cannot take, without a transaction (RFC 3261 8.2.7); an ACK gets nothing.
     *
     * @return whether an answer was sent
     */
    public boolean refuse(SipRequest asFarAsUnderstood, int status, String reason, Arrival arrival) {
        if (asFarAsUnderstood.method().equals("ACK")) {
            return false;
        }
        SipRequest request = ResponseRoute.stamp(asFarAsUnderstood, arrival);
        SipResponse response = Responses.to(request, status, reason, TransactionKey.tagFor(request));
        Destination back = ResponseRoute.of(request, arrival, symmetric);
        wire.send(new Outgoing(request.method(), status, SipWriter.write(response), back, false, null));
        return true;
    }

    /** Lets everything happen that is due. */
    public void tick(long nowMs) {
        for (Transaction due = deadlines.due(nowMs); due != null; due = deadlines.due(nowMs)) {
            due.tick(nowMs);
            if (due.place >= 0) {
                deadlines.place(due);
            }
        }
    }

    /** When {@link #tick} is wanted next; {@link Long#MAX_VALUE} while nothing waits. */
    public long nextDeadline() {
        return deadlines.next();
    }

    /** A request could not be sent, or its connection was refused or lost. */
    public void transportFailed(ClientTransactionId id, long nowMs) {
        clients.transportFailed(id, nowMs);
    }

    /** Answers a request; false when it has been answered for good, or is gone. A 2xx to an INVITE may be given again. */
    public boolean respond(ServerTransactionId id, SipResponse response, long nowMs) {
        return servers.respond(id, response, nowMs);
    }

    /**
     * Sends a request other than ACK and CANCEL. The layer puts the Via on top.
     *
     * @param branch new and unguessable, beginning with {@code z9hG4bK}
     */
    public ClientTransactionId request(SipRequest request, String branch, Destination to, long nowMs) {
        return clients.request(request, branch, to, nowMs);
    }

    /**
     * Cancels an INVITE as soon as it may be (RFC 3261 9.1). Its final answer is told as ever: 487, or a 2xx that crossed.
     *
     * @param reason a Reason header's value (RFC 3326)
     */
    public void cancel(ClientTransactionId invite, @Nullable String reason, long nowMs) {
        clients.cancel(invite, reason, nowMs);
    }

    /** An ACK to a 2xx with our Via on top, unless it has one. Safe from any thread. */
    public SipRequest ready(SipRequest ack, String branch, Destination to) {
        return clients.ready(ack, branch, to);
    }

    /**
     * Sends a message without a transaction: an ACK to a 2xx, or a 2xx again.
     *
     * @param first whether it is sent for the first time
     */
    public void send(SipMessage message, Destination to, boolean first) {
        Outgoing outgoing =
                switch (message) {
                    case SipRequest request -> Outbound.request(request, to, null);
                    case SipResponse response -> Outbound.response(response, to);
                };
        wire.send(first ? outgoing : outgoing.repeated());
    }

    /** Transactions that wait or linger. */
    public int size() {
        return servers.size() + clients.size();
    }
}
