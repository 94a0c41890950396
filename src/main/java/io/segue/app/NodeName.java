package io.segue.app;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/** What this gateway is called among others. */
@Singleton
class NodeName {
    private static final int HOST_CHARS_MAX = 48;

    private final String name;

    @Inject
    NodeName(SegueConfig config) {
        name = config.node().orElseGet(NodeName::ofHost);
    }

    String name() {
        return name;
    }

    /** The random part: two gateways on one machine are two, and so is one before and after its restart. */
    private static String ofHost() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "segue";
        }
        String clean = host.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "-");
        String tag = new SecureIdentifiers().tag();
        return clean.substring(0, Math.min(clean.length(), HOST_CHARS_MAX)) + "-" + tag.substring(0, 6);
    }
}
