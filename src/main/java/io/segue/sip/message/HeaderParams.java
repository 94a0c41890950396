package io.segue.sip.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the parameters behind a header value: {@code *(SEMI generic-param)}, RFC 3261 25.1. */
final class HeaderParams {

    private static final int PARAMS_MAX = 64;

    private HeaderParams() {}

    /** Reads up to the end of the text. */
    static Params read(Cursor in, String where) throws Malformed {
        if (in.blanks().atEnd()) {
            return Params.NONE;
        }
        List<Params.Param> found = new ArrayList<>(4);
        while (!in.blanks().atEnd()) {
            in.expect(';', where);
            String name = in.blanks().token("a parameter's name in " + where);
            in.blanks();
            @Nullable String value = null;
            boolean quoted = false;
            if (in.skip('=')) {
                in.blanks();
                quoted = in.peek() == '"';
                value = quoted ? in.quoted() : bare(in, where);
            }
            found.add(new Params.Param(name, value, quoted));
            if (found.size() > PARAMS_MAX) {
                throw new Malformed("too many parameters in " + where);
            }
        }
        return new Params(found);
    }

    /** token or host. A bare IPv6 address is no host of the grammar, but RFC 5118 4.5 asks to take one. */
    private static String bare(Cursor in, String where) throws Malformed {
        int start = in.at;
        while (!in.atEnd() && isBare(in.peek())) {
            in.at++;
        }
        if (in.at == start) {
            throw new Malformed("a parameter without its value in " + where);
        }
        return in.text.substring(start, in.at);
    }

    private static boolean isBare(int c) {
        return Chars.token(c) || c == '[' || c == ']' || c == ':';
    }

    /** Whether a value needs no quotation marks. */
    static boolean plain(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (!isBare(value.charAt(i))) {
                return false;
            }
        }
        return !value.isEmpty();
    }
}
