package io.segue.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the payload of a {@code media} or {@code playAudio} frame without building anything, where the frame has the usual
 * shape: an object of plain strings, integers and one flat {@code media} object. Whatever is unusual (escapes, a key twice,
 * another format) is left to a JSON parser; what is found here is what a parser would find. One instance per thread.
 */
public final class MediaScan {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final byte[] EVENT = ascii("event");
    private static final byte[] MEDIA = ascii("media");
    private static final byte[] PLAY_AUDIO = ascii("playAudio");
    private static final byte[] PAYLOAD = ascii("payload");
    private static final byte[] CONTENT_TYPE = ascii("contentType");
    private static final byte[] ULAW = ascii("audio/x-mulaw");
    private static final byte[] SAMPLE_RATE = ascii("sampleRate");
    private static final byte[] RATE_8000 = ascii("8000");

    private byte[] frame = new byte[0];
    private int at;
    private int end;
    private int valueStart;
    private int valueLength;
    private int payloadStart;
    private int payloadLength;

    /** Whether the frame is audio of the usual shape; then {@link #payloadOffset} and {@link #payloadLength} say where. */
    public boolean find(byte[] bytes, int offset, int length) {
        frame = bytes;
        at = offset;
        end = offset + length;
        payloadStart = -1;
        boolean audio = object(true) && payloadStart >= 0;
        skipSpace();
        return audio && at == end;
    }

    /** Where the base64 text begins in the array given to {@link #find}. */
    public int payloadOffset() {
        return payloadStart;
    }

    public int payloadLength() {
        return payloadLength;
    }

    private boolean object(boolean top) {
        if (!take('{')) {
            return false;
        }
        boolean event = !top;
        boolean more = true;
        while (more) {
            if (!string()) {
                return false;
            }
            int key = valueStart;
            int keyLength = valueLength;
            if (!take(':')) {
                return false;
            }
            boolean usual;
            if (top && is(key, keyLength, EVENT)) {
                usual = !event && string() && (valueIs(MEDIA) || valueIs(PLAY_AUDIO));
                event = true;
            } else if (top && is(key, keyLength, MEDIA)) {
                usual = payloadStart < 0 && object(false) && payloadStart >= 0;
            } else if (!top && is(key, keyLength, PAYLOAD)) {
                usual = payloadStart < 0 && payload();
            } else if (!top && is(key, keyLength, CONTENT_TYPE)) {
                usual = string() && valueIs(ULAW);
            } else if (!top && is(key, keyLength, SAMPLE_RATE)) {
                usual = integer() && valueIs(RATE_8000);
            } else {
                usual = plain();
            }
            if (!usual) {
                return false;
            }
            more = take(',');
        }
        return take('}') && event;
    }

    private boolean plain() {
        skipSpace();
        return at < end && (frame[at] == '"' ? string() : integer());
    }

    /** A string without escapes, of printable ASCII; its content becomes the value. */
    private boolean string() {
        if (!take('"')) {
            return false;
        }
        int start = at;
        while (at < end) {
            byte c = frame[at++];
            if (c == '"') {
                valueStart = start;
                valueLength = at - 1 - start;
                return true;
            }
            if (c < 0x20 || c == '\\') {
                return false;
            }
        }
        return false;
    }

    /** A string whose characters the decoder checks: only its end is looked for, eight bytes at a time. */
    private boolean payload() {
        if (!take('"')) {
            return false;
        }
        int start = at;
        int from = at;
        while (from + 8 <= end) {
            long eight = (long) LONG.get(frame, from) ^ ONES * '"';
            if (((eight - ONES) & ~eight & HIGHS) != 0) {
                break;
            }
            from += 8;
        }
        while (from < end && frame[from] != '"') {
            from++;
        }
        if (from == end) {
            return false;
        }
        at = from + 1;
        payloadStart = start;
        payloadLength = from - start;
        return true;
    }

    /** An integer as RFC 8259 writes it, without fraction or exponent. */
    private boolean integer() {
        skipSpace();
        int start = at;
        if (at < end && frame[at] == '-') {
            at++;
        }
        int digits = at;
        while (at < end && frame[at] >= '0' && frame[at] <= '9') {
            at++;
        }
        valueStart = start;
        valueLength = at - start;
        return at > digits && (frame[digits] != '0' || at == digits + 1);
    }

    private boolean take(char c) {
        skipSpace();
        if (at < end && frame[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (at < end && (frame[at] == ' ' || frame[at] == '\n' || frame[at] == '\r' || frame[at] == '\t')) {
            at++;
        }
    }

    private boolean valueIs(byte[] text) {
        return is(valueStart, valueLength, text);
    }

    private boolean is(int start, int length, byte[] text) {
        if (length != text.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (frame[start + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) text.charAt(i);
        }
        return bytes;
    }
}
