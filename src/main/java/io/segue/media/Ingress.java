package io.segue.media;

import io.segue.flow.media.LegEvent;
import io.segue.flow.media.LegTap;
import io.segue.flow.media.MediaLeg.FrameSink;
import io.segue.rtp.DigitReceiver;
import io.segue.rtp.FrameStream;
import io.segue.rtp.Law;
import io.segue.rtp.Level;
import io.segue.rtp.ReceptionStatistics;
import io.segue.rtp.RtpPacket;
import io.segue.rtp.TelephoneEvent;
import io.segue.rtp.VoiceActivity;
import io.segue.sdp.Agreement;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What a leg's peer says: judged, tapped, and handed to the legs that hear it. On the leg's loop alone. */
final class Ingress {
    private static final int NANOS_PER_SAMPLE = 125_000;
    private static final double ULAW_SPEECH = Level.meanSquare(Law.ULAW, VoiceActivity.SPEECH_DBM0);
    private static final double ALAW_SPEECH = Level.meanSquare(Law.ALAW, VoiceActivity.SPEECH_DBM0);
    private static final Leg[] NOBODY = {};

    private final Leg leg;
    private final Loop loop;
    private final LegTransport transport;
    private final RtpPacket packet = new RtpPacket();
    private final RtpPacket copied = new RtpPacket();
    private final ReceptionStatistics statistics = new ReceptionStatistics();
    private final VoiceActivity voice = new VoiceActivity();
    private final DigitReceiver digits = new DigitReceiver();
    private final LegTimer tapTimer;

    private @Nullable Agreement terms;
    private Law law = Law.ULAW;
    private Leg[] sinks = NOBODY;
    private @Nullable TapRing tap;
    private @Nullable FrameStream stream;
    private @Nullable LegTap copy;
    private boolean heardFrom;
    private boolean lost;
    private long lastAtNanos;
    private long packets;
    private long malformed;
    private long unexpected;
    private long tapDropped;

    Ingress(Leg leg, LegTransport transport) {
        this.leg = leg;
        this.loop = leg.loop();
        this.transport = transport;
        this.tapTimer = new LegTimer(leg, this::tapIdle);
    }

    void negotiated(Agreement newTerms, long now) {
        terms = newTerms;
        law = Leg.law(newTerms.codec());
        lastAtNanos = now;
    }

    /** Takes a packet that lies in the loop's slab, from its start. */
    void take(int length, long now) {
        Agreement agreed = terms;
        if (!packet.wrap(loop.slab, 0, length)) {
            malformed++;
            return;
        }
        if (agreed == null) {
            return;
        }
        Integer eventType = agreed.receiveEventType();
        boolean event = eventType != null && packet.payloadType() == eventType;
        if (packet.payloadType() != agreed.receivePayloadType() && !event || packet.payloadLength() == 0) {
            unexpected++;
            return;
        }
        transport.accept();
        packets++;
        statistics.received(packet.ssrc(), packet.sequence(), packet.timestamp(), (int) (now / NANOS_PER_SAMPLE));
        alive(now);
        if (!agreed.weReceive()) {
            return;
        }
        if (event) {
            event();
        } else {
            audio(now);
        }
        forward(event ? Strand.EVENTS : Strand.SPEECH, now);
    }

    private void alive(long now) {
        lastAtNanos = now;
        if (!heardFrom) {
            heardFrom = true;
            leg.tell(new LegEvent.FirstPacket(now));
        }
        if (lost) {
            lost = false;
            leg.tell(new LegEvent.RtpBack(now));
        }
    }

    private void event() {
        if (packet.payloadLength() < TelephoneEvent.PAYLOAD_BYTES) {
            malformed++;
            return;
        }
        int code = TelephoneEvent.event(packet.buffer(), packet.payloadOffset());
        if (TelephoneEvent.isDigit(code) && digits.isNew(packet.ssrc(), packet.timestamp())) {
            leg.tell(new LegEvent.Digit(TelephoneEvent.digit(code)));
        }
    }

    private void audio(long now) {
        int length = packet.payloadLength();
        long energy = Level.energy(law, packet.buffer(), packet.payloadOffset(), length);
        if (voice.packet(energy > length * (law == Law.ULAW ? ULAW_SPEECH : ALAW_SPEECH), now)) {
            leg.tell(new LegEvent.Talking(voice.speaking(), now));
        }
        LegTap copying = copy;
        if (copying != null) {
            copying.said(law, packet.buffer(), packet.payloadOffset(), length, packet.ssrc(), packet.timestamp(), now);
        }
        FrameStream frames = stream;
        if (frames != null) {
            frames.audio(law, packet.buffer(), packet.payloadOffset(), length, packet.ssrc(), packet.timestamp(), now);
        }
    }

    private void forward(Strand strand, long now) {
        int head = packet.payloadOffset() - RtpPacket.HEADER_BYTES;
        for (int i = 0; i < sinks.length; i++) {
            Leg sink = sinks[i];
            if (sink.loop() != loop) {
                // CSRCs, extension and padding stay behind.
                squeeze(head);
                loop.cross(leg, sink, loop.slab, head, RtpPacket.HEADER_BYTES + packet.payloadLength(), strand, law);
            } else if (i == sinks.length - 1) {
                sink.egress().fromLeg(leg, packet, strand, law, now);
            } else {
                squeeze(head);
                int length = RtpPacket.HEADER_BYTES + packet.payloadLength();
                ByteBuffer copy = loop.copy;
                copy.clear().put(0, loop.slab, head, length);
                if (copied.wrap(copy, 0, length)) {
                    sink.egress().fromLeg(leg, copied, strand, law, now);
                }
            }
        }
    }

    private void squeeze(int head) {
        int length = RtpPacket.HEADER_BYTES + packet.payloadLength();
        RtpPacket.writeHeader(
                loop.slab,
                head,
                packet.payloadType(),
                packet.marker(),
                packet.sequence(),
                packet.timestamp(),
                packet.ssrc());
        packet.wrap(loop.slab, head, length);
    }

    /** A leg hears this one from now on. */
    void attach(Leg sink) {
        for (Leg present : sinks) {
            if (present == sink) {
                return;
            }
        }
        Leg[] more = java.util.Arrays.copyOf(sinks, sinks.length + 1);
        more[sinks.length] = sink;
        sinks = more;
    }

    void detach(Leg sink) {
        sinks = java.util.Arrays.stream(sinks).filter(one -> one != sink).toArray(Leg[]::new);
    }

    void copyTo(@Nullable LegTap tap) {
        copy = tap;
    }

    void tap(FrameSink sink, int framesMax, long now) {
        untap();
        TapRing ring = new TapRing(framesMax, sink);
        Wake way = leg.wake();
        if (way == null) {
            return;
        }
        tap = ring;
        stream = new FrameStream(
                frame -> {
                    leg.egress().voicesInto(frame, FrameStream.FRAME_BYTES);
                    tapDropped += ring.put(frame) ? 0 : 1;
                    way.ready(ring);
                },
                now);
        tapIdle(now);
    }

    void untap() {
        TapRing ring = tap;
        if (ring != null) {
            ring.end();
        }
        tap = null;
        stream = null;
        loop.wheel.cancel(tapTimer);
    }

    private void tapIdle(long now) {
        FrameStream frames = stream;
        if (frames != null) {
            loop.wheel.schedule(tapTimer, frames.idle(now));
        }
    }

    /** Now and then: what happens without a packet. */
    void look(long now, long timeoutNanos) {
        if (voice.quiet(now)) {
            leg.tell(new LegEvent.Talking(false, now));
        }
        Agreement agreed = terms;
        if (agreed == null) {
            return;
        }
        if (!agreed.weReceive()) {
            lastAtNanos = now;
        } else if (!lost && now - lastAtNanos >= timeoutNanos) {
            lost = true;
            leg.tell(new LegEvent.RtpLost(now));
        }
    }

    void close() {
        untap();
        copy = null;
        sinks = NOBODY;
    }

    ReceptionStatistics statistics() {
        return statistics;
    }

    long packets() {
        return packets;
    }

    /** Packets that were not RTP, or of a payload type that was not agreed on. */
    long refused() {
        return malformed + unexpected;
    }

    long tapDropped() {
        return tapDropped;
    }
}
