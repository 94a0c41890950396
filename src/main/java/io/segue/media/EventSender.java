package io.segue.media;

import io.segue.rtp.RtpPacket;
import io.segue.rtp.TelephoneEvent;
import io.segue.rtp.Timeline;
import java.nio.ByteBuffer;

/**
 * The telephone-events (RFC 4733) that a leg's peer is sent: digits of our own, and those of the leg that it hears. One timestamp per event, the end three times (2.5.1.4).
 * On the leg's loop alone.
 */
final class EventSender {
    private static final int HEADER = RtpPacket.HEADER_BYTES;
    private static final int VOLUME = 10;
    /** Audio so much later than an event's last word says that its end was lost. */
    private static final int LOST_END_SAMPLES = 800;

    private final Sender sender;
    private final Timeline timeline;
    private final ByteBuffer out;
    private final DigitSender digits = new DigitSender();
    private int lastDigit;
    private int lastDuration;

    /** @param out a buffer of the loop's to write packets in */
    EventSender(Sender sender, ByteBuffer out) {
        this.sender = sender;
        this.timeline = sender.timeline;
        this.out = out;
    }

    void add(String wanted, int digitsMax) {
        digits.add(wanted, digitsMax);
    }

    /** Whether a digit of our own is under way, or one waits. */
    boolean isBusy() {
        return digits.isBusy();
    }

    /** Whether a digit of our own is being pressed: nothing else is sent meanwhile. */
    boolean isPressed() {
        return digits.isPressed();
    }

    /** A packet's time passes for our own digits; whether it is still free for audio. */
    boolean tick(boolean relaying, long now) {
        boolean pressing = digits.pressing();
        if (pressing) {
            press(relaying, now);
        } else {
            if (digits.endsLeft > 0) {
                digits.endsLeft--;
                sendEnds(1, lastDigit, VOLUME, lastDuration, digits.timestamp, now);
            }
            digits.pausing();
        }
        if (relaying) {
            timeline.sourceChanged();
        }
        return !pressing;
    }

    private void press(boolean relaying, long now) {
        int samples = sender.samples();
        boolean first = !digits.isPressed();
        boolean end = digits.nextIsEnd(sender.packetMs());
        if (sender.sending()) {
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
            write(digits.event(), end, VOLUME, digits.packetsSent() * samples);
            sender.event(out, 0, now);
        } else {
            timeline.sourceChanged();
        }
        if (end) {
            digits.endsLeft = TelephoneEvent.ENDS - 1;
            digits.released(sender.packetMs());
        }
    }

    private void write(int event, boolean end, int volume, int duration) {
        lastDigit = event;
        lastDuration = duration;
        TelephoneEvent.write(out, HEADER, event, end, volume, duration);
    }

    /** A digit in progress is ended before another source is heard: the one that is being sent, or the one that was being relayed. */
    void end(Relay relayed, long now) {
        if (digits.isPressed()) {
            int duration = digits.packetsSent() * sender.samples();
            sendEnds(TelephoneEvent.ENDS, digits.event(), VOLUME, duration, digits.timestamp, now);
            digits.endsLeft = 0;
            digits.released(sender.packetMs());
        } else if (digits.endsLeft > 0) {
            sendEnds(digits.endsLeft, lastDigit, VOLUME, lastDuration, digits.timestamp, now);
            digits.endsLeft = 0;
        }
        close(relayed.event, now);
    }

    private void sendEnds(int count, int event, int volume, int duration, int timestamp, long now) {
        if (!sender.sending()) {
            return;
        }
        for (int i = 0; i < count; i++) {
            write(event, true, volume, duration);
            timeline.stampExtra(timestamp);
            sender.event(out, 0, now);
        }
    }

    private int close(RelayedEvent event, long now) {
        int missing = event.close();
        sendEnds(missing, event.code, event.volume, event.duration, event.output, now);
        return missing;
    }

    /** Audio of another leg comes: an event before it that lost its end is ended. */
    void beforeAudio(Relay relay, int timestamp, long now) {
        if (relay.event.isOver(timestamp, LOST_END_SAMPLES)) {
            relay.input.inserted(close(relay.event, now));
        }
    }

    /** Whether a packet of another leg's event is to be relayed; if not, its place in the sequence is taken out. */
    boolean wants(Relay relay, RtpPacket packet) {
        boolean wanted = sender.takesEvents()
                && packet.payloadLength() >= TelephoneEvent.PAYLOAD_BYTES
                && !digits.isPressed()
                && relay.event.isNews(packet.timestamp(), TelephoneEvent.end(packet.buffer(), packet.payloadOffset()));
        if (!wanted) {
            relay.input.swallow();
        }
        return wanted;
    }

    /** Relays a packet that is {@link #wants wanted}. */
    void relay(Relay relay, RtpPacket packet, long now) {
        ByteBuffer buffer = packet.buffer();
        int at = packet.payloadOffset();
        int timestamp = packet.timestamp();
        RelayedEvent event = relay.event;
        if (event.isAnother(timestamp)) {
            relay.input.inserted(close(event, now));
            event.begin(timestamp, TelephoneEvent.event(buffer, at));
        }
        event.took(buffer, at);
        if (relay.cutting) {
            relay.input.stampRepacked(timeline, timestamp, relay.input.lost(), now, 0);
        } else {
            relay.input.stamp(timeline, packet.sequence(), timestamp, packet.marker(), now, 0);
        }
        event.output = timeline.timestamp();
        sender.event(buffer, at - HEADER, now);
    }
}
