package io.segue.net;

/** Finds Content-Length, or its short form {@code l}, in a header section (RFC 3261 20.14). */
final class ContentLength {
    /** There is none, or none that can be trusted: no number, or two that differ. */
    static final long MISSING = -1;

    private static final byte[] NAME = {'c', 'o', 'n', 't', 'e', 'n', 't', '-', 'l', 'e', 'n', 'g', 't', 'h'};

    private ContentLength() {}

    static long of(byte[] buffer, int from, int to) {
        long found = MISSING;
        int line = from;
        while (line < to) {
            int lineEnd = line;
            while (lineEnd < to && buffer[lineEnd] != '\n') {
                lineEnd++;
            }
            int value = afterName(buffer, line, lineEnd);
            if (value > 0) {
                long length = number(buffer, value, lineEnd);
                if (length == MISSING || (found != MISSING && found != length)) {
                    return MISSING;
                }
                found = length;
            }
            line = lineEnd + 1;
        }
        return found;
    }

    /** Where the value begins, or 0 when the line is another header's. */
    private static int afterName(byte[] buffer, int from, int to) {
        int at = from;
        if (to - from > NAME.length && matches(buffer, from)) {
            at += NAME.length;
        } else if (to - from > 1 && lower(buffer[from]) == 'l') {
            at += 1;
        } else {
            return 0;
        }
        while (at < to && (buffer[at] == ' ' || buffer[at] == '\t')) {
            at++;
        }
        return at < to && buffer[at] == ':' ? at + 1 : 0;
    }

    private static boolean matches(byte[] buffer, int from) {
        for (int i = 0; i < NAME.length; i++) {
            if (lower(buffer[from + i]) != NAME[i]) {
                return false;
            }
        }
        return true;
    }

    private static long number(byte[] buffer, int from, int to) {
        long value = 0;
        int digits = 0;
        boolean over = false;
        for (int at = from; at < to; at++) {
            int c = buffer[at];
            if (c >= '0' && c <= '9' && !over && digits < 10) {
                value = value * 10 + (c - '0');
                digits++;
            } else if (c == ' ' || c == '\t' || c == '\r') {
                over = digits > 0;
            } else {
                return MISSING;
            }
        }
        return digits == 0 ? MISSING : value;
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + 32 : b;
    }
}
