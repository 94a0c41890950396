package io.segue.net;

import io.segue.sip.transaction.Arrival;
import io.segue.sip.transaction.ClientTransactionId;
import io.segue.sip.transaction.ConnectionId;
import io.segue.sip.transaction.Destination;
import io.segue.sip.transaction.Transport;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** SIP over WebSocket (RFC 7118): the sockets that an HTTP server accepts, brought to the endpoint's thread. */
final class WebSocketPort implements WebSockets, AutoCloseable {
    private static final int GOING_AWAY = 1001;

    private final Loop loop;
    private final Inbox inbox;
    private final Limits limits;
    private final WebSocketConfig config;
    private final SipCounters counters;
    private final Supplier<ConnectionId> numbers;
    private final BiConsumer<ConnectionId, List<ClientTransactionId>> lost;
    private final Seats seats;
    private final Map<ConnectionId, WebSocketConnection> connections = new HashMap<>();

    /** @param lost told of each socket that is gone, and of our requests that may wait for an answer down it */
    WebSocketPort(
            Loop loop,
            Inbox inbox,
            Limits limits,
            WebSocketConfig config,
            SipCounters counters,
            Supplier<ConnectionId> numbers,
            BiConsumer<ConnectionId, List<ClientTransactionId>> lost) {
        this.loop = loop;
        this.inbox = inbox;
        this.limits = limits;
        this.config = config;
        this.counters = counters;
        this.numbers = numbers;
        this.lost = lost;
        this.seats = new Seats(config.socketsMax(), config.socketsPerAddressMax());
    }

    @Override
    public @Nullable Seat seat(InetSocketAddress remote) {
        if (!seats.take(remote.getAddress())) {
            counters.drop(Drop.WEBSOCKETS_MAX);
            return null;
        }
        return new Room(remote);
    }

    @Override
    public void refused(Drop why) {
        counters.drop(why);
    }

    @Override
    public int messageBytesMax() {
        return limits.messageBytesMax();
    }

    int size() {
        return seats.taken();
    }

    /** Whether it went: there is no other way than the socket that is named. */
    boolean send(byte[] bytes, Destination to, @Nullable ClientTransactionId owner) {
        WebSocketConnection connection = to.connection() == null ? null : connections.get(to.connection());
        return connection != null && connection.send(bytes, owner);
    }

    void sweep(long now) {
        List.copyOf(connections.values()).forEach(connection -> connection.sweep(now));
    }

    private void closed(WebSocketConnection connection) {
        if (connections.remove(connection.id, connection)) {
            lost.accept(connection.id, connection.gone());
        }
    }

    /** Asks every socket to close. */
    @Override
    public void close() {
        List.copyOf(connections.values()).forEach(connection -> connection.close(GOING_AWAY, "the gateway stops"));
    }

    private final class Room implements Seat {
        private final InetSocketAddress remote;

        Room(InetSocketAddress remote) {
            this.remote = remote;
        }

        @Override
        public Peer taken(InetSocketAddress local, boolean secure, Socket socket) {
            ConnectionId id = numbers.get();
            Arrival arrival = Arrival.direct(secure ? Transport.WSS : Transport.WS, remote, local, id);
            WebSocketConnection connection = new WebSocketConnection(
                    arrival,
                    id,
                    socket,
                    inbox,
                    counters,
                    limits,
                    config,
                    over -> loop.later(() -> closed(over)),
                    Loop.now());
            loop.execute(() -> connections.put(id, connection));
            return new Heard(connection, remote);
        }

        @Override
        public void left() {
            seats.give(remote.getAddress());
        }
    }

    private final class Heard implements Peer {
        private final WebSocketConnection connection;
        private final InetSocketAddress remote;

        Heard(WebSocketConnection connection, InetSocketAddress remote) {
            this.connection = connection;
            this.remote = remote;
        }

        @Override
        public void message(byte[] message, Runnable taken) {
            alive();
            loop.execute(() -> {
                connection.message(message, Loop.now());
                taken.run();
            });
        }

        @Override
        public void tooLong(byte[] beginning) {
            loop.execute(() -> connection.tooLong(beginning, Loop.now()));
        }

        @Override
        public void alive() {
            connection.alive(Loop.now());
        }

        @Override
        public void closed() {
            seats.give(remote.getAddress());
            loop.execute(() -> WebSocketPort.this.closed(connection));
        }
    }
}
