package io.segue.sip.transaction;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a message goes.
 *
 * @param address used when there is no connection, or it is gone; an unresolved one is looked up by the adapter; of a WebSocket only
 *     where it was opened from
 * @param connection the connection to go down first
 * @param exact whether the transport is what the peer asked for ({@code transport=udp} in its contact); else a request over
 *     1300 bytes goes by TCP (RFC 3261 18.1.1), and by UDP again when that is refused
 */
public record Destination(
        Transport transport,
        InetSocketAddress address,
        @Nullable ConnectionId connection,
        boolean exact) {

    /** By UDP, or by TCP when the request is too long for a datagram. */
    public static Destination udp(InetSocketAddress address) {
        return new Destination(Transport.UDP, address, null, false);
    }

    /** By UDP, however long. */
    public static Destination onlyUdp(InetSocketAddress address) {
        return new Destination(Transport.UDP, address, null, true);
    }

    public static Destination tcp(InetSocketAddress address) {
        return new Destination(Transport.TCP, address, null, true);
    }

    /** Down a connection, or by a new one to the address once it is gone. */
    public static Destination connection(ConnectionId connection, InetSocketAddress address) {
        return new Destination(Transport.TCP, address, connection, true);
    }

    /** Down a WebSocket; once it is gone there is no way. */
    public static Destination webSocket(Transport transport, ConnectionId connection, InetSocketAddress address) {
        return new Destination(transport, address, connection, true);
    }

    Destination over(Transport other) {
        return new Destination(other, address, null, true);
    }

    @Override
    public String toString() {
        return transport + " " + address + (connection == null ? "" : " " + connection);
    }
}
