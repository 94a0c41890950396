package io.segue.net;

import io.segue.sip.transaction.Arrival;
import io.segue.sip.transaction.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import org.jboss.logging.Logger;

/** SIP over UDP (RFC 3261 18): one datagram, one message. */
final class UdpPort implements Loop.Ready, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(UdpPort.class);
    private static final int DATAGRAMS_PER_TURN = 128;

    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final Inbox inbox;
    private final Limits limits;
    private final SipCounters counters;
    /** One byte more than is taken, so that a longer one shows. */
    private final ByteBuffer in;

    private final byte[] datagram;

    UdpPort(DatagramChannel channel, Inbox inbox, Limits limits, SipCounters counters) throws IOException {
        this.channel = channel;
        this.local = (InetSocketAddress) channel.getLocalAddress();
        this.inbox = inbox;
        this.limits = limits;
        this.counters = counters;
        this.in = ByteBuffer.allocateDirect(limits.datagramBytesMax() + 1);
        this.datagram = new byte[limits.datagramBytesMax()];
    }

    static DatagramChannel bind(InetSocketAddress address, int bufferBytes) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, bufferBytes);
            channel.bind(address);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    void register(Loop loop) throws IOException {
        channel.register(loop.selector(), SelectionKey.OP_READ, this);
    }

    InetSocketAddress local() {
        return local;
    }

    @Override
    public void ready(long now) throws IOException {
        for (int i = 0; i < DATAGRAMS_PER_TURN; i++) {
            in.clear();
            if (!(channel.receive(in) instanceof InetSocketAddress source)) {
                return;
            }
            int length = in.flip().remaining();
            if (length > limits.datagramBytesMax()) {
                counters.drop(Drop.TOO_LONG);
                continue;
            }
            in.get(datagram, 0, length);
            inbox.take(datagram, 0, length, Arrival.direct(Transport.UDP, source, local, null), now);
        }
    }

    /** Whether it went out. A full send buffer loses it: the transactions repeat what matters. */
    boolean send(byte[] bytes, InetSocketAddress to) {
        try {
            return channel.send(ByteBuffer.wrap(bytes), to) == bytes.length;
        } catch (IOException | RuntimeException e) {
            LOG.debugf("No datagram to %s: %s", to, e.getMessage());
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
