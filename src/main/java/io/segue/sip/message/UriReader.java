package io.segue.sip.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Reads URIs: {@code SIP-URI / SIPS-URI / absoluteURI} of RFC 3261 25.1. */
final class UriReader {

    private static final int PARAMS_MAX = 64;

    private UriReader() {}

    static Uri read(String text, int charsMax) throws Malformed {
        if (text.length() > charsMax) {
            throw new Malformed("a URI is too long");
        }
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new Malformed("a URI without a scheme");
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "sip", "sips" -> sip(scheme, text, colon + 1);
            case "tel" -> tel(text, colon + 1);
            default -> other(text, colon);
        };
    }

    private static Uri other(String text, int colon) throws Malformed {
        for (int i = 0; i < colon; i++) {
            char c = text.charAt(i);
            if (!Chars.alpha(c) && !(i > 0 && (Chars.digit(c) || c == '+' || c == '-' || c == '.'))) {
                throw new Malformed("a URI's scheme is malformed");
            }
        }
        try {
            return new OtherUri(text);
        } catch (IllegalArgumentException e) {
            throw new Malformed("a URI has characters that it may not have");
        }
    }

    private static Uri tel(String text, int start) throws Malformed {
        int end = text.indexOf(';', start);
        String number = text.substring(start, end < 0 ? text.length() : end);
        Cursor in = new Cursor(text);
        in.at = start + number.length();
        Params params = params(in);
        in.end("a telephone number");
        try {
            return new TelUri(number, params);
        } catch (IllegalArgumentException e) {
            throw new Malformed("no telephone number");
        }
    }

    private static Uri sip(String scheme, String text, int start) throws Malformed {
        Cursor in = new Cursor(text);
        in.at = start;
        @Nullable String user = null;
        @Nullable String password = null;
        // '@' stands unescaped nowhere else in a SIP URI.
        int at = text.indexOf('@', start);
        if (at >= 0) {
            int colon = text.indexOf(':', start);
            int userEnd = colon >= 0 && colon < at ? colon : at;
            user = part(text, start, userEnd, Chars::user, "user");
            if (user.isEmpty()) {
                throw new Malformed("a SIP URI with an empty user");
            }
            if (userEnd < at) {
                password = part(text, userEnd + 1, at, Chars::password, "password");
            }
            in.at = at + 1;
        }
        String host = Hosts.read(in);
        @Nullable Integer port = null;
        if (in.skip(':')) {
            port = (int) in.number("a port", 65535);
        }
        Params params = params(in);
        Params headers = in.peek() == '?' ? headers(in) : Params.NONE;
        if (!in.atEnd()) {
            throw new Malformed("a SIP URI has characters that it may not have");
        }
        return new SipUri(scheme, user, password, host, port, params, headers);
    }

    private static Params params(Cursor in) throws Malformed {
        if (in.peek() != ';') {
            return Params.NONE;
        }
        List<Params.Param> found = new ArrayList<>(4);
        while (in.skip(';')) {
            String name = run(in, Chars::param, "parameter");
            @Nullable String value = in.skip('=') ? run(in, Chars::param, "parameter") : null;
            if (name.isEmpty() || (value != null && value.isEmpty())) {
                throw new Malformed("a parameter of a URI is empty");
            }
            found.add(new Params.Param(name, value, false));
            if (found.size() > PARAMS_MAX) {
                throw new Malformed("too many parameters in a URI");
            }
        }
        return new Params(found);
    }

    private static Params headers(Cursor in) throws Malformed {
        List<Params.Param> found = new ArrayList<>(4);
        while (in.skip('?') || (!found.isEmpty() && in.skip('&'))) {
            String name = run(in, Chars::header, "header");
            in.expect('=', "a URI's header");
            if (name.isEmpty()) {
                throw new Malformed("a header of a URI has no name");
            }
            found.add(new Params.Param(name, run(in, Chars::header, "header"), false));
            if (found.size() > PARAMS_MAX) {
                throw new Malformed("too many headers in a URI");
            }
        }
        return new Params(found);
    }

    private static String run(Cursor in, IntPredicate allowed, String what) throws Malformed {
        int start = in.at;
        while (!in.atEnd() && (in.peek() == '%' || allowed.test(in.peek()))) {
            in.at++;
        }
        return part(in.text, start, in.at, allowed, what);
    }

    private static String part(String text, int start, int end, IntPredicate allowed, String what) throws Malformed {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c != '%' && !allowed.test(c)) {
                throw new Malformed("the " + what + " of a SIP URI has characters that it may not have");
            }
        }
        return Escapes.unescape(text.substring(start, end));
    }
}
