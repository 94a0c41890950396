package io.segue.net;

import io.segue.sip.transaction.ClientTransactionId;
import io.segue.sip.transaction.ConnectionId;
import io.segue.sip.transaction.Destination;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** SIP over TCP: takes connections, opens them where needed, and finds the one a message goes down. */
final class TcpPort implements Loop.Ready, Connection.Keeper, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TcpPort.class);
    private static final int READ_BYTES = 65_536;
    private static final int ACCEPTS_PER_TURN = 64;

    private final ServerSocketChannel server;
    private final Loop loop;
    private final Inbox inbox;
    private final Limits limits;
    private final SipCounters counters;
    private final Supplier<ConnectionId> numbers;
    private final Consumer<ClientTransactionId> failed;
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BYTES);
    private final Map<ConnectionId, Connection> connections = new HashMap<>();
    private final Map<InetSocketAddress, Connection> byRemote = new HashMap<>();
    private int strangers;

    /**
     * @param numbers a new number for each connection
     * @param failed told of requests whose connection is lost, in the next turn at the earliest
     */
    TcpPort(
            ServerSocketChannel server,
            Loop loop,
            Inbox inbox,
            Limits limits,
            SipCounters counters,
            Supplier<ConnectionId> numbers,
            Consumer<ClientTransactionId> failed) {
        this.server = server;
        this.loop = loop;
        this.inbox = inbox;
        this.limits = limits;
        this.counters = counters;
        this.numbers = numbers;
        this.failed = failed;
    }

    static ServerSocketChannel bind(InetSocketAddress address) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.configureBlocking(false);
            server.bind(address);
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    void register() throws IOException {
        server.register(loop.selector(), SelectionKey.OP_ACCEPT, this);
    }

    InetSocketAddress local() throws IOException {
        return (InetSocketAddress) server.getLocalAddress();
    }

    int size() {
        return connections.size();
    }

    @Override
    public void ready(long now) throws IOException {
        for (int i = 0; i < ACCEPTS_PER_TURN; i++) {
            SocketChannel channel = server.accept();
            if (channel == null) {
                return;
            }
            try {
                accepted(channel, now);
            } catch (IOException e) {
                channel.close();
            }
        }
    }

    private void accepted(SocketChannel channel, long now) throws IOException {
        InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
        boolean stranger = !inbox.knows(remote);
        if (connections.size() >= limits.connectionsMax()
                || (stranger && strangers >= limits.strangerConnectionsMax())) {
            counters.drop(Drop.CONNECTIONS_MAX);
            channel.close();
            return;
        }
        keep(channel, remote, true, stranger, now);
    }

    private Connection keep(
            SocketChannel channel, InetSocketAddress remote, boolean connected, boolean stranger, long now)
            throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SelectionKey key = channel.register(loop.selector(), 0);
        ConnectionId id = numbers.get();
        Connection connection = new Connection(id, channel, key, remote, connected, stranger, this, limits, now);
        connections.put(id, connection);
        byRemote.put(remote, connection);
        strangers += stranger ? 1 : 0;
        return connection;
    }

    /** Sends down the connection named, or one to the address, or a new one. Whether it went, or waits to go. */
    boolean send(byte[] bytes, Destination to, @Nullable ClientTransactionId owner, long now) {
        Connection connection = to.connection() == null ? null : connections.get(to.connection());
        if (connection == null) {
            connection = byRemote.get(to.address());
        }
        if (connection == null) {
            connection = connect(to.address(), now);
        }
        return connection != null && connection.send(bytes, owner);
    }

    private @Nullable Connection connect(InetSocketAddress remote, long now) {
        if (connections.size() >= limits.connectionsMax()) {
            counters.drop(Drop.CONNECTIONS_MAX);
            return null;
        }
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            channel.configureBlocking(false);
            boolean connected = channel.connect(remote);
            return keep(channel, remote, connected, false, now);
        } catch (IOException | RuntimeException e) {
            LOG.debugf("No connection to %s: %s", remote, e.getMessage());
            closeQuietly(channel);
            return null;
        }
    }

    private static void closeQuietly(@Nullable SocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("A connection that never was did not close", e);
        }
    }

    void sweep(long now) {
        List.copyOf(connections.values()).forEach(connection -> connection.sweep(now));
    }

    @Override
    public ByteBuffer readBuffer() {
        return in;
    }

    @Override
    public Inbox inbox() {
        return inbox;
    }

    @Override
    public SipCounters counters() {
        return counters;
    }

    @Override
    public void noLongerStranger() {
        strangers--;
    }

    @Override
    public void gone(Connection connection, List<ClientTransactionId> unanswered) {
        connections.remove(connection.id);
        byRemote.remove(connection.remote, connection);
        strangers -= connection.isStranger() ? 1 : 0;
        if (!unanswered.isEmpty()) {
            loop.later(() -> unanswered.forEach(failed));
        }
    }

    @Override
    public void close() throws IOException {
        List.copyOf(connections.values()).forEach(Connection::close);
        server.close();
    }
}
