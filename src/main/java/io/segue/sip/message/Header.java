package io.segue.sip.message;

/**
 * One header field (RFC 3261 7.3). A name that is known stands in its usual spelling, compact forms written out; a value is one
 * line: line ends in it become blanks, so that no value can bring a header of its own.
 */
public record Header(String name, String value) {

    public Header {
        if (!Chars.isToken(name)) {
            throw new IllegalArgumentException("no header name: " + oneLine(name));
        }
        name = HeaderNames.usual(name);
        value = oneLine(value).strip();
    }

    /** Whether a text can be the name of a header (a token). */
    public static boolean isName(String text) {
        return Chars.isToken(text);
    }

    boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }

    static String oneLine(String text) {
        return text.indexOf('\r') < 0 && text.indexOf('\n') < 0
                ? text
                : text.replace("\r\n", " ").replace('\r', ' ').replace('\n', ' ');
    }
}
