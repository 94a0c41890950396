package io.segue.sip.dialog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was sent: a value of the header {@code Reason} (RFC 3326).
 *
 * @param protocol {@code SIP} or {@code Q.850}, or another token
 * @param cause a SIP status, a cause of Q.850 (0 to 127), or -1 where none is given
 */
public record Reason(String protocol, int cause, @Nullable String text) {
    /** For the losers when another phone took the call: it is no missed call. */
    public static final Reason COMPLETED_ELSEWHERE = sip(200, "Call completed elsewhere");

    /** Normal call clearing. */
    public static final Reason NORMAL = q850(16, "Normal call clearing");

    public static Reason sip(int status, String text) {
        return new Reason("SIP", status, text);
    }

    public static Reason q850(int cause, String text) {
        return new Reason("Q.850", cause, text);
    }

    /** Reads one value; empty when there is no protocol. */
    public static Optional<Reason> parse(String value) {
        List<String> parts = split(value);
        String protocol = parts.getFirst().strip();
        if (protocol.isEmpty()) {
            return Optional.empty();
        }
        int cause = -1;
        String text = null;
        for (String part : parts.subList(1, parts.size())) {
            int equals = part.indexOf('=');
            String name = part.substring(0, Math.max(equals, 0)).strip();
            String given = part.substring(equals + 1).strip();
            if (name.equalsIgnoreCase("cause") && given.matches("[0-9]{1,4}")) {
                cause = Integer.parseInt(given);
            } else if (name.equalsIgnoreCase("text")) {
                text = unquoted(given);
            }
        }
        return Optional.of(new Reason(protocol, cause, text));
    }

    /** All of them as one value of the header, as a list with commas; null for none. */
    public static @Nullable String join(List<Reason> reasons) {
        return reasons.isEmpty() ? null : reasons.stream().map(Reason::toString).collect(Collectors.joining(", "));
    }

    static List<Reason> parseAll(List<String> values) {
        return values.stream().flatMap(value -> parse(value).stream()).toList();
    }

    private static List<String> split(String value) {
        List<String> parts = new ArrayList<>(3);
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ';' && !quoted) {
                parts.add(value.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(value.substring(start));
        return parts;
    }

    private static String unquoted(String given) {
        if (given.length() < 2 || given.charAt(0) != '"' || !given.endsWith("\"")) {
            return given;
        }
        StringBuilder text = new StringBuilder(given.length());
        for (int i = 1; i < given.length() - 1; i++) {
            char c = given.charAt(i);
            text.append(c == '\\' && i + 1 < given.length() - 1 ? given.charAt(++i) : c);
        }
        return text.toString();
    }

    /** The header's value. */
    @Override
    public String toString() {
        String escaped = text == null ? null : text.replace("\\", "\\\\").replace("\"", "\\\"");
        return protocol + (cause < 0 ? "" : ";cause=" + cause) + (escaped == null ? "" : ";text=\"" + escaped + "\"");
    }
}
