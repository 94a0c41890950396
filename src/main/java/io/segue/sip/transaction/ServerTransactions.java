package io.segue.sip.transaction;

import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Peers' requests, found by branch and sent-by or by the rules of RFC 2543 (RFC 3261 17.2.3). */
final class ServerTransactions implements Effects {
    private final Map<ServerTransactionId, ServerTransaction> transactions = new HashMap<>();
    private final Map<String, ServerTransactionId> merged = new HashMap<>();
    private final Limits limits;
    private final Wire wire;
    private final TransactionUser user;
    private final DeadlineQueue deadlines;
    private final Room room;
    private final boolean symmetric;

    ServerTransactions(
            Limits limits, Wire wire, TransactionUser user, DeadlineQueue deadlines, Room room, boolean symmetric) {
        this.limits = limits;
        this.wire = wire;
        this.user = user;
        this.deadlines = deadlines;
        this.room = room;
        this.symmetric = symmetric;
    }

    int size() {
        return transactions.size();
    }

    void receive(SipRequest asSent, Arrival arrival, long now) {
        SipRequest request = ResponseRoute.stamp(asSent, arrival);
        ServerTransactionId id = new ServerTransactionId(TransactionKey.of(asSent), asSent.method());
        if (request.method().equals("ACK")) {
            acknowledge(id.as("INVITE"), request, arrival, now);
            return;
        }
        ServerTransaction known = transactions.get(id);
        if (known != null) {
            repeated(known, now);
        } else if (request.method().equals("CANCEL")) {
            cancel(id, request, arrival, now);
        } else {
            begin(id, request, arrival, now);
        }
    }

    private void begin(ServerTransactionId id, SipRequest request, Arrival arrival, long now) {
        String mergeKey = TransactionKey.merge(request);
        ServerRequest kept = ServerRequest.of(id, request, ResponseRoute.of(request, arrival, symmetric), mergeKey);
        if (mergeKey != null && merged.containsKey(mergeKey)) {
            wire.send(kept.answer(482, "Loop Detected"));
            return;
        }
        if (!room.take()) {
            wire.send(kept.unavailable(limits.retryAfterSeconds()));
            return;
        }
        open(kept, now);
        try {
            user.onRequest(id, request, arrival);
        } catch (RuntimeException | Error e) {
            respond(kept.answer(500, "Server Internal Error"), id, now);
            throw e;
        }
    }

    private ServerTransaction open(ServerRequest kept, long now) {
        boolean invite = kept.id().method().equals("INVITE");
        ServerTransaction opened =
                invite ? new InviteServer(kept, limits, this, now) : new OtherServer(kept, limits, this, now);
        transactions.put(kept.id(), opened);
        if (kept.mergeKey() != null) {
            merged.put(kept.mergeKey(), kept.id());
        }
        place(opened);
        return opened;
    }

    private void repeated(ServerTransaction known, long now) {
        ServerTransactionId id = known.request().id();
        boolean held = id.method().equals("CANCEL")
                && transactions.get(id.as("INVITE")) instanceof InviteServer invite
                && answerHeldCancel(invite, null, now);
        if (!held) {
            known.repeated();
            place(known);
        }
    }

    /**
     * RFC 3261 9.2: 481 where there is nothing to cancel, else 200, with the To tag that the INVITE's answers have. Where that has none yet the 200 is
     * held until it does; a CANCEL that is repeated meanwhile gets it without.
     */
    private void cancel(ServerTransactionId id, SipRequest cancel, Arrival arrival, long now) {
        ServerTransactionId inviteId = id.as("INVITE");
        ServerRequest kept = ServerRequest.of(id, cancel, ResponseRoute.of(cancel, arrival, symmetric), null);
        room.takeOneMore();
        ServerTransaction transaction = open(kept, now);
        if (!(transactions.get(inviteId) instanceof InviteServer invite)) {
            transaction.respond(kept.answer(481, "Call/Transaction Does Not Exist"), now);
            place(transaction);
            return;
        }
        place(transaction);
        invite.holdCancel(id);
        if (invite.toTag() != null || !invite.awaitsFinalAnswer()) {
            answerHeldCancel(invite, invite.toTag(), now);
        }
        if (invite.awaitsFinalAnswer()) {
            user.onCancel(inviteId, cancel);
        }
    }

    /** Answers the CANCEL that waits for a tag of its INVITE's, if there is one. */
    private boolean answerHeldCancel(InviteServer invite, @Nullable String tag, long now) {
        ServerTransactionId id = invite.takeHeldCancel();
        ServerTransaction cancel = id == null ? null : transactions.get(id);
        return id != null && cancel != null && respond(cancel.request().answer(200, "OK", tag), id, now);
    }

    private void acknowledge(ServerTransactionId inviteId, SipRequest ack, Arrival arrival, long now) {
        if (transactions.get(inviteId) instanceof InviteServer invite
                && (ack.topVia().hasUniqueBranch()
                        || invite.answeredWith(ack.to().tag()))
                && invite.acknowledge(now) == InviteServer.Acknowledged.ABSORBED) {
            place(invite);
        } else {
            user.onAck(ack, arrival);
        }
    }

    boolean respond(ServerTransactionId id, SipResponse response, long now) {
        ServerTransaction transaction = transactions.get(id);
        if (transaction == null) {
            return false;
        }
        boolean sent = respond(Outbound.response(response, transaction.request().back()), id, now);
        String tag = response.to().tag();
        if (sent && tag != null && transaction instanceof InviteServer invite) {
            invite.toTag(tag);
            answerHeldCancel(invite, tag, now);
        }
        return sent;
    }

    private boolean respond(Outgoing response, ServerTransactionId id, long now) {
        ServerTransaction transaction = transactions.get(id);
        boolean sent = transaction != null && transaction.respond(response, now);
        if (transaction != null) {
            place(transaction);
        }
        return sent;
    }

    private void place(ServerTransaction transaction) {
        if (transactions.get(transaction.request().id()) == transaction) {
            deadlines.place((Transaction) transaction);
        }
    }

    @Override
    public void send(Outgoing outgoing) {
        wire.send(outgoing);
    }

    @Override
    public void ended(Transaction ended) {
        deadlines.remove(ended);
        if (ended instanceof ServerTransaction transaction) {
            ServerRequest request = transaction.request();
            if (transactions.remove(request.id(), transaction)) {
                room.give();
            }
            if (request.mergeKey() != null) {
                merged.remove(request.mergeKey(), request.id());
            }
        }
    }
}
