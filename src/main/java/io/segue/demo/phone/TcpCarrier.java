package io.segue.demo.phone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Messages on connections, framed by Content-Length (RFC 3261 18.3); one connection for each peer, whoever opened it. */
final class TcpCarrier implements SipCarrier {
    private final ServerSocketChannel server;
    private final InetSocketAddress local;
    private final Map<InetSocketAddress, Connection> connections = new HashMap<>();
    private @Nullable PhoneLoop loop;
    private BiConsumer<String, InetSocketAddress> taker = (text, from) -> {};

    TcpCarrier(InetAddress address) throws IOException {
        server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(address, 0));
        server.configureBlocking(false);
        local = (InetSocketAddress) server.getLocalAddress();
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public String transport() {
        return "TCP";
    }

    @Override
    public void listen(PhoneLoop on, BiConsumer<String, InetSocketAddress> to) throws IOException {
        loop = on;
        taker = to;
        PhoneLoop.SocketReader readable = () -> {
            SocketChannel channel = server.accept();
            if (channel != null) {
                take(channel, (InetSocketAddress) channel.getRemoteAddress());
            }
        };
        server.register(on.selector, SelectionKey.OP_ACCEPT, readable);
    }

    private Connection take(SocketChannel channel, InetSocketAddress peer) throws IOException {
        PhoneLoop on = loop;
        if (on == null) {
            throw new IOException("not listening yet");
        }
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        Connection connection = new Connection(channel, peer);
        PhoneLoop.SocketReader readable = connection::read;
        channel.register(on.selector, SelectionKey.OP_READ, readable);
        connections.put(peer, connection);
        return connection;
    }

    @Override
    public void send(String text, InetSocketAddress to) throws IOException {
        Connection connection = connections.get(to);
        if (connection == null) {
            connection = take(SocketChannel.open(to), to);
        }
        ByteBuffer out = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        connection.channel.write(out);
        if (out.hasRemaining()) {
            throw new IOException("the peer at " + to + " does not read");
        }
    }

    private final class Connection {
        private final SocketChannel channel;
        private final InetSocketAddress peer;
        private final ByteBuffer in = ByteBuffer.allocate(65_536);

        Connection(SocketChannel channel, InetSocketAddress peer) {
            this.channel = channel;
            this.peer = peer;
        }

        void read() throws IOException {
            int length = channel.read(in);
            if (length < 0 || !in.hasRemaining()) {
                connections.remove(peer, this);
                channel.close();
                return;
            }
            in.flip();
            // One char a byte, so that lengths in characters are lengths in bytes.
            String text = StandardCharsets.ISO_8859_1.decode(in.duplicate()).toString();
            int done = 0;
            for (int end = end(text, done); end > 0; end = end(text, done)) {
                taker.accept(text.substring(done, end).stripLeading(), peer);
                done = end;
            }
            in.position(done).compact();
        }

        /** Where the message that starts at {@code from} ends; 0 while it is not whole. */
        private static int end(String text, int from) {
            int start = from;
            while (text.startsWith("\r\n", start)) {
                start += 2;
            }
            int headers = text.indexOf("\r\n\r\n", start);
            if (headers < 0) {
                return 0;
            }
            SipText message = SipText.read(text.substring(start, headers + 4));
            String length = message == null ? "" : message.header("content-length");
            int end = headers + 4 + (length.isEmpty() ? 0 : Integer.parseInt(length));
            return end <= text.length() ? end : 0;
        }
    }
}
