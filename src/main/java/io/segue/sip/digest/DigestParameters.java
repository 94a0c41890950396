package io.segue.sip.digest;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code Digest name=value, name="value", …} (RFC 7616 3.3 and 3.4, RFC 3261 25.1) in one pass. */
final class DigestParameters {
    private static final int PARAMETERS_MAX = 32;
    private static final String SCHEME = "digest";

    private final String text;
    private int at;

    private DigestParameters(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /** The parameters by lower-case name; empty for another scheme, a syntax error or a name given twice. */
    static Optional<Map<String, String>> parse(String header) {
        String text = header.strip();
        if (text.length() <= SCHEME.length()
                || !text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                || !isSpace(text.charAt(SCHEME.length()))) {
            return Optional.empty();
        }
        return new DigestParameters(text, SCHEME.length()).all();
    }

    /** A quoted string; a control character inside would break the header it is put into and is left out. */
    static String quote(String value) {
        StringBuilder out = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c >= ' ' && c != 0x7F) {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    private Optional<Map<String, String>> all() {
        Map<String, String> parameters = new LinkedHashMap<>();
        skipSpaces();
        while (at < text.length()) {
            String name = token().toLowerCase(Locale.ROOT);
            skipSpaces();
            if (name.isEmpty() || !skip('=')) {
                return Optional.empty();
            }
            skipSpaces();
            Optional<String> value = at < text.length() && text.charAt(at) == '"' ? quoted() : Optional.of(token());
            if (value.isEmpty() || parameters.putIfAbsent(name, value.get()) != null) {
                return Optional.empty();
            }
            skipSpaces();
            if (at < text.length() && !skip(',') || parameters.size() > PARAMETERS_MAX) {
                return Optional.empty();
            }
            skipSpaces();
        }
        return Optional.of(parameters);
    }

    private String token() {
        int start = at;
        while (at < text.length() && "=,\"".indexOf(text.charAt(at)) < 0 && !isSpace(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private Optional<String> quoted() {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return Optional.of(value.toString());
            }
            if (c == '\\' && at < text.length()) {
                c = text.charAt(at++);
            }
            value.append(c);
        }
        return Optional.empty();
    }

    private boolean skip(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpaces() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
