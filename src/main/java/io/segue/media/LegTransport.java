package io.segue.media;

import io.segue.sdp.Agreement;
import io.segue.sdp.Security;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What carries a leg's RTP and RTCP between its peer and its loop. On the leg's loop alone, but where it says otherwise. */
interface LegTransport {
    /** What our SDP says that the peer sends to. From any thread. */
    InetSocketAddress local();

    /** What our SDP says beside that; null for plain RTP. From any thread. */
    @Nullable
    Security security();

    /** Begins to listen: what comes is given to {@link Leg#ingress} and {@link Leg#reports}. */
    void start(Leg leg);

    void negotiated(Agreement terms, long now);

    /** Whether there is somewhere to send to, and all that sending takes. */
    boolean canSend();

    /** Sends RTP: what lies between the buffer's position and limit. */
    void send(ByteBuffer packet);

    /** Whether there is somewhere to send RTCP to. */
    boolean canReport();

    /** Sends RTCP. */
    void sendReport(ByteBuffer packet);

    /** The RTP that was handed over last is the peer's indeed. */
    void accept();

    /** Looks what has happened without a packet. */
    void look(long now);

    /** Packets from somewhere else. From any thread. */
    long strangers();

    /** Packets that were neither RTP nor RTCP of the peer. From any thread. */
    long refused();

    /** Whether it is of what is configured, not of the warm-up. */
    boolean pooled();

    /** Listens no longer; the leg is closed. */
    void close(long now);
}
