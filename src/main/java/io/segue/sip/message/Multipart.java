package io.segue.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Finds the part that matters in a multipart body, RFC 2046 5.1 as RFC 5621 3 has it in SIP. Nested ones are not looked into. */
public final class Multipart {

    private static final int PARTS_MAX = 32;

    private Multipart() {}

    /** The body of that type: the whole body, or the first part of a {@code multipart/…} body that has it. */
    public static Optional<byte[]> find(SipMessage message, String type) {
        MediaType whole = message.contentType();
        if (whole == null || message.body().length == 0) {
            return Optional.empty();
        }
        if (whole.is(type)) {
            return Optional.of(message.body());
        }
        String boundary = whole.params().get("boundary");
        if (!whole.type().equals("multipart") || boundary == null || boundary.isEmpty()) {
            return Optional.empty();
        }
        return part(message.body(), boundary, type);
    }

    private static Optional<byte[]> part(byte[] body, String boundary, String type) {
        // Latin-1 has one character for each octet, so that indexes are those of the body.
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String delimiter = "--" + boundary;
        int at = text.startsWith(delimiter) ? 0 : text.indexOf("\n" + delimiter) + 1;
        if (at == 0 && !text.startsWith(delimiter)) {
            return Optional.empty();
        }
        for (int part = 0; part < PARTS_MAX; part++) {
            int lineEnd = text.indexOf('\n', at);
            if (lineEnd < 0 || text.startsWith("--", at + delimiter.length())) {
                return Optional.empty();
            }
            int next = text.indexOf("\n" + delimiter, lineEnd);
            int end = next < 0 ? text.length() : next;
            if (next > 0 && text.charAt(next - 1) == '\r' && next - 1 > lineEnd) {
                end = next - 1;
            }
            Optional<byte[]> found = content(body, text, lineEnd + 1, Math.max(end, lineEnd + 1), type);
            if (found.isPresent() || next < 0) {
                return found;
            }
            at = next + 1;
        }
        return Optional.empty();
    }

    private static Optional<byte[]> content(byte[] body, String text, int start, int end, String type) {
        int at = start;
        boolean wanted = false;
        while (at < end) {
            int lineEnd = text.indexOf('\n', at);
            if (lineEnd < 0 || lineEnd >= end) {
                return Optional.empty();
            }
            String line = text.substring(at, lineEnd).strip();
            at = lineEnd + 1;
            if (line.isEmpty()) {
                return wanted ? Optional.of(Arrays.copyOfRange(body, at, end)) : Optional.empty();
            }
            if (line.toLowerCase(Locale.ROOT).startsWith("content-type")) {
                wanted = MediaType.parse(line.substring(line.indexOf(':') + 1))
                        .filter(found -> found.is(type))
                        .isPresent();
            }
        }
        return Optional.empty();
    }
}
