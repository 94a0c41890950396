package io.segue.sip.message;

/** Reads an unfolded header value from left to right, each character once (RFC 3261 25.1: LWS, token, quoted-string). */
final class Cursor {

    final String text;
    int at;

    Cursor(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    /** The next character, or -1. */
    int peek() {
        return at < text.length() ? text.charAt(at) : -1;
    }

    boolean skip(char wanted) {
        if (peek() == wanted) {
            at++;
            return true;
        }
        return false;
    }

    void expect(char wanted, String where) throws Malformed {
        if (!skip(wanted)) {
            throw new Malformed("'" + wanted + "' expected in " + where);
        }
    }

    Cursor blanks() {
        while (at < text.length() && Chars.blank(text.charAt(at))) {
            at++;
        }
        return this;
    }

    String token(String what) throws Malformed {
        int start = at;
        while (at < text.length() && Chars.token(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw new Malformed(what + " is no token");
        }
        return text.substring(start, at);
    }

    long number(String what, long max) throws Malformed {
        int start = at;
        long value = 0;
        while (at < text.length() && Chars.digit(text.charAt(at))) {
            value = value * 10 + (text.charAt(at) - '0');
            if (value > max) {
                throw new Malformed(what + " is too large");
            }
            at++;
        }
        if (at == start) {
            throw new Malformed(what + " is no number");
        }
        return value;
    }

    /** Reads a quoted string from its opening quote and returns what it means, without quotes and backslashes. */
    String quoted() throws Malformed {
        expect('"', "a quoted string");
        StringBuilder meant = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return meant.toString();
            }
            if (c == '\\') {
                if (atEnd()) {
                    break;
                }
                c = text.charAt(at++);
            }
            meant.append(c);
        }
        throw new Malformed("a quotation mark is not closed");
    }

    void end(String what) throws Malformed {
        blanks();
        if (!atEnd()) {
            throw new Malformed("something follows " + what);
        }
    }
}
