package io.segue.flow.media;

import io.segue.sdp.Agreement;
import io.segue.sdp.Security;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One peer's RTP: what comes from it and what it hears. Every method returns at once and may be called from any thread; what
 * they ask for happens on the loop that owns the leg. After {@link #close} they do nothing.
 */
public interface MediaLeg {
    /** The advertised address and the RTP port that goes into our SDP; RTCP is the port above, or the same where the leg is a browser's. */
    InetSocketAddress local();

    /** What our SDP says to a browser, the same for the life of the leg; null where the leg is plain RTP. */
    @Nullable
    Security security();

    /** What offer and answer agreed on, at first and after each re-INVITE or UPDATE. Sequence, timestamp and SSRC go on. */
    void negotiated(Agreement agreement);

    /**
     * What this leg's peer hears from now on. The change is committed at the next source's first packet; until then the
     * current one plays on (a {@link Source.Leg} that sends nothing leaves the current source in place). A commit is told
     * by {@link LegEvent.Switched}. Leaving a {@link Source.Playout} drops what is queued and echoes the marks in it.
     */
    void hear(Source source);

    /** The agent's audio for this leg; heard while the source is {@link Source.Playout}. */
    Playout playout();

    /** Sends each 20 ms of what the peer says (mu-law, loss filled with silence) to the sink, on the leg's call thread. */
    void tap(FrameSink sink);

    /** Ends the tap. */
    void untap();

    /** Lets this one have both sides of the leg's audio from now on; null: nobody any longer. One at a time. */
    void copyTo(@Nullable LegTap tap);

    /** Starts measuring what the peer is sent, for the handoff whose T0 this is; ends with the next switch to a leg. */
    void measureFrom(long t0Nanos);

    /** Sends telephone-events (RFC 4733) for {@code 0-9*#A-D}, 160 ms each with 80 ms between. */
    void sendDigits(String digits);

    /** What has gone in and out so far. */
    LegCounters counters();

    /** Where the stream to the peer stands, a packet early or late. */
    LegTimeline timeline();

    /** Ends the leg; its port rests before it is used again. */
    void close();

    /** Takes 20 ms of mu-law at 8 kHz. */
    @FunctionalInterface
    interface FrameSink {
        /**
         * Called on the leg's call thread.
         *
         * @param buffer holds the frame only for the duration of the call
         * @param offset where its 160 bytes start
         * @param timestampMs milliseconds since the tap began
         */
        void frame(byte[] buffer, int offset, long timestampMs);
    }
}
