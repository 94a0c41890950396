package io.segue.sip.transaction;

import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Our requests, found by the branch and method of an answer (RFC 3261 17.1.3). */
final class ClientTransactions implements ClientEffects {
    private final Map<ClientTransactionId, ClientTransaction> transactions = new HashMap<>();
    private final Limits limits;
    private final Wire wire;
    private final TransactionUser user;
    private final Function<Transport, SentBy> sentBy;
    private final DeadlineQueue deadlines;
    private final Room room;
    private long now;

    ClientTransactions(
            Limits limits,
            Wire wire,
            TransactionUser user,
            Function<Transport, SentBy> sentBy,
            DeadlineQueue deadlines,
            Room room) {
        this.limits = limits;
        this.wire = wire;
        this.user = user;
        this.sentBy = sentBy;
        this.deadlines = deadlines;
        this.room = room;
    }

    int size() {
        return transactions.size();
    }

    ClientTransactionId request(SipRequest request, String branch, Destination to, long nowMs) {
        String method = request.method();
        if (method.equals("ACK") || method.equals("CANCEL")) {
            throw new IllegalArgumentException("no transaction of its own for " + method);
        }
        ClientTransactionId id = new ClientTransactionId(branch, method);
        if (room.take()) {
            start(id, ready(request, id, to), nowMs);
        } else {
            user.onTransportError(id);
        }
        return id;
    }

    private void start(ClientTransactionId id, ClientRequest ready, long nowMs) {
        now = nowMs;
        ClientTransaction transaction = id.method().equals("INVITE")
                ? new InviteClient(id, ready, limits, this)
                : new OtherClient(id, ready, limits, this);
        transactions.put(id, transaction);
        transaction.start(nowMs);
        place(transaction);
    }

    private ClientRequest ready(SipRequest request, ClientTransactionId id, Destination to) {
        ClientRequest asAsked = stamped(request, id, to, null);
        boolean tooLong = asAsked.outgoing().bytes().length > limits.datagramRequestBytesMax();
        if (to.transport().isReliable() || to.exact() || !tooLong) {
            return asAsked;
        }
        return stamped(request, id, to.over(Transport.TCP), asAsked);
    }

    private ClientRequest stamped(
            SipRequest request, ClientTransactionId id, Destination to, @Nullable ClientRequest fallback) {
        SipRequest withVia = withVia(request, id.branch(), to);
        return new ClientRequest(withVia, Outbound.request(withVia, to, id), fallback);
    }

    /** RFC 3261 18.1.1, RFC 3581 3. */
    private SipRequest withVia(SipRequest request, String branch, Destination to) {
        String via = "SIP/2.0/" + to.transport() + " " + sentBy.apply(to.transport()) + ";branch=" + branch + ";rport";
        return new SipRequest(
                request.method(), request.requestUri(), request.headers().prepend("Via", via), request.body());
    }

    SipRequest ready(SipRequest ack, String branch, Destination to) {
        return ack.headers().has("Via") ? ack : withVia(ack, branch, to);
    }

    boolean expects(SipResponse response) {
        return transactions.containsKey(idOf(response));
    }

    private static ClientTransactionId idOf(SipResponse response) {
        String branch = response.topVia().branch();
        return new ClientTransactionId(
                branch == null ? "" : branch, response.cseq().method());
    }

    boolean receive(SipResponse response, long nowMs) {
        now = nowMs;
        if (response.vias().size() != 1) {
            return false;
        }
        ClientTransaction transaction = transactions.get(idOf(response));
        if (transaction != null) {
            transaction.receive(response, nowMs);
            place(transaction);
            return true;
        }
        boolean stray2xx = response.success() && response.cseq().method().equals("INVITE");
        if (stray2xx) {
            user.onStray2xx(response);
        }
        return stray2xx;
    }

    void transportFailed(ClientTransactionId id, long nowMs) {
        now = nowMs;
        ClientTransaction transaction = transactions.get(id);
        if (transaction != null) {
            transaction.transportFailed(nowMs);
            place(transaction);
        }
    }

    void cancel(ClientTransactionId id, @Nullable String reason, long nowMs) {
        now = nowMs;
        if (transactions.get(id) instanceof InviteClient invite) {
            invite.cancel(reason, nowMs);
            place(invite);
        }
    }

    private void place(ClientTransaction transaction) {
        if (transactions.get(transaction.id()) == transaction) {
            deadlines.place(transaction);
        }
    }

    @Override
    public void send(Outgoing outgoing) {
        wire.send(outgoing);
    }

    @Override
    public void response(ClientTransactionId id, SipResponse response) {
        if (!id.method().equals("CANCEL")) {
            user.onResponse(id, response);
        }
    }

    @Override
    public void stray2xx(SipResponse response) {
        user.onStray2xx(response);
    }

    @Override
    public void timeout(ClientTransactionId id) {
        if (!id.method().equals("CANCEL")) {
            user.onTimeout(id);
        }
    }

    @Override
    public void transportError(ClientTransactionId id) {
        if (!id.method().equals("CANCEL")) {
            user.onTransportError(id);
        }
    }

    @Override
    public void cancelNow(InviteClient invite) {
        ClientTransactionId id = new ClientTransactionId(invite.id().branch(), "CANCEL");
        if (transactions.containsKey(id)) {
            return;
        }
        room.takeOneMore();
        SipRequest cancel = ClientRequests.cancel(invite.request().request(), invite.cancelReason());
        Outgoing outgoing = Outbound.request(cancel, invite.request().outgoing().to(), id);
        start(id, new ClientRequest(cancel, outgoing, null), now);
    }

    @Override
    public void ended(Transaction ended) {
        deadlines.remove(ended);
        if (ended instanceof ClientTransaction transaction && transactions.remove(transaction.id(), transaction)) {
            room.give();
        }
    }
}
