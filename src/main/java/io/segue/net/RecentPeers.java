package io.segue.net;

import java.net.InetAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Addresses that we have sent requests to, the latest ones. */
final class RecentPeers {
    private final Set<InetAddress> addresses;

    RecentPeers(int most) {
        addresses = Collections.newSetFromMap(new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<InetAddress, Boolean> eldest) {
                return size() > most;
            }
        });
    }

    void add(InetAddress address) {
        addresses.add(address);
    }

    boolean contains(InetAddress address) {
        return addresses.contains(address);
    }
}
