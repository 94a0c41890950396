package io.segue.net;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Cuts a stream into SIP messages by Content-Length (RFC 3261 18.3, keep-alives of RFC 5626 4.4.1). */
final class Framer {
    /** What comes next in the stream. */
    sealed interface Frame {
        /** A message: {@code length} bytes of {@code buffer} from {@code offset}, valid until the next call. */
        record Message(byte[] buffer, int offset, int length) implements Frame {}

        /** A double CRLF, which wants a single one back. */
        record Ping() implements Frame {}

        /** Nothing whole yet. */
        record More() implements Frame {}

        /** A header section that does not say how long its body is, so that nothing after it can be read. */
        record Unframed(byte[] buffer, int offset, int length) implements Frame {}

        /** A message longer than the limit; {@code length} bytes of header section are there, or none when not even that ended. */
        record TooLong(byte[] buffer, int offset, int length) implements Frame {}
    }

    private static final int FIRST_BYTES = 2048;
    private static final Frame MORE = new Frame.More();
    private static final Frame PING = new Frame.Ping();

    private final int messageBytesMax;
    private byte[] buffer = new byte[0];
    private int start;
    private int end;
    private int scanned;

    /** Length of the message whose body is still coming, 0 otherwise. */
    private int awaited;

    Framer(int messageBytesMax) {
        this.messageBytesMax = messageBytesMax;
    }

    /** Takes as much as there is room for; call {@link #next} until it wants more before the next round. */
    void append(ByteBuffer bytes) {
        compact();
        // One byte beyond the limit, so that a message that is too long shows.
        int length = Math.min(bytes.remaining(), messageBytesMax + 1 - end);
        if (end + length > buffer.length) {
            int doubled = Math.max(FIRST_BYTES, Math.max(end + length, buffer.length * 2));
            buffer = Arrays.copyOf(buffer, Math.min(doubled, messageBytesMax + 1));
        }
        bytes.get(buffer, end, length);
        end += length;
    }

    private void compact() {
        if (start == end) {
            start = 0;
            end = 0;
            scanned = 0;
            if (buffer.length > FIRST_BYTES) {
                buffer = new byte[0];
            }
        } else if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            scanned -= start;
            start = 0;
        }
    }

    Frame next() {
        if (awaited > 0) {
            return end - start < awaited ? MORE : message(awaited);
        }
        if (start < end && scanned <= start) {
            if (end - start >= 4 && crlf(start) && crlf(start + 2)) {
                start += 4;
                return PING;
            }
            while (start < end && isCrOrLf(buffer[start])) {
                if (end - start < 4 && allCrOrLf()) {
                    return MORE;
                }
                start++;
            }
        }
        int bodyStart = headerEnd();
        if (bodyStart < 0) {
            return end - start > messageBytesMax ? new Frame.TooLong(buffer, start, 0) : MORE;
        }
        int head = bodyStart - start;
        long bodyLength = ContentLength.of(buffer, start, bodyStart);
        if (bodyLength == ContentLength.MISSING) {
            return new Frame.Unframed(buffer, start, head);
        }
        if (head + bodyLength > messageBytesMax) {
            return new Frame.TooLong(buffer, start, head);
        }
        int length = head + (int) bodyLength;
        if (end - start < length) {
            awaited = length;
            return MORE;
        }
        return message(length);
    }

    private Frame message(int length) {
        Frame message = new Frame.Message(buffer, start, length);
        start += length;
        scanned = start;
        awaited = 0;
        return message;
    }

    private int headerEnd() {
        for (int i = Math.max(scanned, start); i + 3 < end; i++) {
            if (buffer[i] == '\r' && crlf(i) && crlf(i + 2)) {
                scanned = i;
                return i + 4;
            }
        }
        scanned = Math.max(start, end - 3);
        return -1;
    }

    /** Up to three bytes of a keep-alive: wait for the rest. */
    private boolean allCrOrLf() {
        for (int i = start; i < end; i++) {
            if (!isCrOrLf(buffer[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean crlf(int at) {
        return buffer[at] == '\r' && buffer[at + 1] == '\n';
    }

    private static boolean isCrOrLf(byte b) {
        return b == '\r' || b == '\n';
    }
}
