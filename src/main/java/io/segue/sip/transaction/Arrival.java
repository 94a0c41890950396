package io.segue.sip.transaction;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a message came from.
 *
 * @param remote the address it was sent from: a peer's, or its proxy's
 * @param local the address it came to
 * @param connection the connection it came down, none over UDP
 * @param origin the address by which the sender is judged: that of {@code remote}, or with a proxy in front the one below the
 *     proxy's Via
 */
public record Arrival(
        Transport transport,
        InetSocketAddress remote,
        InetSocketAddress local,
        @Nullable ConnectionId connection,
        InetAddress origin) {

    /** One that came without a proxy. */
    public static Arrival direct(
            Transport transport, InetSocketAddress remote, InetSocketAddress local, @Nullable ConnectionId connection) {
        return new Arrival(transport, remote, local, connection, remote.getAddress());
    }

    public Arrival from(InetAddress judged) {
        return new Arrival(transport, remote, local, connection, judged);
    }

    /** The way back to the sender: its connection, or the address the datagram came from. */
    public Destination back() {
        return new Destination(transport, remote, connection, true);
    }
}
