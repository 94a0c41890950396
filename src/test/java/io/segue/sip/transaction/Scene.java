package io.segue.sip.transaction;

import io.segue.sip.message.Headers;
import io.segue.sip.message.Limits;
import io.segue.sip.message.Parsed;
import io.segue.sip.message.Responses;
import io.segue.sip.message.SipMessage;
import io.segue.sip.message.SipParser;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.message.Uri;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** A transaction layer with a clock that is set by hand, and lists of what it sent and told. */
final class Scene implements Wire, TransactionUser {
    static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 5070);
    static final InetSocketAddress HERE = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 5060);
    static final Arrival UDP = Arrival.direct(Transport.UDP, PEER, HERE, null);
    static final Arrival TCP = Arrival.direct(Transport.TCP, PEER, HERE, new ConnectionId(3));
    static final String BRANCH = "z9hG4bKours";

    final TransactionLayer layer;
    final List<String> log = new ArrayList<>();
    final List<Outgoing> sent = new ArrayList<>();
    final List<SipRequest> requests = new ArrayList<>();
    long now;
    private Runnable duringRequest = () -> {};

    Scene() {
        this(io.segue.sip.transaction.Limits.defaults());
    }

    Scene(io.segue.sip.transaction.Limits limits) {
        layer = new TransactionLayer(limits, this, this, transport -> new SentBy("192.0.2.1", 5060), false);
    }

    /** Lets time pass, stopping at each deadline. */
    Scene until(long millis) {
        while (layer.nextDeadline() <= millis) {
            now = Math.max(now, layer.nextDeadline());
            layer.tick(now);
        }
        now = millis;
        layer.tick(now);
        return this;
    }

    Scene receive(SipMessage message, Arrival arrival) {
        layer.receive(message, arrival, now);
        return this;
    }

    ServerTransactionId lastId;

    Scene respond(int status) {
        SipResponse response = Responses.to(requests.getLast(), status, "Because", status == 100 ? null : "ourtag");
        boolean taken = layer.respond(lastId, response, now);
        if (!taken) {
            log.add(now + " too late " + status);
        }
        return this;
    }

    void duringRequest(Runnable action) {
        duringRequest = action;
    }

    ClientTransactionId request(String method, Destination to) {
        return layer.request(outgoing(method, 0), BRANCH, to, now);
    }

    /** An answer to what was sent last but ACK and CANCEL. */
    SipResponse answer(int status) {
        return answer(status, "INVITE", "theirtag");
    }

    SipResponse answer(int status, String method, String tag) {
        Outgoing request = sent.stream()
                .filter(out -> out.status() == 0 && out.method().equals(method))
                .toList()
                .getLast();
        return Responses.to((SipRequest) parse(request.bytes()), status, "Because", status == 100 ? null : tag);
    }

    static SipMessage parse(byte[] bytes) {
        return ((Parsed.Message) SipParser.parse(bytes, Limits.defaults())).message();
    }

    SipMessage lastSent() {
        return parse(sent.getLast().bytes());
    }

    static SipRequest outgoing(String method, int bodyBytes) {
        Headers headers = Headers.of(
                "Max-Forwards",
                "70",
                "From",
                "<sip:us@192.0.2.1>;tag=us",
                "To",
                "<sip:them@192.0.2.7>",
                "Call-ID",
                "call-out",
                "CSeq",
                "7 " + method,
                "Route",
                "<sip:proxy@192.0.2.9;lr>");
        Uri uri = Uri.parse("sip:them@192.0.2.7:5070").orElseThrow();
        return new SipRequest(method, uri, headers, new byte[bodyBytes]);
    }

    /** A peer's request. */
    static SipRequest incoming(String method, String branch) {
        return incoming(method, branch, "", 1);
    }

    static SipRequest incoming(String method, String branch, String toTag, int cseq) {
        String via = "SIP/2.0/UDP 192.0.2.7:5070" + (branch.isEmpty() ? "" : ";branch=" + branch);
        Headers headers = Headers.of(
                "Via",
                via,
                "Max-Forwards",
                "70",
                "From",
                "<sip:them@192.0.2.7>;tag=them",
                "To",
                "<sip:us@192.0.2.1>" + (toTag.isEmpty() ? "" : ";tag=" + toTag),
                "Call-ID",
                "call-in",
                "CSeq",
                cseq + " " + method);
        return new SipRequest(method, Uri.parse("sip:us@192.0.2.1").orElseThrow(), headers);
    }

    @Override
    public void send(Outgoing outgoing) {
        sent.add(outgoing);
        String what = outgoing.status() == 0 ? outgoing.method() : Integer.toString(outgoing.status());
        log.add(now + " send " + what);
    }

    @Override
    public void onRequest(ServerTransactionId id, SipRequest request, Arrival arrival) {
        lastId = id;
        requests.add(request);
        log.add(now + " told " + request.method());
        duringRequest.run();
    }

    @Override
    public void onAck(SipRequest ack, Arrival arrival) {
        log.add(now + " told ACK");
    }

    @Override
    public void onCancel(ServerTransactionId invite, SipRequest cancel) {
        log.add(now + " told CANCEL");
    }

    @Override
    public void onResponse(ClientTransactionId id, SipResponse response) {
        log.add(now + " told " + response.status());
    }

    @Override
    public void onTimeout(ClientTransactionId id) {
        log.add(now + " timeout");
    }

    @Override
    public void onTransportError(ClientTransactionId id) {
        log.add(now + " transport error");
    }

    @Override
    public void onConnectionLost(ConnectionId connection) {
        log.add(now + " lost " + connection);
    }

    @Override
    public void onStray2xx(SipResponse response) {
        log.add(now + " stray " + response.status());
    }
}
