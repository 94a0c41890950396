package io.segue.flow.leg;

import io.segue.sip.dialog.DialogId;
import io.segue.sip.dialog.Signal;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.message.SipUri;
import io.segue.sip.message.Uri;
import io.segue.sip.transaction.ClientTransactionId;
import io.segue.sip.transaction.Destination;
import io.segue.sip.transaction.SentBy;
import io.segue.sip.transaction.ServerTransactionId;
import io.segue.sip.transaction.Transport;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which leg a message belongs to. Safe from any thread. */
public final class SipRoutes {
    private final Signalling signalling;
    private final Flows flows;
    private final Map<DialogId, SipLeg> legs = new ConcurrentHashMap<>();
    private final Map<ServerTransactionId, SipLeg> invites = new ConcurrentHashMap<>();
    private final Map<ClientTransactionId, Sent> sent = new HashMap<>();
    private volatile Runnable answered = () -> {};

    /** Whoever sent a request, told what came of it. */
    @FunctionalInterface
    public interface Asker {
        /** From any thread; whether there was room for it. */
        boolean post(Signal signal);
    }

    /** A request of ours that waits for its answer. */
    private record Sent(Asker asker, SipRequest request) {}

    public SipRoutes(Signalling signalling, Flows flows) {
        this.signalling = signalling;
        this.flows = flows;
    }

    public Flows flows() {
        return flows;
    }

    public Signalling signalling() {
        return signalling;
    }

    void put(String callId, String localTag, SipLeg leg) {
        legs.put(new DialogId(callId, localTag, ""), leg);
    }

    void remove(String callId, String localTag, SipLeg leg) {
        legs.remove(new DialogId(callId, localTag, ""), leg);
    }

    void putInvite(ServerTransactionId id, SipLeg leg) {
        invites.put(id, leg);
    }

    void removeInvite(ServerTransactionId id) {
        invites.remove(id);
    }

    Optional<SipLeg> ofRequest(SipRequest request) {
        return Optional.ofNullable(legs.get(DialogId.of(request).half()));
    }

    Optional<SipLeg> ofInvite(ServerTransactionId invite) {
        return Optional.ofNullable(invites.get(invite));
    }

    /** Whether none of our requests that make or end a call waits for its answer. */
    public boolean settled() {
        synchronized (sent) {
            return sent.values().stream()
                    .allMatch(waiting -> waiting.request().method().equals("OPTIONS"));
        }
    }

    /** Tells, from any thread, whenever a request of ours has got its answer or will get none. */
    public void onAnswered(Runnable told) {
        answered = told;
    }

    public int size() {
        return legs.size();
    }

    /** The lock covers the moment between the sending and the noting: an answer may be quicker. */
    public ClientTransactionId send(Asker asker, SipRequest request, Destination to) {
        synchronized (sent) {
            ClientTransactionId id = signalling.request(request, to);
            sent.put(id, new Sent(asker, request));
            return id;
        }
    }

    void responded(ClientTransactionId id, SipResponse response) {
        Sent request = response.status() >= 200 ? taken(id) : noted(id);
        if (request != null) {
            request.asker().post(new Signal.Responded(response));
        }
    }

    void stray(SipResponse response) {
        SipLeg leg = legs.get(DialogId.of(response).half());
        if (leg != null) {
            leg.post(new Signal.Responded(response));
        }
    }

    void timedOut(ClientTransactionId id) {
        Sent request = taken(id);
        if (request != null) {
            request.asker().post(new Signal.TimedOut(request.request()));
        }
    }

    void unsent(ClientTransactionId id) {
        Sent request = taken(id);
        if (request != null) {
            request.asker().post(new Signal.Unsent(request.request()));
        }
    }

    private @Nullable Sent noted(ClientTransactionId id) {
        synchronized (sent) {
            return sent.get(id);
        }
    }

    private @Nullable Sent taken(ClientTransactionId id) {
        Sent taken;
        synchronized (sent) {
            taken = sent.remove(id);
        }
        answered.run();
        return taken;
    }

    /**
     * Where a request goes (RFC 3261 8.1.2): its first Route, else the way its peer came, else its Request-URI.
     *
     * @param peer the connection or address of a peer behind a NAT, or of one that came by TCP; that of a browser leads to where its page is now
     */
    Destination destination(SipRequest request, @Nullable Destination peer) {
        if (!request.routes().isEmpty()) {
            return destination(request.routes().getFirst().uri());
        }
        return peer != null ? flows.now(peer) : destination(request.requestUri());
    }

    /** Where a URI leads; one that is no SIP URI leads nowhere, which the endpoint reports as a request that could not be sent. */
    public static Destination destination(Uri uri) {
        if (!(uri instanceof SipUri sip)) {
            return Destination.udp(InetSocketAddress.createUnresolved("invalid.", 5060));
        }
        Integer given = sip.port();
        String host = sip.host();
        InetSocketAddress address = address(host, given == null ? 5060 : given);
        String transport = sip.transport();
        if (transport == null) {
            return Destination.udp(address);
        }
        return transport.equalsIgnoreCase("tcp") ? Destination.tcp(address) : Destination.onlyUdp(address);
    }

    /** A host without the brackets of an IPv6 reference (RFC 3261 25.1). */
    public static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** Our Contact, as peers by this transport reach us. */
    public static String contact(SentBy us, Transport transport) {
        return "<sip:segue@" + us + transport.uriParameter() + ">";
    }

    private static InetSocketAddress address(String host, int port) {
        String bare = bare(host);
        try {
            return new InetSocketAddress(java.net.InetAddress.ofLiteral(bare), port);
        } catch (IllegalArgumentException e) {
            return InetSocketAddress.createUnresolved(bare, port);
        }
    }
}
