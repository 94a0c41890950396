package io.segue.sip.message;

/** {@code host = hostname / IPv4address / IPv6reference}, RFC 3261 25.1 with the IPv6 grammar of RFC 5954. */
final class Hosts {

    private Hosts() {}

    /** Names with an underscore are met in the field and taken. */
    static boolean isHost(String text) {
        if (text.isEmpty()) {
            return false;
        }
        if (text.charAt(0) == '[') {
            return text.charAt(text.length() - 1) == ']' && isIpv6(text.substring(1, text.length() - 1));
        }
        for (int i = 0; i < text.length(); i++) {
            if (!Chars.host(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static String bracketed(String host) {
        return host.indexOf(':') >= 0 && host.charAt(0) != '[' ? "[" + host + "]" : host;
    }

    static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** Reads a host where it stands. */
    static String read(Cursor in) throws Malformed {
        int start = in.at;
        if (in.peek() == '[') {
            int close = in.text.indexOf(']', start);
            if (close < 0) {
                throw new Malformed("an IPv6 reference is not closed");
            }
            in.at = close + 1;
        } else {
            while (Chars.host(in.peek())) {
                in.at++;
            }
        }
        String host = in.text.substring(start, in.at);
        if (host.contains(":::")) {
            // What the grammar of RFC 3261 wrongly asks for; RFC 5118 4.10 would have it understood.
            host = host.replace(":::", "::");
        }
        if (!isHost(host)) {
            throw new Malformed("no host");
        }
        return host;
    }

    /** Eight groups of one to four hexadecimal digits, one run of zeros as "::", an IPv4 address in place of the last two. */
    static boolean isIpv6(String text) {
        int groups = 0;
        boolean gap = false;
        int at = 0;
        if (text.startsWith("::")) {
            gap = true;
            at = 2;
        }
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0 && text.charAt(end) < 128) {
                end++;
            }
            if (end < text.length() && text.charAt(end) == '.') {
                return isIpv4(text.substring(at)) && (gap ? groups <= 5 : groups == 6);
            }
            if (end == at || end - at > 4) {
                return false;
            }
            groups++;
            if (end == text.length()) {
                at = end;
            } else if (text.charAt(end) != ':' || end + 1 == text.length()) {
                return false;
            } else if (text.charAt(end + 1) == ':') {
                if (gap) {
                    return false;
                }
                gap = true;
                at = end + 2;
            } else {
                at = end + 1;
            }
        }
        return gap ? groups <= 7 : groups == 8;
    }

    private static boolean isIpv4(String text) {
        int numbers = 0;
        int at = 0;
        while (at < text.length()) {
            int end = at;
            int value = 0;
            while (end < text.length() && end - at < 3 && Chars.digit(text.charAt(end))) {
                value = value * 10 + text.charAt(end++) - '0';
            }
            if (end == at || value > 255) {
                return false;
            }
            numbers++;
            if (end == text.length()) {
                return numbers == 4;
            }
            if (text.charAt(end) != '.') {
                return false;
            }
            at = end + 1;
        }
        return false;
    }
}
