package io.segue.media;

import io.segue.flow.media.Source;
import io.segue.flow.thread.CallThread;
import io.segue.rtp.Law;
import io.segue.rtp.RtpPacket;
import io.segue.sdp.Agreement;
import io.segue.sdp.Codec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/** A call's traffic on every loop, on the loopback interface and on ports that are no call's: two bridged legs with a tap, and an agent that plays. */
final class WarmUp {
    private static final Logger LOG = Logger.getLogger(WarmUp.class);
    private static final int PACKETS = 12_000;
    private static final int PACKETS_AT_ONCE = 8;
    private static final long PAUSE_NANOS = 200_000;
    private static final int SAMPLES = 160;

    private final Media plane;
    private final MediaConfig config;

    WarmUp(Media plane, MediaConfig config) {
        this.plane = plane;
        this.config = config;
    }

    void run() {
        for (Loop loop : plane.loops()) {
            try {
                warm(loop);
            } catch (IOException e) {
                LOG.warnf("a media loop starts cold: %s", e.toString());
            }
        }
    }

    private void warm(Loop loop) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        int buffer = config.limits().receiveBufferBytes();
        Optional<PortPair> left = PortPair.ephemeral(loopback, buffer);
        Optional<PortPair> right = PortPair.ephemeral(loopback, buffer);
        if (left.isEmpty() || right.isEmpty()) {
            left.ifPresent(PortPair::close);
            right.ifPresent(PortPair::close);
            throw new IOException("no port");
        }
        Leg caller = plane.open(loop, INLINE, event -> {}, left.get(), loopback);
        Leg human = plane.open(loop, INLINE, event -> {}, right.get(), loopback);
        try (DatagramChannel peer = DatagramChannel.open().bind(new InetSocketAddress(loopback, 0))) {
            peer.configureBlocking(false);
            InetSocketAddress back = (InetSocketAddress) peer.getLocalAddress();
            caller.negotiated(terms(back));
            human.negotiated(terms(back));
            caller.tap((octets, offset, timestampMs) -> {});
            caller.hear(new Source.Playout(null));
            caller.playout().play(new byte[8 * SAMPLES], 0, 8 * SAMPLES);
            human.hear(new Source.Leg(caller));
            send(peer, caller, human);
        } finally {
            caller.close();
            human.close();
        }
    }

    private static void send(DatagramChannel peer, Leg caller, Leg human) throws IOException {
        ByteBuffer packet = ByteBuffer.allocateDirect(RtpPacket.HEADER_BYTES + SAMPLES);
        ByteBuffer sink = ByteBuffer.allocateDirect(2048);
        for (int i = 0; i < PACKETS; i++) {
            RtpPacket.writeHeader(packet, 0, Law.ULAW.payloadType(), false, i, i * SAMPLES, 1);
            peer.send(packet.clear(), (i & 1) == 0 ? caller.local() : human.local());
            if (i == PACKETS / 4) {
                caller.hear(new Source.Leg(human));
            }
            if (i % PACKETS_AT_ONCE == 0) {
                while (peer.receive(sink.clear()) != null) {
                    // What came back has done its work.
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static Agreement terms(InetSocketAddress peer) {
        return new Agreement(peer, peer, Codec.PCMU, 0, 0, 101, 101, 20, true, true);
    }

    /** Nobody's call: what a leg tells is told nowhere, on the spot. */
    private static final CallThread INLINE = new CallThread() {
        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public Timer schedule(long delayMs, Runnable task) {
            return () -> {};
        }

        @Override
        public boolean isCurrent() {
            return true;
        }
    };
}
