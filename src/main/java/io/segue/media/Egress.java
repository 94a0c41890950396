package io.segue.media;

import io.segue.flow.LegEvent;
import io.segue.flow.Source;
import io.segue.rtp.G711;
import io.segue.rtp.Law;
import io.segue.rtp.Level;
import io.segue.rtp.Repacketiser;
import io.segue.rtp.RtpPacket;
import io.segue.rtp.SentMeasure;
import io.segue.rtp.TelephoneEvent;
import io.segue.rtp.Timeline;
import io.segue.sdp.Agreement;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What a leg's peer is sent: the switch, the timeline, and the pace of sources that have none. On the leg's loop alone. */
final class Egress implements Repacketiser.Sink {
    private static final int NANOS_PER_SAMPLE = 125_000;
    /** A loop that was away for longer does not send what it has missed. */
    private static final long CATCH_UP_NANOS_MAX = 100_000_000;

    private static final int HEADER = RtpPacket.HEADER_BYTES;
    private static final int FRAME_SAMPLES = 160;
    private static final int EVENT_VOLUME = 10;
    private static final double ULAW_QUIET = Level.meanSquare(Law.ULAW, SentMeasure.QUIET_DBM0);
    private static final double ALAW_QUIET = Level.meanSquare(Law.ALAW, SentMeasure.QUIET_DBM0);

    private final Leg leg;
    private final Loop loop;
    private final RtpSocket socket;
    private final Timeline timeline;
    private final PacedSources paced;
    private final SentMeasure measure = new SentMeasure();
    private final DigitSender digits = new DigitSender();
    private final LegTimer pace;

    private @Nullable Agreement terms;
    private Law law = Law.ULAW;
    private int samples = FRAME_SAMPLES;
    private Relay current = new Relay();
    private Relay next = new Relay();
    private @Nullable Route committing;
    private @Nullable Relay cutting;
    private Law cutFrom = Law.ULAW;
    private int lastDigit;
    private int lastDuration;
    private @Nullable Source untold;
    private boolean changed;
    private long dueNanos;
    private long sentAtNanos;
    private long packets;
    private long octets;
    private long late;

    Egress(Leg leg, RtpSocket socket, Timeline timeline, PacedSources paced) {
        this.leg = leg;
        this.loop = leg.loop();
        this.socket = socket;
        this.timeline = timeline;
        this.paced = paced;
        this.pace = new LegTimer(leg, this::tick);
    }

    void negotiated(Agreement newTerms, long now) {
        boolean first = terms == null;
        boolean wasSending = sending();
        terms = newTerms;
        if (!wasSending || current.cutting || next.cutting || samples != newTerms.packetMs() * 8) {
            timeline.sourceChanged();
        }
        current.cutting = false;
        next.cutting = false;
        law = Leg.law(newTerms.codec());
        samples = newTerms.packetMs() * 8;
        if (first) {
            dueNanos = now;
        }
        keepPace(now);
    }

    boolean sending() {
        return terms != null && terms.weSend() && socket.canSend();
    }

    /** The route was changed by the call: sources without a clock of their own take over at once, a leg with its first packet. */
    void rerouted(long now) {
        Route route = leg.route();
        next.reset();
        if (route.next() != null && route.nextLeg() == null && commit(route, now)) {
            if (route.currentLeg() != null) {
                dueNanos = Math.max(now, sentAtNanos + packetNanos());
            }
            keepPace(now);
        }
        leg.attach();
    }

    private boolean commit(Route route, long now) {
        Heard from = route.current();
        Heard to = route.next();
        if (to == null || !leg.commit(route, new Route(to, null))) {
            return false;
        }
        endDigits(now);
        paced.changed(from, to, now);
        if (from.kind() != Heard.Kind.PLAYOUT || to.kind() != Heard.Kind.PLAYOUT) {
            timeline.sourceChanged();
        }
        Relay old = current;
        current = next;
        next = old;
        next.reset();
        untold = to.source();
        if (!sending()) {
            tellSwitched(now);
        }
        leg.attach();
        return true;
    }

    private void tellSwitched(long now) {
        Source to = untold;
        if (to == null) {
            return;
        }
        untold = null;
        LegEvent.Measure result = LegEvent.Measure.NONE;
        if (measure.measuring()) {
            result = new LegEvent.Measure(
                    measure.gapNanos(), measure.deadAirNanos(), measure.sequenceBreaks(), measure.timestampBreaks());
            if (to instanceof Source.Leg) {
                measure.end();
            }
        }
        leg.tell(new LegEvent.Switched(to, now, result));
    }

    void measureFrom(long t0Nanos) {
        measure.begin(t0Nanos);
    }

    // The pace.

    private long packetNanos() {
        return (long) samples * NANOS_PER_SAMPLE;
    }

    private void keepPace(long now) {
        boolean needed = terms != null && (leg.route().currentLeg() == null || digits.isBusy());
        if (needed && !pace.isScheduled()) {
            dueNanos = Math.max(dueNanos, now);
            loop.wheel.schedule(pace, dueNanos);
        }
    }

    private void tick(long now) {
        if (terms == null) {
            return;
        }
        dueNanos += packetNanos();
        if (now - dueNanos > CATCH_UP_NANOS_MAX) {
            dueNanos = now + packetNanos();
            timeline.sourceChanged();
        }
        boolean relaying = leg.route().currentLeg() != null;
        if (digits.isBusy() && terms.sendEventType() != null) {
            digit(now, relaying);
        } else if (!relaying) {
            audio(now);
        }
        keepPace(now);
    }

    private void audio(long now) {
        paced.fill(leg.route().current(), loop.frame, samples, now);
        if (!sending()) {
            timeline.sourceChanged();
            tellSwitched(now);
            return;
        }
        G711.convert(Law.ULAW, law, loop.frame, 0, samples);
        loop.out.put(HEADER, loop.frame, 0, samples);
        changed = timeline.changing();
        timeline.next(now, samples);
        transmit(loop.out, 0, samples, false, true, now);
    }

    private void digit(long now, boolean relaying) {
        Agreement agreed = terms;
        if (agreed == null) {
            return;
        }
        if (digits.pressing()) {
            boolean first = !digits.isPressed();
            boolean end = digits.nextIsEnd(agreed.packetMs());
            if (sending()) {
                if (relaying) {
                    timeline.sourceChanged();
                }
                if (first) {
                    // The packet's time passes on the clock; the event keeps the timestamp of its first.
                    timeline.next(now, samples);
                    digits.timestamp = timeline.timestamp();
                } else {
                    timeline.nextOfEvent(now, samples, digits.timestamp);
                }
                writeEvent(digits.event(), end, EVENT_VOLUME, digits.packetsSent() * samples);
                transmit(loop.out, 0, TelephoneEvent.PAYLOAD_BYTES, true, true, now);
            } else {
                timeline.sourceChanged();
            }
            if (end) {
                digits.endsLeft = TelephoneEvent.ENDS - 1;
                digits.released(agreed.packetMs());
            }
        } else {
            if (digits.endsLeft > 0) {
                digits.endsLeft--;
                if (sending()) {
                    // What was written last is the end; other packets have gone through the buffer since.
                    writeEvent(lastDigit, true, EVENT_VOLUME, lastDuration);
                    timeline.stampExtra(digits.timestamp);
                    transmit(loop.out, 0, TelephoneEvent.PAYLOAD_BYTES, true, true, now);
                }
            }
            digits.pausing();
            if (!relaying) {
                audio(now);
            }
        }
        if (relaying) {
            timeline.sourceChanged();
        }
    }

    private void writeEvent(int event, boolean end, int volume, int duration) {
        lastDigit = event;
        lastDuration = duration;
        TelephoneEvent.write(loop.out, HEADER, event, end, volume, duration);
    }

    void sendDigits(String wanted, int digitsMax, long now) {
        if (terms != null && terms.sendEventType() != null) {
            digits.add(wanted, digitsMax);
            if (leg.route().currentLeg() != null) {
                dueNanos = now;
            }
            keepPace(now);
        }
    }

    /** A digit in progress is ended before another source is heard: the one that is being sent, or the one that was being relayed. */
    private void endDigits(long now) {
        Agreement agreed = terms;
        if (agreed == null) {
            return;
        }
        if (digits.isPressed()) {
            sendEnds(
                    TelephoneEvent.ENDS,
                    digits.event(),
                    EVENT_VOLUME,
                    digits.packetsSent() * samples,
                    digits.timestamp,
                    now);
            digits.endsLeft = 0;
            digits.released(agreed.packetMs());
        } else if (digits.endsLeft > 0) {
            sendEnds(digits.endsLeft, lastDigit, EVENT_VOLUME, lastDuration, digits.timestamp, now);
            digits.endsLeft = 0;
        }
        closeEvent(current, now);
    }

    private void sendEnds(int count, int event, int volume, int duration, int timestamp, long now) {
        if (!sending()) {
            return;
        }
        for (int i = 0; i < count; i++) {
            writeEvent(event, true, volume, duration);
            timeline.stampExtra(timestamp);
            transmit(loop.out, 0, TelephoneEvent.PAYLOAD_BYTES, true, true, now);
        }
    }

    private int closeEvent(Relay relay, long now) {
        if (!relay.eventOpen) {
            return 0;
        }
        relay.eventOpen = false;
        int missing = TelephoneEvent.ENDS - relay.eventEnds;
        sendEnds(missing, relay.event, relay.eventVolume, relay.eventDuration, relay.eventOutput, now);
        return missing;
    }

    // Other legs.

    /** Takes a packet of another leg's peer, in a buffer of this loop that may be written to. */
    void fromLeg(Leg source, RtpPacket packet, boolean event, Law from, long now) {
        Route route = leg.route();
        boolean change = route.nextLeg() == source;
        if (terms == null || !change && route.currentLeg() != source) {
            return;
        }
        Relay relay = change ? next : current;
        if (!relay.input.take(packet.ssrc(), packet.sequence())) {
            late++;
            return;
        }
        if (!sending()) {
            timeline.sourceChanged();
            if (change) {
                commit(route, now);
            }
            return;
        }
        if (event) {
            relayEvent(relay, packet, change ? route : null, now);
        } else {
            relayAudio(relay, packet, from, change ? route : null, now);
        }
    }

    private void relayAudio(Relay relay, RtpPacket packet, Law from, @Nullable Route change, long now) {
        if (digits.isPressed()) {
            return;
        }
        int length = packet.payloadLength();
        if (relay.eventOpen) {
            int after = packet.timestamp() - relay.eventInput - relay.eventDuration;
            if (relay.eventEnds > 0 || after > FRAME_SAMPLES * 5) {
                relay.input.inserted(closeEvent(relay, now));
            }
        }
        if (length != samples) {
            relay.startCutting();
        }
        if (relay.cutting) {
            relay.grid(samples, from, packet.ssrc(), packet.timestamp());
            committing = change;
            cutting = relay;
            cutFrom = from;
            if (!relay.cutter()
                    .add(
                            packet.buffer(),
                            packet.payloadOffset(),
                            length,
                            packet.timestamp(),
                            relay.input.lost() > 0,
                            now,
                            this)) {
                late++;
            }
            committing = null;
            return;
        }
        if (change != null && !commit(change, now)) {
            return;
        }
        changed = timeline.changing() || !relay.input.mapped();
        relay.input.stamp(timeline, packet.sequence(), packet.timestamp(), packet.marker(), now, samples);
        G711.convert(from, law, packet.buffer(), packet.payloadOffset(), length);
        transmit(packet.buffer(), packet.payloadOffset() - HEADER, length, false, false, now);
    }

    @Override
    public void packet(byte[] payload, int length, int timestamp, int missing, long now) {
        Relay relay = cutting;
        Route change = committing;
        if (relay == null || change != null && !commit(change, now)) {
            return;
        }
        committing = null;
        changed = timeline.changing() || !relay.input.mapped();
        relay.input.stampRepacked(timeline, timestamp, missing, now, length);
        loop.out.put(HEADER, payload, 0, length);
        G711.convert(cutFrom, law, loop.out, HEADER, length);
        transmit(loop.out, 0, length, false, false, now);
    }

    private void relayEvent(Relay relay, RtpPacket packet, @Nullable Route change, long now) {
        Agreement agreed = terms;
        if (agreed == null
                || agreed.sendEventType() == null
                || packet.payloadLength() < TelephoneEvent.PAYLOAD_BYTES
                || digits.isPressed()) {
            relay.input.swallow();
            return;
        }
        ByteBuffer buffer = packet.buffer();
        int at = packet.payloadOffset();
        int timestamp = packet.timestamp();
        boolean known = relay.eventKnown && timestamp - relay.eventInput <= 0;
        if (known && (timestamp != relay.eventInput || !relay.eventOpen)) {
            relay.input.swallow();
            return;
        }
        boolean end = TelephoneEvent.end(buffer, at);
        if (known && !end && relay.eventEnds > 0) {
            relay.input.swallow();
            return;
        }
        if (change != null && !commit(change, now)) {
            return;
        }
        if (!known) {
            relay.input.inserted(closeEvent(relay, now));
            relay.eventKnown = true;
            relay.eventOpen = true;
            relay.eventEnds = 0;
            relay.eventInput = timestamp;
            relay.event = TelephoneEvent.event(buffer, at);
        }
        relay.eventVolume = TelephoneEvent.volume(buffer, at);
        relay.eventDuration = TelephoneEvent.duration(buffer, at);
        relay.eventEnds += end ? 1 : 0;
        relay.eventOpen = relay.eventEnds < TelephoneEvent.ENDS;
        if (relay.cutting) {
            relay.input.stampRepacked(timeline, timestamp, relay.input.lost(), now, 0);
        } else {
            relay.input.stamp(timeline, packet.sequence(), timestamp, packet.marker(), now, 0);
        }
        relay.eventOutput = timeline.timestamp();
        transmit(buffer, at - HEADER, TelephoneEvent.PAYLOAD_BYTES, true, false, now);
    }

    // The wire.

    private void transmit(ByteBuffer buffer, int offset, int length, boolean event, boolean own, long now) {
        Agreement agreed = terms;
        if (agreed == null) {
            return;
        }
        Integer eventType = agreed.sendEventType();
        int type = event && eventType != null ? eventType : agreed.sendPayloadType();
        RtpPacket.writeHeader(
                buffer, offset, type, timeline.marker(), timeline.sequence(), timeline.timestamp(), timeline.ssrc());
        boolean quiet = !event
                && Level.energy(law, buffer, offset + HEADER, length)
                        < length * (law == Law.ULAW ? ULAW_QUIET : ALAW_QUIET);
        buffer.limit(offset + HEADER + length).position(offset);
        socket.send(buffer);
        buffer.clear();
        packets++;
        octets += length;
        measure.sent(timeline.sequence(), timeline.timestamp(), event ? 0 : length, changed, own, quiet, now);
        sentAtNanos = now;
        if (untold != null) {
            tellSwitched(now);
        }
    }

    void close() {
        loop.wheel.cancel(pace);
    }

    Timeline timeline() {
        return timeline;
    }

    long packets() {
        return packets;
    }

    long octets() {
        return octets;
    }

    long late() {
        return late;
    }
}
