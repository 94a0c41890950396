package io.segue.registry;

import java.util.Locale;
import java.util.Optional;

/**
 * As much of a SIP URI (RFC 3261, 19.1.1) as the registry has to know: that it is one, and which host it names. What it says in full is
 * read where it is called.
 *
 * @param host in lower case, without the brackets of an IPv6 reference
 */
record SipContact(String uri, String host) {
    static Optional<SipContact> of(String uri) {
        int colon = uri.indexOf(':');
        String scheme = colon < 0 ? "" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.equals("sip") && !scheme.equals("sips")) {
            return Optional.empty();
        }
        if (uri.chars().anyMatch(c -> c <= ' ' || c >= 0x7F || c == '<' || c == '>' || c == '"' || c == '\\')) {
            return Optional.empty();
        }
        String rest = uri.substring(colon + 1);
        int at = rest.lastIndexOf('@');
        if (at == 0) {
            return Optional.empty();
        }
        String hostPort = untilAny(rest.substring(at + 1), ";?");
        return host(hostPort).map(host -> new SipContact(uri, host.toLowerCase(Locale.ROOT)));
    }

    private static Optional<String> host(String hostPort) {
        boolean bracketed = hostPort.startsWith("[");
        int end =
                bracketed ? hostPort.indexOf(']') + 1 : untilAny(hostPort, ":").length();
        if (end <= 0) {
            return Optional.empty();
        }
        String host = bracketed ? hostPort.substring(1, end - 1) : hostPort.substring(0, end);
        String allowed = bracketed ? "0123456789abcdefABCDEF:." : "-._";
        boolean wellFormed = !host.isEmpty()
                && host.chars()
                        .allMatch(c -> allowed.indexOf(c) >= 0
                                || (!bracketed
                                        && (Character.isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))));
        return wellFormed && port(hostPort.substring(end)) ? Optional.of(host) : Optional.empty();
    }

    private static boolean port(String text) {
        if (text.isEmpty()) {
            return true;
        }
        String digits = text.substring(1);
        return text.charAt(0) == ':'
                && digits.length() <= 5
                && !digits.isEmpty()
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(digits) >= 1
                && Integer.parseInt(digits) <= 65_535;
    }

    private static String untilAny(String text, String ends) {
        for (int i = 0; i < text.length(); i++) {
            if (ends.indexOf(text.charAt(i)) >= 0) {
                return text.substring(0, i);
            }
        }
        return text;
    }
}
