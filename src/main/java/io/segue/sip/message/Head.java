package io.segue.sip.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Start line and header fields, unfolded (RFC 3261 7.3.1).
 *
 * @param headers those before the first fault, Content-Length apart
 * @param lengths the values of Content-Length: they frame the message and end with its frame
 * @param end index in the buffer behind the empty line
 * @param fault what is wrong with the header section, null for nothing
 */
record Head(
        String startLine,
        Headers headers,
        List<String> lengths,
        int end,
        @Nullable Fault fault) {

    static Head read(byte[] buffer, int start, int end, Limits limits) {
        int bodyStart = bodyStart(buffer, start, end);
        String text = decode(buffer, start, bodyStart < 0 ? end : bodyStart);
        int lineEnd = lineEnd(text, 0);
        String startLine = text.substring(0, lineEnd);
        Headers.Builder headers = Headers.builder();
        List<String> lengths = new ArrayList<>(1);
        @Nullable Fault fault = null;
        try {
            fields(text, next(text, lineEnd), headers, lengths, limits);
            if (bodyStart < 0) {
                fault = Fault.badRequest("the header section does not end");
            }
        } catch (Fault e) {
            fault = e;
        }
        if (end - start > limits.messageOctetsMax()) {
            fault = new Fault(513, Reasons.of(513));
        }
        return new Head(startLine, headers.build(), lengths, bodyStart < 0 ? end : bodyStart, fault);
    }

    /** Behind the first empty line; -1 without one. A line ends with CRLF, or as some peers have it with LF alone. */
    private static int bodyStart(byte[] buffer, int start, int end) {
        for (int i = start; i < end; i++) {
            if (buffer[i] == '\n') {
                if (i + 1 < end && buffer[i + 1] == '\n') {
                    return i + 2;
                }
                if (i + 2 < end && buffer[i + 1] == '\r' && buffer[i + 2] == '\n') {
                    return i + 3;
                }
            }
        }
        return -1;
    }

    /** UTF-8; where it is none, Latin-1, which older exchanges put into display names. */
    private static String decode(byte[] buffer, int start, int end) {
        String text = new String(buffer, start, end - start, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(buffer, start, end - start))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(buffer, start, end - start, StandardCharsets.ISO_8859_1);
        }
    }

    private static int lineEnd(String text, int from) {
        int newline = text.indexOf('\n', from);
        if (newline < 0) {
            return text.length();
        }
        return newline > from && text.charAt(newline - 1) == '\r' ? newline - 1 : newline;
    }

    private static int next(String text, int lineEnd) {
        int at = lineEnd;
        if (at < text.length() && text.charAt(at) == '\r') {
            at++;
        }
        return at < text.length() ? at + 1 : at;
    }

    private static void fields(String text, int from, Headers.Builder into, List<String> lengths, Limits limits)
            throws Fault {
        int at = from;
        int count = 0;
        while (at < text.length()) {
            int end = lineEnd(text, at);
            if (end == at) {
                return;
            }
            int fieldEnd = end;
            int following = next(text, end);
            while (following < text.length() && Chars.blank(text.charAt(following))) {
                fieldEnd = lineEnd(text, following);
                following = next(text, fieldEnd);
            }
            if (fieldEnd - at > limits.headerCharsMax()) {
                throw Fault.badRequest("a header is too long");
            }
            if (++count > limits.headersMax()) {
                throw Fault.badRequest("too many headers");
            }
            Header field = field(text, at, fieldEnd, fieldEnd != end);
            if (field.is("Content-Length")) {
                lengths.add(field.value());
            } else {
                into.add(field);
            }
            at = following;
        }
    }

    private static Header field(String text, int start, int end, boolean folded) throws Fault {
        int nameEnd = start;
        while (nameEnd < end && Chars.token(text.charAt(nameEnd))) {
            nameEnd++;
        }
        int colon = nameEnd;
        while (colon < end && Chars.blank(text.charAt(colon))) {
            colon++;
        }
        if (nameEnd == start || colon == end || text.charAt(colon) != ':') {
            throw Fault.badRequest("a header without its name");
        }
        String value = text.substring(colon + 1, end);
        if (folded) {
            value = unfold(value);
        }
        if (value.indexOf('\r') >= 0) {
            throw Fault.badRequest("a carriage return in a header");
        }
        return new Header(text.substring(start, nameEnd), value);
    }

    /** A line end with the blanks around it is one blank (25.1, LWS). */
    private static String unfold(String value) {
        StringBuilder line = new StringBuilder(value.length());
        int at = 0;
        while (at < value.length()) {
            int end = lineEnd(value, at);
            int from = at;
            int to = end;
            while (from < to && Chars.blank(value.charAt(from))) {
                from++;
            }
            while (to > from && Chars.blank(value.charAt(to - 1))) {
                to--;
            }
            if (!line.isEmpty()) {
                line.append(' ');
            }
            line.append(value, from, to);
            at = next(value, end);
        }
        return line.toString();
    }
}
