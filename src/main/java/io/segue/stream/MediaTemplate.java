package io.segue.stream;

import java.util.Base64;

/** A media frame whose text is fixed but for three numbers and the payload; written into one buffer, without garbage. */
final class MediaTemplate {
    private static final int NUMBERS_BYTES_MAX = 3 * 20;
    private static final int PAYLOAD_BYTES = (StreamWriter.ULAW_BYTES + 2) / 3 * 4;

    private final byte[][] parts;
    private final byte[] ulaw = new byte[StreamWriter.ULAW_BYTES];
    private final byte[] payload = new byte[PAYLOAD_BYTES];
    private final byte[] buffer;
    private final byte[] digits = new byte[20];

    /** @param parts the five stretches of text around sequence number, two more numbers, and payload */
    MediaTemplate(String... parts) {
        this.parts = new byte[5][];
        int length = NUMBERS_BYTES_MAX + PAYLOAD_BYTES;
        for (int i = 0; i < 5; i++) {
            this.parts[i] = StreamWriter.utf8(parts[i]);
            length += this.parts[i].length;
        }
        this.buffer = new byte[length];
    }

    byte[] buffer() {
        return buffer;
    }

    int write(long first, long second, long third, byte[] source, int offset) {
        int at = put(parts[0], 0);
        at = put(first, at);
        at = put(parts[1], at);
        at = put(second, at);
        at = put(parts[2], at);
        at = put(third, at);
        at = put(parts[3], at);
        // The JDK's encoder is an intrinsic, but takes whole arrays only.
        System.arraycopy(source, offset, ulaw, 0, ulaw.length);
        Base64.getEncoder().encode(ulaw, payload);
        at = put(payload, at);
        return put(parts[4], at);
    }

    private int put(byte[] text, int at) {
        System.arraycopy(text, 0, buffer, at, text.length);
        return at + text.length;
    }

    private int put(long number, int at) {
        int first = digits.length;
        long rest = number;
        do {
            digits[--first] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        System.arraycopy(digits, first, buffer, at, digits.length - first);
        return at + digits.length - first;
    }
}
