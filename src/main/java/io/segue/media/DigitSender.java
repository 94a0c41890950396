package io.segue.media;

import io.segue.rtp.TelephoneEvent;

/** The digits that a leg is to be sent as telephone-events (RFC 4733): 160 ms each with 80 ms between, counted in packets. */
final class DigitSender {
    private static final int PRESS_MS = 160;
    private static final int PAUSE_MS = 80;

    private final StringBuilder waiting = new StringBuilder();
    private int event = -1;
    private int packet;
    private int pause;
    int endsLeft;
    int timestamp;

    void add(String digits, int digitsMax) {
        for (int i = 0; i < digits.length() && waiting.length() < digitsMax; i++) {
            if (TelephoneEvent.eventOf(digits.charAt(i)) >= 0) {
                waiting.append(digits.charAt(i));
            }
        }
    }

    boolean isBusy() {
        return event >= 0 || endsLeft > 0 || pause > 0 || !waiting.isEmpty();
    }

    /** Begins the next digit if it is time; whether a digit is being pressed. */
    boolean pressing() {
        if (event < 0 && pause == 0 && endsLeft == 0 && !waiting.isEmpty()) {
            event = TelephoneEvent.eventOf(waiting.charAt(0));
            waiting.deleteCharAt(0);
            packet = 0;
        }
        return event >= 0;
    }

    boolean isPressed() {
        return event >= 0 && packet > 0;
    }

    int event() {
        return event;
    }

    /** How many packets of the event have been sent. */
    int packetsSent() {
        return packet;
    }

    /** A packet of the event goes out; whether it is the first of its ends. */
    boolean nextIsEnd(int packetMs) {
        packet++;
        return packet * packetMs >= PRESS_MS;
    }

    /** The first end has been sent. */
    void released(int packetMs) {
        event = -1;
        pause = Math.ceilDiv(PAUSE_MS, packetMs);
    }

    /** A packet's time passes between two digits. */
    void pausing() {
        pause = Math.max(0, pause - 1);
    }
}
