package io.segue.sip.message;

import java.util.Arrays;
import java.util.List;

/** The body as Content-Length cuts it, RFC 3261 18.3 and 20.14. */
final class Body {

    private Body() {}

    static byte[] cut(List<String> lengths, byte[] buffer, int start, int end) throws Fault {
        int present = end - start;
        if (lengths.isEmpty()) {
            return Arrays.copyOfRange(buffer, start, end);
        }
        long length = read(lengths.getFirst());
        for (String other : lengths) {
            if (read(other) != length) {
                throw Fault.badRequest("Content-Length contradicts itself");
            }
        }
        if (length > present) {
            throw Fault.badRequest("Content-Length is larger than the message");
        }
        return Arrays.copyOfRange(buffer, start, start + (int) length);
    }

    private static long read(String text) throws Fault {
        try {
            Cursor in = new Cursor(text);
            long length = in.number("Content-Length", Integer.MAX_VALUE);
            in.end("Content-Length");
            return length;
        } catch (Malformed e) {
            throw Fault.badRequest(e.why());
        }
    }
}
