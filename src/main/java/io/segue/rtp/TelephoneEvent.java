package io.segue.rtp;

import java.nio.ByteBuffer;

/** The payload of a telephone-event (RFC 4733, 2.3): event, end bit, volume, duration. */
public final class TelephoneEvent {
    public static final int PAYLOAD_BYTES = 4;

    /** How often the end is sent (2.5.1.4). */
    public static final int ENDS = 3;

    private static final String DIGITS = "0123456789*#ABCD";

    private TelephoneEvent() {}

    public static int event(ByteBuffer from, int offset) {
        return from.get(offset) & 0xFF;
    }

    public static boolean end(ByteBuffer from, int offset) {
        return from.get(offset + 1) < 0;
    }

    /** Power in dBm0 without its sign, 0 to 63. */
    public static int volume(ByteBuffer from, int offset) {
        return from.get(offset + 1) & 0x3F;
    }

    /** Timestamp units since the event began, 0 to 65535. */
    public static int duration(ByteBuffer from, int offset) {
        return from.getShort(offset + 2) & 0xFFFF;
    }

    public static void write(ByteBuffer to, int offset, int event, boolean end, int volume, int duration) {
        to.put(offset, (byte) event);
        to.put(offset + 1, (byte) ((end ? 0x80 : 0) | volume));
        to.putShort(offset + 2, (short) Math.min(duration, 0xFFFF));
    }

    /** Whether the event is one of the sixteen digits (3.2, table 3). */
    public static boolean isDigit(int event) {
        return event >= 0 && event < DIGITS.length();
    }

    public static char digit(int event) {
        return DIGITS.charAt(event);
    }

    /** The event of a digit, -1 where the character is none. */
    public static int eventOf(char digit) {
        return DIGITS.indexOf(Character.toUpperCase(digit));
    }
}
