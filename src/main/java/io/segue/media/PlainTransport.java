package io.segue.media;

import io.segue.sdp.Agreement;
import io.segue.sdp.Security;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Plain RTP on a socket of the leg's own, and RTCP on the one above (RFC 3550, 11). */
final class PlainTransport implements LegTransport {
    /** How many packets are read at once while strangers' may be among them. */
    private static final int UNLATCHED_READS_MAX = 64;

    private final Loop loop;
    private final PortPair ports;
    private final InetSocketAddress local;
    private final RtpSocket socket;
    private final LongConsumer whenClosed;
    private @Nullable Leg leg;
    private @Nullable InetSocketAddress remoteRtcp;
    private long refused;

    /** @param whenClosed told when the ports are free again */
    PlainTransport(Loop loop, PortPair ports, InetAddress advertised, LongConsumer whenClosed) {
        this.loop = loop;
        this.ports = ports;
        this.local = new InetSocketAddress(advertised, ports.port());
        this.socket = new RtpSocket(ports.rtp());
        this.whenClosed = whenClosed;
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public @Nullable Security security() {
        return null;
    }

    @Override
    public void start(Leg of) {
        leg = of;
        register(ports.rtp(), this::readRtp);
        register(ports.rtcp(), this::readRtcp);
    }

    private void register(DatagramChannel channel, Loop.Readable readable) {
        try {
            channel.register(loop.selector(), SelectionKey.OP_READ, readable);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void negotiated(Agreement terms, long now) {
        socket.negotiated(terms.remote());
        InetSocketAddress to = terms.remoteRtcp();
        boolean somewhere =
                !to.isUnresolved() && to.getPort() != 0 && !to.getAddress().isAnyLocalAddress();
        remoteRtcp = somewhere ? to : null;
    }

    void readRtp(long now) {
        Leg to = leg;
        // Once connected, one packet a turn: packets of a stream rarely come in twos, and the selector tells when they
        // do.
        int reads = socket.isConnected() ? 1 : UNLATCHED_READS_MAX;
        for (int i = 0; i < reads && to != null; i++) {
            int length = socket.receive(loop.slab);
            if (length == RtpSocket.NONE) {
                break;
            }
            if (length > 0) {
                to.ingress().take(length, now);
            } else if (length == RtpSocket.DROPPED) {
                loop.stranger();
            }
        }
        socket.settle();
    }

    private void readRtcp(long now) {
        ByteBuffer slab = loop.slab.clear();
        try {
            if (!(ports.rtcp().receive(slab) instanceof InetSocketAddress from)) {
                return;
            }
            if (!isPeer(from.getAddress())) {
                refused++;
                loop.stranger();
                return;
            }
        } catch (IOException e) {
            return;
        }
        if (leg != null) {
            leg.reports().take(slab.position(), now);
        }
    }

    private boolean isPeer(InetAddress from) {
        InetSocketAddress agreed = remoteRtcp;
        InetSocketAddress latched = socket.latched();
        return agreed != null && from.equals(agreed.getAddress())
                || latched != null && from.equals(latched.getAddress());
    }

    @Override
    public boolean canSend() {
        return socket.canSend();
    }

    @Override
    public void send(ByteBuffer packet) {
        socket.send(packet);
    }

    @Override
    public boolean canReport() {
        return remoteRtcp != null;
    }

    @Override
    public void sendReport(ByteBuffer packet) {
        InetSocketAddress to = remoteRtcp;
        if (to == null) {
            return;
        }
        try {
            ports.rtcp().send(packet, to);
        } catch (IOException ignored) {
            // A report that is lost is followed by another.
        }
    }

    @Override
    public void accept() {
        socket.accept();
    }

    @Override
    public void look(long now) {}

    @Override
    public long strangers() {
        return socket.strangers();
    }

    @Override
    public long refused() {
        return refused;
    }

    @Override
    public boolean pooled() {
        return ports.pooled();
    }

    @Override
    public void close(long now) {
        ports.close();
        whenClosed.accept(now);
    }
}
