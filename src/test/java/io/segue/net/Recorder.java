package io.segue.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.flow.leg.Signalling;
import io.segue.sip.message.Responses;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.transaction.Arrival;
import io.segue.sip.transaction.ClientTransactionId;
import io.segue.sip.transaction.ConnectionId;
import io.segue.sip.transaction.ServerTransactionId;
import io.segue.sip.transaction.TransactionUser;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Writes down what it is told; answers INVITE by hand and all else 200. */
final class Recorder implements TransactionUser {
    /** What was told; id and message where there are. */
    record Told(
            String what, ServerTransactionId server, ClientTransactionId client, SipRequest request, Arrival arrival) {}

    private final Signalling signalling;
    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();

    Recorder(Signalling signalling) {
        this.signalling = signalling;
    }

    /** The next thing told, which has to be this. */
    Told expect(String what) throws InterruptedException {
        Told next = told.poll(10, TimeUnit.SECONDS);
        assertEquals(what, next == null ? "nothing" : next.what());
        return next;
    }

    boolean quiet() {
        return told.isEmpty();
    }

    void answer(Told request, int status) {
        signalling.respond(request.server(), Responses.to(request.request(), status, "Because", "ourtag"));
    }

    @Override
    public void onRequest(ServerTransactionId id, SipRequest request, Arrival arrival) {
        if (request.header("X-Break") != null) {
            throw new OutOfMemoryError("asked for by the test");
        }
        if (!request.is("INVITE")) {
            signalling.respond(id, Responses.to(request, 200, "OK", "ourtag"));
        }
        told.add(new Told(request.method(), id, null, request, arrival));
    }

    @Override
    public void onAck(SipRequest ack, Arrival arrival) {
        told.add(new Told("ACK", null, null, ack, arrival));
    }

    @Override
    public void onCancel(ServerTransactionId invite, SipRequest cancel) {
        told.add(new Told("CANCEL", invite, null, cancel, null));
    }

    @Override
    public void onResponse(ClientTransactionId id, SipResponse response) {
        told.add(new Told(Integer.toString(response.status()), null, id, null, null));
    }

    @Override
    public void onTimeout(ClientTransactionId id) {
        told.add(new Told("timeout", null, id, null, null));
    }

    @Override
    public void onTransportError(ClientTransactionId id) {
        told.add(new Told("transport error", null, id, null, null));
    }

    @Override
    public void onConnectionLost(ConnectionId connection) {
        told.add(new Told("connection lost", null, null, null, null));
    }

    @Override
    public void onStray2xx(SipResponse response) {
        told.add(new Told("stray", null, null, null, null));
    }
}
