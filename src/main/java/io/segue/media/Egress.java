package io.segue.media;

import io.segue.flow.media.LegEvent;
import io.segue.flow.media.LegTap;
import io.segue.flow.media.Source;
import io.segue.rtp.DigitReceiver;
import io.segue.rtp.G711;
import io.segue.rtp.Law;
import io.segue.rtp.Repacketiser;
import io.segue.rtp.RtpPacket;
import io.segue.rtp.TelephoneEvent;
import io.segue.rtp.Timeline;
import io.segue.sdp.Agreement;
import org.jspecify.annotations.Nullable;

/** What a leg's peer hears: the switch, and the pace of sources that have none. On the leg's loop alone. */
final class Egress implements Repacketiser.Sink {
    /** A loop that was away for longer does not send what it has missed. */
    private static final long CATCH_UP_NANOS_MAX = 100_000_000;

    private static final int HEADER = RtpPacket.HEADER_BYTES;

    private final Leg leg;
    private final Loop loop;
    private final Sender sender;
    private final EventSender events;
    private final Timeline timeline;
    private final PacedSources paced;
    private final DigitReceiver digits = new DigitReceiver();
    private final Watchers watchers;
    private final LegTimer pace;

    private Relay current = new Relay();
    private Relay next = new Relay();
    /** There is one while a mix is heard. */
    private @Nullable Mixer mixer;

    private @Nullable Route committing;
    private @Nullable Relay cutting;
    private Law cutFrom = Law.ULAW;
    /** A source that has taken over and has not been heard yet. */
    private @Nullable Source untold;

    private long packetsBefore;
    private long dueNanos;
    private long late;

    Egress(Leg leg, LegTransport transport, Timeline timeline, PacedSources paced) {
        this.leg = leg;
        this.loop = leg.loop();
        this.sender = new Sender(transport, timeline);
        this.events = new EventSender(sender, loop.out);
        this.timeline = timeline;
        this.paced = paced;
        this.watchers = new Watchers(leg);
        this.pace = new LegTimer(leg, this::tick);
    }

    void negotiated(Agreement terms, long now) {
        boolean first = !sender.hasTerms();
        boolean wasSending = sender.sending();
        boolean otherLength = sender.negotiated(terms);
        if (!wasSending || current.cutting || next.cutting || otherLength) {
            timeline.sourceChanged();
        }
        current.cutting = false;
        next.cutting = false;
        if (first) {
            dueNanos = now;
        }
        keepPace(now);
    }

    /** The route was changed by the call: sources without a clock of their own take over at once, a leg with its first packet. */
    void rerouted(long now) {
        Route route = leg.route();
        next.reset();
        if (route.next() != null && route.nextLeg() == null) {
            commit(route, now);
        }
        leg.attach();
    }

    private boolean commit(Route route, long now) {
        Heard from = route.current();
        Heard to = route.next();
        if (to == null || !leg.commit(route, new Route(to, null))) {
            return false;
        }
        events.end(current, now);
        paced.changed(from, to, now);
        mix(to);
        if (from.kind() != Heard.Kind.PLAYOUT || to.kind() != Heard.Kind.PLAYOUT) {
            timeline.sourceChanged();
        }
        Relay old = current;
        current = next;
        next = old;
        next.reset();
        untold = to.source();
        packetsBefore = sender.packets();
        if (!sender.sending()) {
            tellSwitched(now);
        }
        leg.attach();
        if (from.relayed() != null && to.relayed() == null) {
            dueNanos = Math.max(now, sender.sentAtNanos() + sender.packetNanos());
        }
        keepPace(now);
        return true;
    }

    private void mix(Heard to) {
        if (!to.mixed()) {
            mixer = null;
            return;
        }
        Mixer going = mixer == null ? new Mixer(paced) : mixer;
        going.follow(to);
        mixer = going;
    }

    private void tellOnceHeard(long now) {
        if (untold != null && sender.packets() > packetsBefore) {
            tellSwitched(now);
        }
    }

    private void tellSwitched(long now) {
        Source to = untold;
        if (to == null) {
            return;
        }
        untold = null;
        leg.tell(new LegEvent.Switched(to, now, sender.measured()));
        if (to.saidBy() != null) {
            sender.endMeasure();
        }
    }

    void measureFrom(long t0Nanos) {
        sender.measureFrom(t0Nanos);
    }

    void sendDigits(String wanted, int digitsMax, long now) {
        if (sender.takesEvents()) {
            events.add(wanted, digitsMax);
            if (leg.route().currentLeg() != null) {
                dueNanos = now;
            }
            keepPace(now);
        }
    }

    // The pace.

    private void keepPace(long now) {
        boolean needed = sender.hasTerms() && (leg.route().currentLeg() == null || events.isBusy());
        if (needed && !pace.isScheduled()) {
            dueNanos = Math.max(dueNanos, now);
            loop.wheel.schedule(pace, dueNanos);
        }
    }

    private void tick(long now) {
        dueNanos += sender.packetNanos();
        if (now - dueNanos > CATCH_UP_NANOS_MAX) {
            dueNanos = now + sender.packetNanos();
            timeline.sourceChanged();
        }
        boolean relaying = leg.route().currentLeg() != null;
        boolean free = !events.isBusy() || !sender.takesEvents() || events.tick(relaying, now);
        if (free && !relaying) {
            audio(now);
        }
        tellOnceHeard(now);
        keepPace(now);
    }

    private void audio(long now) {
        int samples = sender.samples();
        Heard heard = leg.route().current();
        Mixer mixing = mixer;
        if (mixing != null) {
            mixing.next(heard, samples, now);
        } else {
            paced.fill(heard, loop.frame, samples, now);
        }
        if (!sender.sending()) {
            timeline.sourceChanged();
            tellSwitched(now);
            return;
        }
        if (mixing != null) {
            mixing.write(sender.law(), loop.out, HEADER, samples);
        } else {
            G711.convert(Law.ULAW, sender.law(), loop.frame, 0, samples);
            loop.out.put(HEADER, loop.frame, 0, samples);
        }
        boolean changed = timeline.changing();
        timeline.next(now, samples);
        sender.audio(loop.out, 0, samples, changed, true, now);
        if (mixing != null) {
            watchers.sentMix(mixing, loop.out, samples, sender.law(), now);
        } else {
            watchers.sent(loop.out, 0, samples, sender.law(), now);
        }
    }

    // Other legs.

    /** Takes a packet of another leg's peer, in a buffer of this loop that may be written to. */
    void fromLeg(Leg source, RtpPacket packet, Strand strand, Law from, long now) {
        Route route = mixing(source, strand, now);
        boolean change = strand != Strand.SENT && route.nextLeg() == source;
        if (!change && route.current().mixed()) {
            mix(source, packet, strand, from, now);
            return;
        }
        if (!sender.hasTerms() || strand == Strand.SENT || !change && route.currentLeg() != source) {
            return;
        }
        Relay relay = change ? next : current;
        if (!relay.input.take(packet.ssrc(), packet.sequence())) {
            late++;
            return;
        }
        if (!sender.sending()) {
            timeline.sourceChanged();
            if (change) {
                commit(route, now);
            }
            return;
        }
        if (strand == Strand.SPEECH) {
            relayAudio(relay, packet, from, change ? route : null, now);
        } else if (events.wants(relay, packet) && (!change || commit(route, now))) {
            events.relay(relay, packet, now);
        }
        tellOnceHeard(now);
    }

    /** A mix that begins with a leg begins with that leg's first packet; gives the route as it is then. */
    private Route mixing(Leg source, Strand strand, long now) {
        Route route = leg.route();
        Heard armed = route.next();
        boolean begins = armed != null && armed.mixed() && armed.awaited() == source && strand != Strand.SENT;
        return begins && sender.hasTerms() && commit(route, now) ? leg.route() : route;
    }

    /** Digits of a leg that is mixed are pressed anew: the mix has a clock of its own. */
    private void mix(Leg source, RtpPacket packet, Strand strand, Law from, long now) {
        if (strand != Strand.EVENTS) {
            if (mixer != null) {
                mixer.take(source, strand, packet, from);
            }
            return;
        }
        boolean ours =
                leg.route().current().awaited() == source && packet.payloadLength() >= TelephoneEvent.PAYLOAD_BYTES;
        int code = ours ? TelephoneEvent.event(packet.buffer(), packet.payloadOffset()) : -1;
        if (TelephoneEvent.isDigit(code) && digits.isNew(packet.ssrc(), packet.timestamp())) {
            sendDigits(String.valueOf(TelephoneEvent.digit(code)), leg.digitsMax(), now);
        }
    }

    /** Adds the voices that have joined the leg's peer to what is heard of it. */
    void voicesInto(byte[] ulaw, int samples) {
        if (mixer != null) {
            mixer.addVoices(ulaw, samples);
        }
    }

    void copyTo(@Nullable LegTap tap) {
        sender.copyTo(tap);
    }

    void watch(Leg watcher) {
        watchers.add(watcher);
    }

    void unwatch(Leg watcher) {
        watchers.remove(watcher);
    }

    private void relayAudio(Relay relay, RtpPacket packet, Law from, @Nullable Route change, long now) {
        if (events.isPressed()) {
            return;
        }
        events.beforeAudio(relay, packet.timestamp(), now);
        int length = packet.payloadLength();
        if (length != sender.samples()) {
            relay.startCutting();
        }
        if (relay.cutting) {
            cut(relay, packet, from, change, now);
            return;
        }
        if (change != null && !commit(change, now)) {
            return;
        }
        boolean changed = timeline.changing() || !relay.input.mapped();
        relay.input.stamp(timeline, packet.sequence(), packet.timestamp(), packet.marker(), now, sender.samples());
        G711.convert(from, sender.law(), packet.buffer(), packet.payloadOffset(), length);
        sender.audio(packet.buffer(), packet.payloadOffset() - HEADER, length, changed, false, now);
        watchers.sent(packet.buffer(), packet.payloadOffset() - HEADER, length, sender.law(), now);
    }

    private void cut(Relay relay, RtpPacket packet, Law from, @Nullable Route change, long now) {
        relay.grid(sender.samples(), from, packet.ssrc(), packet.timestamp());
        committing = change;
        cutting = relay;
        cutFrom = from;
        boolean taken = relay.cutter()
                .add(
                        packet.buffer(),
                        packet.payloadOffset(),
                        packet.payloadLength(),
                        packet.timestamp(),
                        relay.input.lost() > 0,
                        now,
                        this);
        late += taken ? 0 : 1;
        committing = null;
    }

    @Override
    public void packet(byte[] payload, int length, int timestamp, int missing, long now) {
        Relay relay = cutting;
        Route change = committing;
        if (relay == null || change != null && !commit(change, now)) {
            return;
        }
        committing = null;
        boolean changed = timeline.changing() || !relay.input.mapped();
        relay.input.stampRepacked(timeline, timestamp, missing, now, length);
        loop.out.put(HEADER, payload, 0, length);
        G711.convert(cutFrom, sender.law(), loop.out, HEADER, length);
        sender.audio(loop.out, 0, length, changed, false, now);
        watchers.sent(loop.out, 0, length, sender.law(), now);
    }

    void close() {
        loop.wheel.cancel(pace);
        watchers.clear();
    }

    Timeline timeline() {
        return timeline;
    }

    long packets() {
        return sender.packets();
    }

    long octets() {
        return sender.octets();
    }

    long late() {
        return late;
    }
}
