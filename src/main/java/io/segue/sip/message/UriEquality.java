package io.segue.sip.message;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** When two URIs mean the same: RFC 3261 19.1.4 and RFC 3966 5. */
final class UriEquality {

    /** Parameters that must be in both or in neither. */
    private static final List<String> TELLING = List.of("user", "ttl", "method", "maddr", "transport");

    private UriEquality() {}

    static boolean same(Uri one, Uri two) {
        return switch (one) {
            case SipUri a -> two instanceof SipUri b && sameSip(a, b);
            case TelUri a -> two instanceof TelUri b && sameTel(a, b);
            case OtherUri a -> a.equals(two);
        };
    }

    private static boolean sameSip(SipUri a, SipUri b) {
        return a.scheme().equals(b.scheme())
                && Objects.equals(a.user(), b.user())
                && Objects.equals(a.password(), b.password())
                && a.host().equalsIgnoreCase(b.host())
                && Objects.equals(a.port(), b.port())
                && sameParams(a.params(), b.params())
                && headers(a).equals(headers(b));
    }

    private static boolean sameParams(Params a, Params b) {
        for (String name : TELLING) {
            if (a.has(name) != b.has(name)) {
                return false;
            }
        }
        for (Params.Param param : a.list()) {
            if (b.has(param.name()) && !sameText(param.value(), b.get(param.name()))) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, String> headers(SipUri uri) {
        Map<String, String> headers = new HashMap<>();
        for (Params.Param header : uri.headers().list()) {
            headers.put(header.name().toLowerCase(Locale.ROOT), Objects.requireNonNullElse(header.value(), ""));
        }
        return headers;
    }

    private static boolean sameTel(TelUri a, TelUri b) {
        if (!a.digits().equalsIgnoreCase(b.digits())
                || a.params().list().size() != b.params().list().size()) {
            return false;
        }
        for (Params.Param param : a.params().list()) {
            if (!b.params().has(param.name())
                    || !sameText(param.value(), b.params().get(param.name()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameText(@Nullable String a, @Nullable String b) {
        return a == null ? b == null : b != null && a.equalsIgnoreCase(b);
    }
}
