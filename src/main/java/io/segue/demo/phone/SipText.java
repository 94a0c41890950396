package io.segue.demo.phone;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A SIP message as text (RFC 3261 7), read and written with no more care than a phone needs. */
final class SipText {
    final String firstLine;
    final String body;
    private final List<String[]> headers;

    private SipText(String firstLine, List<String[]> headers, String body) {
        this.firstLine = firstLine;
        this.headers = headers;
        this.body = body;
    }

    /** Reads a datagram; null when it is no SIP message. */
    static @Nullable SipText read(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0 || !text.contains("SIP/2.0")) {
            return null;
        }
        String[] lines = text.substring(0, end).split("\r\n", -1);
        List<String[]> headers = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.add(new String[] {
                    longName(lines[i].substring(0, colon).trim()),
                    lines[i].substring(colon + 1).trim()
                });
            }
        }
        return new SipText(lines[0], headers, text.substring(end + 4));
    }

    /** The first value of a header, by its long name in lower case, or an empty text. */
    String header(String name) {
        for (String[] header : headers) {
            if (header[0].equals(name)) {
                return header[1];
            }
        }
        return "";
    }

    /** All values of a header, one for each line. */
    List<String> headers(String name) {
        List<String> values = new ArrayList<>();
        for (String[] header : headers) {
            if (header[0].equals(name)) {
                values.add(header[1]);
            }
        }
        return values;
    }

    boolean isRequest() {
        return !firstLine.startsWith("SIP/2.0");
    }

    /** The method of a request, or of the request that a response answers. */
    String method() {
        String sequence = header("cseq");
        return isRequest()
                ? firstLine.substring(0, Math.max(0, firstLine.indexOf(' ')))
                : sequence.substring(sequence.indexOf(' ') + 1).trim();
    }

    /** The status of a response, 0 for a request. */
    int status() {
        return isRequest() || firstLine.length() < 11 ? 0 : Integer.parseInt(firstLine.substring(8, 11));
    }

    /** The number in CSeq. */
    int sequence() {
        String sequence = header("cseq");
        int space = sequence.indexOf(' ');
        return space < 0 ? 0 : Integer.parseInt(sequence.substring(0, space));
    }

    /** The branch of the topmost Via. */
    String branch() {
        return parameter(header("via"), "branch");
    }

    String callId() {
        return header("call-id");
    }

    /** The user part of a request's URI. */
    String calledUser() {
        int colon = firstLine.indexOf(':');
        int at = firstLine.indexOf('@');
        return colon > 0 && at > colon ? firstLine.substring(colon + 1, at) : "";
    }

    /** The tag of From or To. */
    String tag(String header) {
        String value = header(header);
        int bracket = value.indexOf('>');
        return parameter(bracket < 0 ? value : value.substring(bracket), "tag");
    }

    /** The URI between the brackets of a header, or what stands before its parameters. */
    static String uri(String value) {
        int open = value.indexOf('<');
        int close = value.indexOf('>', open + 1);
        if (open >= 0 && close > open) {
            return value.substring(open + 1, close);
        }
        int semicolon = value.indexOf(';');
        return semicolon < 0 ? value.trim() : value.substring(0, semicolon).trim();
    }

    /** A parameter of a header, without quotes, or an empty text. */
    static String parameter(String value, String name) {
        String lower = value.toLowerCase(Locale.ROOT);
        int from = 0;
        while (true) {
            int at = lower.indexOf(name + "=", from);
            if (at < 0) {
                return "";
            }
            if (at == 0 || " ;,".indexOf(lower.charAt(at - 1)) >= 0) {
                return valueAt(value, at + name.length() + 1);
            }
            from = at + 1;
        }
    }

    private static String valueAt(String text, int start) {
        if (start < text.length() && text.charAt(start) == '"') {
            int close = text.indexOf('"', start + 1);
            return text.substring(start + 1, close < 0 ? text.length() : close);
        }
        int end = start;
        while (end < text.length() && " ;,>".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(start, end);
    }

    private static String longName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "v" -> "via";
            case "f" -> "from";
            case "t" -> "to";
            case "i" -> "call-id";
            case "m" -> "contact";
            case "c" -> "content-type";
            case "l" -> "content-length";
            default -> lower;
        };
    }
}
