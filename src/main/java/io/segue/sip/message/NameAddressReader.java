package io.segue.sip.message;

import org.jspecify.annotations.Nullable;

/** Reads {@code (name-addr / addr-spec) *(SEMI param)}, RFC 3261 25.1. */
final class NameAddressReader {

    private NameAddressReader() {}

    static NameAddress read(String text, int uriCharsMax) throws Malformed {
        Cursor in = new Cursor(text);
        in.blanks();
        @Nullable String name = null;
        if (in.peek() == '"') {
            name = in.quoted();
            in.blanks();
            if (in.peek() != '<') {
                throw new Malformed("a display name without an address in angle brackets");
            }
        } else {
            int open = text.indexOf('<', in.at);
            if (open < 0 || isAddressFirst(text, in.at, open)) {
                return bare(in, uriCharsMax);
            }
            name = tokens(text, in.at, open);
            in.at = open;
        }
        in.expect('<', "an address");
        int close = text.indexOf('>', in.at);
        if (close < 0) {
            throw new Malformed("an angle bracket is not closed");
        }
        Uri uri = UriReader.read(text.substring(in.at, close), uriCharsMax);
        in.at = close + 1;
        return new NameAddress(name, uri, HeaderParams.read(in, "an address"));
    }

    /** {@code sip:a@b;x="<"} has a bracket, but behind its address: a colon or semicolon is in no display name of tokens. */
    private static boolean isAddressFirst(String text, int start, int open) {
        for (int i = start; i < open; i++) {
            char c = text.charAt(i);
            if (c == ':' || c == ';') {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String tokens(String text, int start, int end) throws Malformed {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            // Names beyond ASCII without quotation marks break the grammar and no one's understanding.
            if (!Chars.token(c) && !Chars.blank(c) && c < 0x80) {
                throw new Malformed("a display name needs quotation marks");
            }
        }
        String name = text.substring(start, end).strip();
        return name.isEmpty() ? null : name;
    }

    /** Without brackets everything behind a semicolon belongs to the header; comma and question mark are not allowed (20.10). */
    private static NameAddress bare(Cursor in, int uriCharsMax) throws Malformed {
        int start = in.at;
        while (!in.atEnd() && in.peek() != ';' && !Chars.blank(in.peek())) {
            if (in.peek() == '?' || in.peek() == ',') {
                throw new Malformed("an address needs angle brackets");
            }
            in.at++;
        }
        Uri uri = UriReader.read(in.text.substring(start, in.at), uriCharsMax);
        return new NameAddress(null, uri, HeaderParams.read(in, "an address"));
    }
}
