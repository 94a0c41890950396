package io.segue.net;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class RecentPeersTest {
    @Test
    void remembersSoManyAndForgetsTheOneCalledLongestAgo() {
        RecentPeers peers = new RecentPeers(2);
        InetAddress a = InetAddress.ofLiteral("198.18.0.1");
        InetAddress b = InetAddress.ofLiteral("198.18.0.2");
        InetAddress c = InetAddress.ofLiteral("198.18.0.3");
        peers.add(a);
        peers.add(b);
        assertTrue(peers.contains(a) && peers.contains(b));
        peers.add(a);
        peers.add(c);
        assertTrue(peers.contains(a) && peers.contains(c));
        assertFalse(peers.contains(b));
    }
}
