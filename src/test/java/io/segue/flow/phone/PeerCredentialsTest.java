package io.segue.flow.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.segue.registry.Directory;
import io.segue.registry.Forms;
import io.segue.registry.Limits;
import io.segue.sip.digest.DigestCredentials;
import io.segue.sip.digest.Ha1;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PeerCredentialsTest {
    private final Directory directory = new Directory(new Forms("segue", Limits.defaults()));

    private static Map<String, Object> stored(Map<String, Object> more) {
        Map<String, Object> trunk = new java.util.HashMap<>(Map.of(
                "addresses", List.of("192.0.2.0/24", "2001:db8::/32"),
                "username", "gw",
                "secret", Map.of("password", "secret")));
        trunk.putAll(more);
        return trunk;
    }

    private @Nullable DigestCredentials of(String contact) {
        return Whereabouts.fixed(directory, contact).orElseThrow().credentials();
    }

    @Test
    void theRealmIsTheHostThatIsCalled() {
        directory.trunk("pbx", stored(Map.of()));
        assertEquals(
                new DigestCredentials("gw", "192.0.2.7", Ha1.of("gw", "192.0.2.7", "secret")),
                of("sip:acd@192.0.2.7:5070"));
        assertEquals("2001:db8::1", assertNotNullRealm("sip:acd@[2001:db8::1]"));
        directory.queue("q", Map.of("overflow", List.of(Map.of("sip", "sip:acd@pbx.example"))));
        directory.resolved("pbx.example", Set.of(InetAddress.ofLiteral("192.0.2.9")));
        assertEquals("pbx.example", assertNotNullRealm("sip:acd@pbx.example"));
    }

    private String assertNotNullRealm(String contact) {
        DigestCredentials credentials = of(contact);
        assertNotNull(credentials, contact);
        return credentials.realm();
    }

    @Test
    void orTheOneThatTheTrunkNames() {
        directory.trunk("pbx", stored(Map.of("realm", "asterisk")));
        assertEquals(
                new DigestCredentials("gw", "asterisk", Ha1.of("gw", "asterisk", "secret")), of("sip:acd@192.0.2.7"));
    }

    @Test
    void nobodyElseIsShownAnything() {
        directory.trunk("pbx", stored(Map.of()));
        assertNull(of("sip:acd@198.51.100.7"), "another's address");
        assertNull(of("sip:acd@pbx.example"), "a name that has not been looked up");
        directory.trunk("open", Map.of("addresses", List.of("203.0.113.0/24")));
        assertNull(of("sip:acd@203.0.113.1"), "a trunk without a password");
    }
}
