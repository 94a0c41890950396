package io.segue.net.ws;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may open a WebSocket (RFC 6455 10.2): those of the host they ask for, and those named. What is no browser sends no Origin, or one of its
 * choice: it is let in, for whoever registers has to prove who they are anyway.
 *
 * @param others {@code https://desk.example}, {@code http://localhost:5173}; {@code *} for any
 */
public record Origins(List<String> others) {
    public Origins {
        others = others.stream().map(Origins::normal).toList();
    }

    /**
     * @param origin the header, if there is one
     * @param host the header {@code Host}: {@code name}, {@code name:port}
     */
    boolean admit(@Nullable String origin, @Nullable String host) {
        if (origin == null) {
            return true;
        }
        String asked = normal(origin);
        return others.contains("*") || others.contains(asked) || isOf(asked, host);
    }

    private static boolean isOf(String origin, @Nullable String host) {
        int scheme = origin.indexOf("://");
        return host != null
                && scheme > 0
                && normal(origin.substring(0, scheme + 3) + host).equals(origin);
    }

    /** In lower case, without the port that goes without saying and without a slash at the end. */
    private static String normal(String origin) {
        String lower = origin.strip().toLowerCase(Locale.ROOT);
        String bare = lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
        try {
            URI uri = URI.create(bare);
            boolean said = "http".equals(uri.getScheme()) && uri.getPort() == 80
                    || "https".equals(uri.getScheme()) && uri.getPort() == 443;
            return said ? uri.getScheme() + "://" + uri.getHost() : bare;
        } catch (IllegalArgumentException e) {
            return bare;
        }
    }
}
