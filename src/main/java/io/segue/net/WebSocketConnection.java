package io.segue.net;

import io.segue.sip.transaction.Arrival;
import io.segue.sip.transaction.ClientTransactionId;
import io.segue.sip.transaction.ConnectionId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One WebSocket that speaks SIP (RFC 7118): each message of its own is one of SIP. On the endpoint's thread. */
final class WebSocketConnection {
    private static final byte[] PONG = {'\r', '\n'};
    private static final int OWNERS_MAX = 256;
    private static final int POLICY = 1008;
    private static final int TOO_BIG = 1009;
    private static final int TRY_AGAIN = 1013;
    private static final int GOING_AWAY = 1001;

    final ConnectionId id;

    private final Arrival arrival;
    private final WebSockets.Socket socket;
    private final Inbox inbox;
    private final SipCounters counters;
    private final Limits limits;
    private final WebSocketConfig config;
    private final Consumer<WebSocketConnection> over;
    private final Deque<ClientTransactionId> owners = new ArrayDeque<>();
    private long registeredAt;
    private long pingedAt;
    private boolean closed;

    /** When the peer was last heard of; written by whoever reads the socket. */
    private volatile long aliveAt;

    /** @param over told when we close it: nothing is waited for then, for its peer may be mute */
    WebSocketConnection(
            Arrival arrival,
            ConnectionId id,
            WebSockets.Socket socket,
            Inbox inbox,
            SipCounters counters,
            Limits limits,
            WebSocketConfig config,
            Consumer<WebSocketConnection> over,
            long now) {
        this.id = id;
        this.arrival = arrival;
        this.socket = socket;
        this.inbox = inbox;
        this.counters = counters;
        this.limits = limits;
        this.config = config;
        this.over = over;
        this.registeredAt = now;
        this.pingedAt = now;
        this.aliveAt = now;
    }

    void alive(long now) {
        aliveAt = now;
    }

    void message(byte[] message, long now) {
        if (closed) {
            return;
        }
        if (isKeepAlive(message)) {
            if (message.length >= 4) {
                send(PONG, null);
            }
            return;
        }
        switch (inbox.take(message, 0, message.length, arrival, now)) {
            case ADMITTED, IGNORED -> {}
            case REFUSED -> close(POLICY, "register first");
        }
    }

    /** CRLF CRLF wants one CRLF back (RFC 5626 3.5.1, RFC 7118 6); one alone is such an answer. */
    private static boolean isKeepAlive(byte[] message) {
        for (byte b : message) {
            if (b != '\r' && b != '\n') {
                return false;
            }
        }
        return true;
    }

    void tooLong(byte[] beginning, long now) {
        counters.drop(Drop.TOO_LONG);
        if (!closed) {
            inbox.takeHead(beginning, 0, beginning.length, 513, "Message Too Large", arrival, now);
            close(TOO_BIG, "a message has " + limits.messageBytesMax() + " octets at most");
        }
    }

    /** Whether it went, or waits to go. */
    boolean send(byte[] bytes, @Nullable ClientTransactionId owner) {
        if (closed) {
            return false;
        }
        if (socket.unsentBytes() + bytes.length > limits.unsentBytesMax()) {
            counters.drop(Drop.UNSENT_MAX);
            close(TRY_AGAIN, "too much waits to be read");
            return false;
        }
        if (owner != null) {
            if (owners.size() == OWNERS_MAX) {
                owners.removeFirst();
            }
            owners.addLast(owner);
        }
        socket.send(bytes);
        return true;
    }

    void sweep(long now) {
        if (inbox.knows(arrival)) {
            registeredAt = now;
        }
        if (now - registeredAt >= config.unregisteredMs()) {
            counters.drop(Drop.UNREGISTERED);
            close(POLICY, "nobody has registered here");
        } else if (now - aliveAt >= config.silentMs()) {
            close(GOING_AWAY, "no answer to pings");
        } else if (now - pingedAt >= config.pingMs()) {
            pingedAt = now;
            socket.ping();
        }
    }

    void close(int code, String why) {
        if (!closed) {
            closed = true;
            socket.close(code, why);
            over.accept(this);
        }
    }

    /** It is gone. Gives the latest of our requests that went down it, some of which wait for an answer. */
    List<ClientTransactionId> gone() {
        closed = true;
        List<ClientTransactionId> unanswered = List.copyOf(owners);
        owners.clear();
        return unanswered;
    }
}
