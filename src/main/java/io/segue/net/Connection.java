package io.segue.net;

import io.segue.sip.transaction.Arrival;
import io.segue.sip.transaction.ClientTransactionId;
import io.segue.sip.transaction.ConnectionId;
import io.segue.sip.transaction.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One TCP connection (RFC 3261 18.3). */
final class Connection implements Loop.Ready {
    /** What a connection needs of those who keep it. */
    interface Keeper {
        ByteBuffer readBuffer();

        Inbox inbox();

        SipCounters counters();

        /** Its peer has become known, by registering. */
        void noLongerStranger();

        /** It is closed; {@code unanswered} are our latest requests that went, or were to go, down it. */
        void gone(Connection connection, List<ClientTransactionId> unanswered);
    }

    private static final byte[] PONG = {'\r', '\n'};
    private static final int READS_PER_TURN = 4;
    private static final long GOODBYE_MS = 2_000;
    private static final int OWNERS_MAX = 256;

    final ConnectionId id;
    final InetSocketAddress remote;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Keeper keeper;
    private final Limits limits;
    private final Framer framer;
    private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
    private final Deque<ClientTransactionId> owners = new ArrayDeque<>();
    private final long begunAt;
    private @Nullable InetSocketAddress local;
    private int unsentBytes;
    private long trafficAt;
    private boolean connected;
    private boolean stranger;
    private boolean admitted;
    private boolean ending;
    private long endingAt;
    private boolean closed;

    Connection(
            ConnectionId id,
            SocketChannel channel,
            SelectionKey key,
            InetSocketAddress remote,
            boolean connected,
            boolean stranger,
            Keeper keeper,
            Limits limits,
            long now) {
        this.id = id;
        this.channel = channel;
        this.key = key;
        this.remote = remote;
        this.connected = connected;
        this.stranger = stranger;
        this.keeper = keeper;
        this.limits = limits;
        this.framer = new Framer(limits.messageBytesMax());
        this.begunAt = now;
        this.trafficAt = now;
        this.admitted = !stranger;
        key.attach(this);
        key.interestOps(connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
    }

    @Override
    public void ready(long now) {
        try {
            if (!connected) {
                connected = channel.finishConnect();
            }
            if (connected) {
                if (key.isReadable()) {
                    read(now);
                }
                if (!closed) {
                    flush();
                }
            }
        } catch (IOException e) {
            close();
        }
    }

    private void read(long now) throws IOException {
        ByteBuffer in = keeper.readBuffer();
        for (int i = 0; i < READS_PER_TURN && !closed; i++) {
            in.clear();
            int length = channel.read(in);
            if (length < 0) {
                close();
            }
            if (length <= 0) {
                return;
            }
            trafficAt = now;
            in.flip();
            while (in.hasRemaining() && !closed && !ending) {
                framer.append(in);
                frames(now);
            }
        }
    }

    private void frames(long now) throws IOException {
        while (!closed && !ending) {
            switch (framer.next()) {
                case Framer.Frame.More() -> {
                    return;
                }
                case Framer.Frame.Ping() -> {
                    if (keeper.inbox().knows(remote)) {
                        send(PONG, null);
                    }
                }
                case Framer.Frame.Message(byte[] buffer, int offset, int length) -> {
                    switch (keeper.inbox().take(buffer, offset, length, arrival(), now)) {
                        case ADMITTED -> admitted = true;
                        case REFUSED -> close();
                        case IGNORED -> {}
                    }
                }
                case Framer.Frame.Unframed(byte[] buffer, int offset, int length) -> {
                    keeper.counters().drop(Drop.UNFRAMED);
                    keeper.inbox().takeHead(buffer, offset, length, 400, "Content-Length Is Needed", arrival(), now);
                    end(now);
                }
                case Framer.Frame.TooLong(byte[] buffer, int offset, int length) -> {
                    keeper.counters().drop(Drop.TOO_LONG);
                    if (length > 0) {
                        keeper.inbox().takeHead(buffer, offset, length, 513, "Message Too Large", arrival(), now);
                    }
                    end(now);
                }
            }
        }
    }

    private Arrival arrival() throws IOException {
        InetSocketAddress here = local;
        if (here == null) {
            here = (InetSocketAddress) channel.getLocalAddress();
            local = here;
        }
        return Arrival.direct(Transport.TCP, remote, here, id);
    }

    /** Sends, or keeps until it can be sent; false when the connection is gone or the peer does not read. */
    boolean send(byte[] bytes, @Nullable ClientTransactionId owner) {
        if (closed || ending) {
            return false;
        }
        if (unsentBytes + bytes.length > limits.unsentBytesMax()) {
            keeper.counters().drop(Drop.UNSENT_MAX);
            close();
            return false;
        }
        if (owner != null) {
            if (owners.size() == OWNERS_MAX) {
                owners.removeFirst();
            }
            owners.addLast(owner);
        }
        unsent.addLast(ByteBuffer.wrap(bytes));
        unsentBytes += bytes.length;
        if (connected) {
            try {
                flush();
            } catch (IOException e) {
                close();
                return owner != null;
            }
        }
        return true;
    }

    private void flush() throws IOException {
        for (ByteBuffer next = unsent.peekFirst(); next != null; next = unsent.peekFirst()) {
            unsentBytes -= channel.write(next);
            if (next.hasRemaining()) {
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                return;
            }
            unsent.removeFirst();
        }
        key.interestOps(SelectionKey.OP_READ);
        if (ending) {
            channel.shutdownOutput();
        }
    }

    /** Says goodbye once what waits is sent; the rest is read and thrown away, or else a reset would overtake our answer. */
    private void end(long now) throws IOException {
        if (!closed) {
            ending = true;
            endingAt = now;
            flush();
        }
    }

    /** Whether it counts against the limit for strangers. */
    boolean isStranger() {
        return stranger;
    }

    /** Closes it when its time is over. */
    void sweep(long now) {
        boolean late = !connected && now - begunAt >= limits.connectMs();
        boolean mute = !admitted && now - begunAt >= limits.firstMessageMs();
        boolean over = ending && now - endingAt >= GOODBYE_MS;
        if (stranger && keeper.inbox().knows(remote)) {
            stranger = false;
            admitted = true;
            keeper.noLongerStranger();
        }
        if (late || mute || over || now - trafficAt >= limits.idleMs()) {
            close();
        }
    }

    void close() {
        if (closed) {
            return;
        }
        closed = true;
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            // Gone all the same.
            unsent.clear();
        }
        unsent.clear();
        keeper.gone(this, List.copyOf(owners));
        owners.clear();
    }
}
