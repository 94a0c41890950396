package io.segue.sip.message;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A {@code sip} or {@code sips} URI, RFC 3261 19.1. All parts are what is meant, unescaped; {@code toString()} escapes.
 *
 * @param scheme {@code sip} or {@code sips}
 * @param user the user part, null for none
 * @param password the password, null for none
 * @param host name or address; an IPv6 address stands in brackets
 * @param port 0 to 65535, null for none
 * @param params its parameters
 * @param headers its headers, in their order
 */
public record SipUri(
        String scheme,
        @Nullable String user,
        @Nullable String password,
        String host,
        @Nullable Integer port,
        Params params,
        Params headers)
        implements Uri {

    public SipUri {
        if (!scheme.equals("sip") && !scheme.equals("sips")) {
            throw new IllegalArgumentException("scheme is neither sip nor sips");
        }
        if (!Hosts.isHost(host)) {
            throw new IllegalArgumentException("no host: " + Header.oneLine(host));
        }
        if (port != null && (port < 0 || port > 65535)) {
            throw new IllegalArgumentException("no port: " + port);
        }
    }

    /** {@code sip:user@host:port}; a null user or port is left out. An IPv6 address may come without its brackets. */
    public static SipUri of(@Nullable String user, String host, @Nullable Integer port) {
        return new SipUri("sip", user, null, Hosts.bracketed(host), port, Params.NONE, Params.NONE);
    }

    /** Reads one; empty when it is malformed or of another scheme. */
    public static Optional<SipUri> parse(String text) {
        return Uri.parse(text).filter(SipUri.class::isInstance).map(SipUri.class::cast);
    }

    public SipUri withParams(Params changed) {
        return new SipUri(scheme, user, password, host, port, changed, headers);
    }

    public boolean secure() {
        return scheme.equals("sips");
    }

    /** The host as sockets want it: without the brackets of IPv6. */
    public String address() {
        return Hosts.unbracketed(host);
    }

    /** The {@code transport} parameter in lower case, or null. */
    public @Nullable String transport() {
        String transport = params.lower("transport");
        return transport.isEmpty() ? null : transport;
    }

    /** Whether it marks a loose router, RFC 3261 19.1.1. */
    public boolean looseRouting() {
        return params.has("lr");
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(48).append(scheme).append(':');
        if (user != null) {
            Escapes.escape(user, Chars::user, out);
            if (password != null) {
                out.append(':');
                Escapes.escape(password, Chars::password, out);
            }
            out.append('@');
        }
        out.append(host);
        if (port != null) {
            out.append(':').append(port.intValue());
        }
        out.append(params.uriForm());
        char separator = '?';
        for (Params.Param header : headers.list()) {
            out.append(separator);
            Escapes.escape(header.name(), Chars::header, out);
            out.append('=');
            String value = header.value();
            Escapes.escape(value == null ? "" : value, Chars::header, out);
            separator = '&';
        }
        return out.toString();
    }
}
