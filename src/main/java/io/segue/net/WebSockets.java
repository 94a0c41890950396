package io.segue.net;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Where an HTTP server takes the WebSockets that speak SIP (RFC 7118). Safe from any thread. */
public interface WebSockets {
    /** A socket that is up, seen from here. Nothing here waits. */
    interface Socket {
        /** Sends one message; as text where it is UTF-8. */
        void send(byte[] message);

        /** Octets that were sent and have not gone to the network yet. */
        long unsentBytes();

        /** A ping, whose answer is told to {@link Peer#alive}. */
        void ping();

        /** @param code a status of RFC 6455 7.4 */
        void close(int code, String why);
    }

    /** What came down a socket is told to this, in order. */
    interface Peer {
        /**
         * One message, which is ours from now on.
         *
         * @param taken run when it has been dealt with: then the next may come
         */
        void message(byte[] message, Runnable taken);

        /** The beginning of a message longer than the limit, of which more came than is told; the socket is closed. */
        void tooLong(byte[] beginning);

        /** The peer is there: it answered a ping, or sent a part of a message. */
        void alive();

        void closed();
    }

    /** Room for one socket. Exactly one of its methods is called. */
    interface Seat {
        /**
         * @param local the address it came to
         * @param secure whether it is inside TLS, as the peer sees it
         */
        Peer taken(InetSocketAddress local, boolean secure, Socket socket);

        /** It came to nothing. */
        void left();
    }

    /**
     * Room for one more, to be asked for before it is accepted; none: too many are here, which is counted.
     *
     * @param remote the peer's address, behind a trusted HTTP proxy as that says
     */
    @Nullable
    Seat seat(InetSocketAddress remote);

    /** Counts a socket that was not accepted. */
    void refused(Drop why);

    /** The longest message taken, octets. */
    int messageBytesMax();
}
