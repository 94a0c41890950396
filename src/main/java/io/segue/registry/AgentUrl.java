package io.segue.registry;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Where an agent's socket may listen: {@code wss}, or {@code ws} to loopback, or {@code ws} when that is allowed for the agent. */
final class AgentUrl {
    private AgentUrl() {}

    static Optional<URI> read(Fields fields, String name, int charsMax, boolean allowInsecure) {
        Optional<String> text = fields.required(name, charsMax);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        URI url;
        try {
            url = new URI(text.get());
        } catch (URISyntaxException e) {
            fields.error(name, "has to be a URL such as wss://agent.example/stream");
            return Optional.empty();
        }
        Optional<String> wrong = wrong(url, allowInsecure);
        wrong.ifPresent(why -> fields.error(name, why));
        return wrong.isPresent() ? Optional.empty() : Optional.of(url);
    }

    private static Optional<String> wrong(URI url, boolean allowInsecure) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("wss") && !scheme.equals("ws")) {
            return Optional.of("has to start with wss:// or ws://");
        }
        if (url.getHost() == null || url.getPort() == 0 || url.getPort() > 65_535) {
            return Optional.of("has to be a URL such as wss://agent.example/stream");
        }
        if (url.getRawUserInfo() != null) {
            return Optional.of("has to be without user and password; auth is the place for them");
        }
        if (url.getRawFragment() != null) {
            return Optional.of("has to be without a fragment (#)");
        }
        if (scheme.equals("ws") && !allowInsecure && !loopback(url.getHost())) {
            return Optional.of("has to be wss:// (ws:// only to this machine, or with allowInsecure)");
        }
        return Optional.empty();
    }

    static boolean loopback(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host.startsWith("[") ? host.substring(1, host.length() - 1) : host)
                    .isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
