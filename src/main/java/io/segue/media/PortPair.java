package io.segue.media;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A leg's two sockets, non-blocking: RTP on an even port, RTCP on the one above. Both are bound, or neither.
 *
 * @param pooled whether the ports are of the configured range
 */
record PortPair(DatagramChannel rtp, DatagramChannel rtcp, int port, boolean pooled) {
    /** Binds a pair; empty where either port is somebody else's. */
    static Optional<PortPair> bind(InetAddress address, int port, int receiveBufferBytes) {
        return bind(address, port, port + 1, receiveBufferBytes);
    }

    /** Binds two ports of the system's choice. */
    static Optional<PortPair> ephemeral(InetAddress address, int receiveBufferBytes) {
        return bind(address, 0, 0, receiveBufferBytes);
    }

    private static Optional<PortPair> bind(InetAddress address, int port, int above, int receiveBufferBytes) {
        @Nullable DatagramChannel rtp = null;
        @Nullable DatagramChannel rtcp = null;
        try {
            rtp = open(address, port, receiveBufferBytes);
            rtcp = open(address, above, 0);
            int bound = rtp.socket().getLocalPort();
            return Optional.of(new PortPair(rtp, rtcp, bound, port != 0));
        } catch (IOException taken) {
            closeQuietly(rtp);
            closeQuietly(rtcp);
            return Optional.empty();
        }
    }

    private static DatagramChannel open(InetAddress address, int port, int receiveBufferBytes) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            if (receiveBufferBytes > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
            }
            channel.bind(new InetSocketAddress(address, port));
            return channel;
        } catch (IOException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    void close() {
        closeQuietly(rtp);
        closeQuietly(rtcp);
    }

    private static void closeQuietly(@Nullable DatagramChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException ignored) {
                // Nothing is left to be done with it.
            }
        }
    }
}
