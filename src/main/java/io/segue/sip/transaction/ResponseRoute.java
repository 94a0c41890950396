package io.segue.sip.transaction;

import io.segue.sip.message.SipRequest;
import io.segue.sip.message.Via;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The way back of a response: what the server writes into the top Via, and where it sends to (RFC 3261 18.2.1, 18.2.2, RFC 3581 4). */
public final class ResponseRoute {
    private static final int DEFAULT_PORT = 5060;

    private ResponseRoute() {}

    /** The request with {@code received} and {@code rport} in its top Via, where they are needed. */
    public static SipRequest stamp(SipRequest request, Arrival arrival) {
        Via via = request.topVia();
        Via stamped = via;
        if (via.wantsRport()) {
            stamped =
                    stamped.withParam("rport", Integer.toString(arrival.remote().getPort()));
        }
        InetAddress source = arrival.remote().getAddress();
        if (via.wantsRport() || via.received() != null || !source.equals(literal(via.address()))) {
            stamped = stamped.withParam("received", text(source));
        }
        return stamped == via ? request : request.withHeaders(request.headers().withTopVia(stamped));
    }

    /**
     * Where answers to a stamped request go. Over TCP its connection comes first, then the address here; of a WebSocket there is only the
     * connection (RFC 7118 5.1).
     *
     * @param symmetric whether answers go to the port the request came from, asked for or not
     */
    public static Destination of(SipRequest stamped, Arrival arrival, boolean symmetric) {
        Via via = stamped.topVia();
        int sentByPort = via.port() == null || via.port() == 0 ? DEFAULT_PORT : via.port();
        InetAddress source = arrival.remote().getAddress();
        if (arrival.transport().isWebSocket()) {
            return arrival.back();
        }
        if (arrival.transport() == Transport.TCP) {
            return new Destination(
                    Transport.TCP, new InetSocketAddress(source, sentByPort), arrival.connection(), true);
        }
        InetAddress elsewhere = literal(via.params().get("maddr"));
        if (elsewhere != null && !elsewhere.isMulticastAddress()) {
            return Destination.onlyUdp(new InetSocketAddress(elsewhere, sentByPort));
        }
        int port = symmetric || via.wantsRport() ? arrival.remote().getPort() : sentByPort;
        return Destination.onlyUdp(new InetSocketAddress(source, port));
    }

    /** Without the scope of a link-local address, which means nothing to the peer. */
    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }

    /** The address when the text is one; names are not looked up. */
    private static @Nullable InetAddress literal(@Nullable String host) {
        if (host == null) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
