package io.segue.media;

import io.segue.rtp.TelephoneEvent;
import java.nio.ByteBuffer;

/** The telephone-event (RFC 4733) of another leg that was relayed last: one timestamp in, one out, three ends. */
final class RelayedEvent {
    /** Whether {@link #input} holds the timestamp of an event. */
    private boolean known;

    private boolean open;
    private int input;
    private int ends;

    int code;
    int volume;
    int duration;
    /** Its timestamp on the way out. */
    int output;

    /** Whether it has begun and not been ended three times. */
    boolean isOpen() {
        return open;
    }

    /** Whether a packet with this timestamp belongs to it, or to one before it. */
    private boolean isKnown(int timestamp) {
        return known && timestamp - input <= 0;
    }

    boolean isAnother(int timestamp) {
        return !isKnown(timestamp);
    }

    /** Whether a packet says something that the peer has to be told. */
    boolean isNews(int timestamp, boolean end) {
        return !isKnown(timestamp) || timestamp == input && open && (end || ends == 0);
    }

    void begin(int timestamp, int event) {
        known = true;
        open = true;
        ends = 0;
        input = timestamp;
        code = event;
    }

    void took(ByteBuffer payload, int at) {
        volume = TelephoneEvent.volume(payload, at);
        duration = TelephoneEvent.duration(payload, at);
        ends += TelephoneEvent.end(payload, at) ? 1 : 0;
        open = ends < TelephoneEvent.ENDS;
    }

    /** Whether audio of this timestamp can only come after it: its end was seen, or must have been lost. */
    boolean isOver(int timestamp, int graceSamples) {
        return open && (ends > 0 || timestamp - input - duration > graceSamples);
    }

    /** Ends it; how many of its three ends have not been sent. */
    int close() {
        if (!open) {
            return 0;
        }
        open = false;
        return TelephoneEvent.ENDS - ends;
    }

    void reset() {
        open = false;
        known = false;
    }
}
