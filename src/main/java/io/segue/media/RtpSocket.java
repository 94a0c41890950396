package io.segue.media;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/**
 * A leg's RTP socket: symmetric RTP (RFC 4961). Until the peer's first packet it takes one from anywhere, since the negotiated address may lie behind a NAT; from then on
 * from there alone, but that the negotiated address itself takes the leg back from a stranger who was first. Once that is out of the question the socket is connected, and
 * the kernel keeps strangers out. Only a new negotiated address lets it look again.
 */
final class RtpSocket {
    /** Nothing waits. */
    static final int NONE = -1;
    /** A stranger's packet was dropped. */
    static final int DROPPED = -2;

    /** So long may the negotiated address take the leg back. */
    private static final long TAKE_BACK_NANOS = 3_000_000_000L;

    private final DatagramChannel channel;
    private @Nullable InetSocketAddress negotiated;
    private @Nullable InetSocketAddress latched;
    private @Nullable SocketAddress candidate;
    private long latchedAt;
    private boolean connected;
    private boolean unconnectable;
    private boolean sendable;
    private long strangers;
    private long unsent;

    RtpSocket(DatagramChannel channel) {
        this.channel = channel;
    }

    void negotiated(InetSocketAddress remote) {
        sendable = !remote.isUnresolved()
                && remote.getPort() != 0
                && !remote.getAddress().isAnyLocalAddress();
        if (remote.equals(negotiated) || remote.equals(latched)) {
            negotiated = remote;
            return;
        }
        negotiated = remote;
        latched = null;
        candidate = null;
        unconnectable = false;
        if (connected) {
            connected = false;
            try {
                channel.disconnect();
            } catch (IOException e) {
                unsent++;
            }
        }
    }

    /** Whether there is an address to send to. */
    boolean canSend() {
        return sendable || latched != null;
    }

    boolean isLatched() {
        return latched != null;
    }

    @Nullable
    InetSocketAddress latched() {
        return latched;
    }

    /** Reads a packet into the buffer from its start: its length, {@link #NONE} or {@link #DROPPED}. */
    int receive(ByteBuffer into) {
        into.clear();
        try {
            if (connected) {
                int length = channel.read(into);
                return length > 0 ? length : NONE;
            }
            SocketAddress from = channel.receive(into);
            if (from == null) {
                return NONE;
            }
            if (negotiated == null || latched != null && !latched.equals(from) && !negotiated.equals(from)) {
                strangers++;
                return DROPPED;
            }
            candidate = from;
            return into.position();
        } catch (IOException e) {
            // The peer's port is closed (ICMP), or the network is away: as if nothing had come.
            return NONE;
        }
    }

    /** The packet received last is the peer's: nobody else's is taken from now on. */
    void accept() {
        if (candidate instanceof InetSocketAddress from && (latched == null || from.equals(negotiated))) {
            latched = from;
            latchedAt = System.nanoTime();
        }
    }

    /** Connects to the latched address, once nothing more waits: connecting throws away what does. */
    void settle() {
        InetSocketAddress to = latched;
        if (to == null
                || connected
                || unconnectable
                || !to.equals(negotiated) && System.nanoTime() - latchedAt < TAKE_BACK_NANOS) {
            return;
        }
        try {
            channel.connect(to);
            connected = true;
        } catch (IOException e) {
            unconnectable = true;
        }
    }

    /** Whether strangers are kept out by the kernel already. */
    boolean isConnected() {
        return connected;
    }

    /** Sends what lies between the buffer's position and limit; false where it could not go. */
    boolean send(ByteBuffer packet) {
        InetSocketAddress to = latched != null ? latched : negotiated;
        try {
            int sent = connected ? channel.write(packet) : to == null ? 0 : channel.send(packet, to);
            if (sent > 0) {
                return true;
            }
        } catch (IOException e) {
            // ICMP errors of earlier packets surface here too.
        }
        unsent++;
        return false;
    }

    long strangers() {
        return strangers;
    }

    long unsent() {
        return unsent;
    }
}
