package io.segue.api.auth;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides who a request comes from. With the house open (dev profile) a request without a key that comes from this machine, and is not
 * made by some page in its browser, is an admin's.
 *
 * @param open whether the dev profile runs
 * @param sessions what the token of a session stands for
 */
public record Door(ApiKeys keys, boolean open, Function<String, Optional<SessionTokens.Session>> sessions) {
    private static final ApiKeys.Holder DEVELOPER = ApiKeys.Holder.ofKey("dev", Role.ADMIN);
    private static final String BEARER = "bearer ";

    public Door(ApiKeys keys, boolean open) {
        this(keys, open, token -> Optional.empty());
    }

    /** The same door, that knows sessions too. */
    public Door with(SessionTokens tokens, InstantSource clock) {
        return new Door(keys, open, token -> tokens.sessionOf(token, clock.millis()));
    }

    /** Who is there. */
    public sealed interface Visitor {
        record Known(ApiKeys.Holder holder) implements Visitor {}

        /** A human who has signed in, and may have signed out since. */
        record SignedIn(SessionTokens.Session session) implements Visitor {}

        /** No key; there are addresses that need none. */
        record Unknown() implements Visitor {}

        /** A key that nobody has, or something that is no key. */
        record Refused() implements Visitor {}
    }

    /**
     * @param authorization the header, if there is one
     * @param remote where the connection comes from; none: not known
     * @param host the header {@code Host}: a name other than this machine's, from this machine, is a page that has had its name resolved anew
     * @param origin the header of a browser's page, if there is one
     */
    public Visitor visitor(
            @Nullable String authorization,
            @Nullable InetAddress remote,
            @Nullable String host,
            @Nullable String origin) {
        if (authorization != null) {
            return bearer(authorization)
                    .flatMap(secret -> keys.holderOf(secret)
                            .<Visitor>map(Visitor.Known::new)
                            .or(() -> sessions.apply(secret).map(Visitor.SignedIn::new)))
                    .orElseGet(Visitor.Refused::new);
        }
        boolean local = remote != null
                && remote.isLoopbackAddress()
                && isLocal(host)
                && (origin == null || isLocalOrigin(origin));
        return open && local ? new Visitor.Known(DEVELOPER) : new Visitor.Unknown();
    }

    private static Optional<String> bearer(String authorization) {
        return authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? Optional.of(authorization.substring(BEARER.length()).strip())
                : Optional.empty();
    }

    private static boolean isLocalOrigin(String origin) {
        int scheme = origin.indexOf("://");
        return scheme > 0 && isLocal(origin.substring(scheme + 3));
    }

    /** {@code localhost:8080}, {@code 127.0.0.1}, {@code [::1]:8080}. */
    private static boolean isLocal(@Nullable String hostPort) {
        if (hostPort == null) {
            return false;
        }
        int colon = hostPort.lastIndexOf(':');
        boolean port = colon > hostPort.lastIndexOf(']');
        String host = port ? hostPort.substring(0, colon) : hostPort;
        return host.equalsIgnoreCase("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    }
}
