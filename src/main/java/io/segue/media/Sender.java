package io.segue.media;

import io.segue.flow.media.LegEvent;
import io.segue.flow.media.LegTap;
import io.segue.rtp.Law;
import io.segue.rtp.Level;
import io.segue.rtp.RtpPacket;
import io.segue.rtp.SentMeasure;
import io.segue.rtp.TelephoneEvent;
import io.segue.rtp.Timeline;
import io.segue.sdp.Agreement;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A leg's way out: puts the header of the timeline before a payload, sends, counts and measures. On the leg's loop alone. */
final class Sender {
    private static final int NANOS_PER_SAMPLE = 125_000;
    private static final int HEADER = RtpPacket.HEADER_BYTES;
    private static final int FRAME_SAMPLES = 160;
    private static final double ULAW_QUIET = Level.meanSquare(Law.ULAW, SentMeasure.QUIET_DBM0);
    private static final double ALAW_QUIET = Level.meanSquare(Law.ALAW, SentMeasure.QUIET_DBM0);

    final Timeline timeline;
    private final LegTransport transport;
    private final SentMeasure measure = new SentMeasure();

    private @Nullable Agreement terms;
    private Law law = Law.ULAW;
    private int samples = FRAME_SAMPLES;
    private @Nullable LegTap copy;
    private long sentAtNanos;
    private long packets;
    private long octets;

    Sender(LegTransport transport, Timeline timeline) {
        this.transport = transport;
        this.timeline = timeline;
    }

    /** Takes new terms; whether packets are of another length than before. */
    boolean negotiated(Agreement newTerms) {
        int before = samples;
        terms = newTerms;
        law = Leg.law(newTerms.codec());
        samples = newTerms.packetMs() * 8;
        return samples != before;
    }

    boolean hasTerms() {
        return terms != null;
    }

    boolean sending() {
        return terms != null && terms.weSend() && transport.canSend();
    }

    /** Whether the peer takes telephone-events. */
    boolean takesEvents() {
        return terms != null && terms.sendEventType() != null;
    }

    Law law() {
        return law;
    }

    /** Samples in a packet. */
    int samples() {
        return samples;
    }

    int packetMs() {
        return samples / 8;
    }

    long packetNanos() {
        return (long) samples * NANOS_PER_SAMPLE;
    }

    /**
     * Sends audio that the timeline has been stamped for.
     *
     * @param offset where the room for the header begins
     * @param changed whether it is the first of its source
     * @param paced whether its source has no clock of its own
     */
    void audio(ByteBuffer buffer, int offset, int length, boolean changed, boolean paced, long now) {
        Agreement agreed = terms;
        if (agreed != null) {
            boolean quiet = Level.energy(law, buffer, offset + HEADER, length)
                    < length * (law == Law.ULAW ? ULAW_QUIET : ALAW_QUIET);
            LegTap copying = copy;
            if (copying != null) {
                copying.sent(law, buffer, offset + HEADER, length, timeline.ssrc(), timeline.timestamp(), now);
            }
            send(buffer, offset, length, agreed.sendPayloadType(), now);
            measure.sent(timeline.sequence(), timeline.timestamp(), length, changed, paced, quiet, now);
        }
    }

    /** Sends a telephone-event that the timeline has been stamped for. */
    void event(ByteBuffer buffer, int offset, long now) {
        Agreement agreed = terms;
        Integer type = agreed == null ? null : agreed.sendEventType();
        if (type != null) {
            send(buffer, offset, TelephoneEvent.PAYLOAD_BYTES, type, now);
            measure.sent(timeline.sequence(), timeline.timestamp(), 0, false, false, false, now);
        }
    }

    private void send(ByteBuffer buffer, int offset, int length, int type, long now) {
        RtpPacket.writeHeader(
                buffer, offset, type, timeline.marker(), timeline.sequence(), timeline.timestamp(), timeline.ssrc());
        buffer.limit(offset + HEADER + length).position(offset);
        transport.send(buffer);
        buffer.clear();
        packets++;
        octets += length;
        sentAtNanos = now;
    }

    void copyTo(@Nullable LegTap tap) {
        copy = tap;
    }

    void measureFrom(long t0Nanos) {
        measure.begin(t0Nanos);
    }

    /** What was measured so far. */
    LegEvent.Measure measured() {
        return measure.measuring()
                ? new LegEvent.Measure(
                        measure.gapNanos(), measure.deadAirNanos(), measure.sequenceBreaks(), measure.timestampBreaks())
                : LegEvent.Measure.NONE;
    }

    void endMeasure() {
        measure.end();
    }

    long sentAtNanos() {
        return sentAtNanos;
    }

    long packets() {
        return packets;
    }

    long octets() {
        return octets;
    }
}
