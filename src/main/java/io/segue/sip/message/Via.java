package io.segue.sip.message;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One hop, RFC 3261 20.42 with {@code rport} of RFC 3581.
 *
 * @param transport in upper case: UDP, TCP, TLS, WS, …
 * @param host sent-by: name or address; IPv6 in brackets
 * @param port sent-by: 0 to 65535, null for the transport's own
 */
public record Via(String transport, String host, @Nullable Integer port, Params params) {

    /** What the branches of RFC 3261 begin with (8.1.1.7). */
    public static final String MAGIC_COOKIE = "z9hG4bK";

    public Via {
        transport = transport.toUpperCase(Locale.ROOT);
        if (!Chars.isToken(transport) || !Hosts.isHost(host) || (port != null && (port < 0 || port > 65535))) {
            throw new IllegalArgumentException("no Via: " + Header.oneLine(transport + " " + host + " " + port));
        }
    }

    /** A hop of our own, with an empty {@code rport} so that the response comes back the same way. */
    public static Via of(String transport, String host, int port, String branch) {
        return new Via(
                transport,
                Hosts.bracketed(host),
                port,
                Params.of("branch", branch).with("rport", null));
    }

    /** Reads one; empty when the grammar does not allow it. */
    public static Optional<Via> parse(String text) {
        try {
            return Optional.of(ViaReader.read(text));
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    /** The branch, or null (RFC 2543 peers have none). */
    public @Nullable String branch() {
        return params.get("branch");
    }

    /** Whether the branch identifies the transaction (17.2.3): the cookie and something behind it. */
    public boolean hasUniqueBranch() {
        String branch = branch();
        return branch != null
                && branch.length() > MAGIC_COOKIE.length()
                && branch.regionMatches(true, 0, MAGIC_COOKIE, 0, MAGIC_COOKIE.length());
    }

    public @Nullable String received() {
        String received = params.get("received");
        return received == null ? null : Hosts.unbracketed(received);
    }

    /** Whether the sender asks for symmetric responses, RFC 3581 4. */
    public boolean wantsRport() {
        return params.has("rport");
    }

    /** The port that a server saw, or null. */
    public @Nullable Integer rport() {
        String value = params.get("rport");
        if (value == null || value.isEmpty() || value.length() > 5) {
            return null;
        }
        for (int i = 0; i < value.length(); i++) {
            if (!Chars.digit(value.charAt(i))) {
                return null;
            }
        }
        int port = Integer.parseInt(value);
        return port > 65535 ? null : port;
    }

    /** The host as sockets want it: without the brackets of IPv6. */
    public String address() {
        return Hosts.unbracketed(host);
    }

    public Via withParam(String name, @Nullable String value) {
        return new Via(transport, host, port, params.with(name, value));
    }

    @Override
    public String toString() {
        return "SIP/2.0/" + transport + " " + host + (port == null ? "" : ":" + port) + params;
    }
}
