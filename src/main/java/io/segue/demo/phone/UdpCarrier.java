package io.segue.demo.phone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/** A message a datagram (RFC 3261 18.1.1). */
final class UdpCarrier implements SipCarrier {
    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final ByteBuffer in = ByteBuffer.allocateDirect(65_536);

    UdpCarrier(InetAddress address) throws IOException {
        channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
        channel.bind(new InetSocketAddress(address, 0));
        channel.configureBlocking(false);
        local = (InetSocketAddress) channel.getLocalAddress();
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public String transport() {
        return "UDP";
    }

    @Override
    public void listen(PhoneLoop loop, BiConsumer<String, InetSocketAddress> taker) throws IOException {
        PhoneLoop.SocketReader readable = () -> {
            in.clear();
            if (channel.receive(in) instanceof InetSocketAddress from) {
                taker.accept(StandardCharsets.UTF_8.decode(in.flip()).toString(), from);
            }
        };
        channel.register(loop.selector, SelectionKey.OP_READ, readable);
    }

    @Override
    public void send(String text, InetSocketAddress to) throws IOException {
        channel.send(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), to);
    }
}
