package io.segue.sip.message;

/** The character classes of RFC 3261 25.1, as bits of one table. */
final class Chars {

    private static final int TOKEN = 1;
    private static final int USER = 2;
    private static final int PASSWORD = 4;
    private static final int PARAM = 8;
    private static final int HEADER = 16;
    private static final int HOST = 32;
    private static final int WORD = 64;

    private static final byte[] CLASSES = new byte[128];

    static {
        for (char c = '0'; c <= 'z'; c++) {
            if (c <= '9' || (c >= 'A' && c <= 'Z') || c >= 'a') {
                CLASSES[c] = TOKEN | USER | PASSWORD | PARAM | HEADER | HOST | WORD;
            }
        }
        mark("-.!%*_+`'~", TOKEN);
        mark("-.!%*_+`'~()<>:\\\"/[]?{}", WORD);
        // unreserved is alphanum and mark; the escape itself is no member of these
        mark("-_.!~*'()", USER | PASSWORD | PARAM | HEADER);
        mark("&=+$,;?/", USER);
        mark("&=+$,", PASSWORD);
        mark("[]/:&+$", PARAM);
        mark("[]/?:+$", HEADER);
        mark("-._", HOST);
    }

    private Chars() {}

    private static void mark(String characters, int bits) {
        for (int i = 0; i < characters.length(); i++) {
            CLASSES[characters.charAt(i)] |= (byte) bits;
        }
    }

    private static boolean is(int c, int bit) {
        return c >= 0 && c < 128 && (CLASSES[c] & bit) != 0;
    }

    static boolean token(int c) {
        return is(c, TOKEN);
    }

    static boolean word(int c) {
        return is(c, WORD);
    }

    static boolean user(int c) {
        return is(c, USER);
    }

    static boolean password(int c) {
        return is(c, PASSWORD);
    }

    static boolean param(int c) {
        return is(c, PARAM);
    }

    static boolean header(int c) {
        return is(c, HEADER);
    }

    static boolean host(int c) {
        return is(c, HOST);
    }

    static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean alpha(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean blank(int c) {
        return c == ' ' || c == '\t';
    }

    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!token(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
