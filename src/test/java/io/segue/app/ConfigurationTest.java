package io.segue.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    private static SegueConfig config(Map<String, String> environment) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(SegueConfig.class)
                .withSources(new EnvConfigSource(environment, 300))
                .build();
        return config.getConfigMapping(SegueConfig.class);
    }

    @Test
    void takesTheNamesOfTheEnvironment() {
        SegueConfig config = config(Map.of(
                "SEGUE_SIP_HOST", "192.0.2.1",
                "SEGUE_SIP_PORT", "5070",
                "SEGUE_SIP_PROXIES", "192.0.2.2,198.51.100.0/24",
                "SEGUE_MEDIA_PORTS", "30000-30999",
                "SEGUE_ADVERTISED_ADDRESS", "203.0.113.9",
                "SEGUE_API_KEYS", "a:admin:0123456789abcdef,b:human:0123456789abcdeg",
                "SEGUE_SIGNING_KEY", "k"));
        assertEquals("192.0.2.1", config.sip().host());
        assertEquals(5070, config.sip().port());
        assertEquals(
                Optional.of(List.of("192.0.2.2", "198.51.100.0/24")),
                config.sip().proxies());
        assertEquals("30000-30999", config.media().ports());
        assertEquals(Optional.of("203.0.113.9"), config.advertisedAddress());
        assertEquals(
                Optional.of("a:admin:0123456789abcdef,b:human:0123456789abcdeg"),
                config.api().keys());
        assertEquals(Optional.of("k"), config.signingKey());
    }

    @Test
    void hasADefaultForEverythingThatIsNeeded() {
        SegueConfig config = config(Map.of());
        assertEquals("0.0.0.0", config.sip().host());
        assertEquals(5060, config.sip().port());
        assertEquals("segue", config.sip().realm());
        assertEquals(
                new PortRange(20000, 29999),
                PortRange.of("segue.media.ports", config.media().ports()));
        assertEquals(io.segue.api.Limits.defaults(), new ApiBeans().apiLimits(config));
        assertEquals(io.segue.registry.Limits.defaults(), new ApiBeans().registryLimits(config));
    }

    @Test
    void documentsEveryKeyWithItsDefault() throws Exception {
        String page = Files.readString(Path.of("docs", "configuration.md"));
        Map<String, io.smallrye.config.ConfigMappingInterface.Property> properties =
                ConfigMappings.getProperties(ConfigMappings.ConfigClass.configClass(SegueConfig.class, "segue"));
        assertTrue(properties.size() > 50);
        properties.forEach((path, property) -> {
            String name = path.replace("[*]", "");
            String line = page.lines()
                    .filter(l -> l.startsWith("| `" + name + "`"))
                    .findFirst()
                    .orElse("");
            assertTrue(!line.isEmpty(), name + " is not in docs/configuration.md");
            if (property.hasDefaultValue() && property.getDefaultValue() != null) {
                assertTrue(
                        line.contains("`" + property.getDefaultValue() + "`"),
                        name + ": " + property.getDefaultValue());
            }
        });
    }

    @Test
    void readsARangeOfPortsAsWholePairs() {
        assertEquals(new PortRange(20000, 29999), PortRange.of("x", "20000-29999"));
        assertEquals(new PortRange(20002, 20003), PortRange.of("x", "20001-20004"));
        assertEquals(1, PortRange.of("x", "40000 - 40001").pairs());
        for (String text : List.of("", "20000", "20001-20002", "30000-20000", "0-10", "65000-65536", "a-b", "-1-5")) {
            assertThrows(IllegalArgumentException.class, () -> PortRange.of("x", text), text);
        }
    }

    @Test
    void doesNotStartWithoutKeysOutsideDev() {
        ConfigurationException none =
                assertThrows(ConfigurationException.class, () -> ApiBeans.door(Optional.empty(), false));
        assertTrue(none.getMessage().contains("SEGUE_API_KEYS"));
        assertThrows(ConfigurationException.class, () -> ApiBeans.door(Optional.of("nonsense"), true));
        assertTrue(ApiBeans.door(Optional.empty(), true).open());
        assertEquals(
                false,
                ApiBeans.door(Optional.of("a:admin:0123456789abcdef"), false).open());
    }

    @Test
    void takesASigningKeyOfTheLeastLengthAndNoneShorter() {
        assertArrayEquals("k".repeat(32).getBytes(), ApiBeans.signingKey(Optional.of("k".repeat(32))));
        assertThrows(ConfigurationException.class, () -> ApiBeans.signingKey(Optional.of("k".repeat(31))));
        assertEquals(32, ApiBeans.signingKey(Optional.empty()).length);
    }

    @Test
    void wantsRoomForEveryEventThatAReaderMayHaveMissed() {
        assertThrows(ConfigurationException.class, () -> new ApiBeans()
                .apiLimits(
                        config(Map.of("SEGUE_API_SUBSCRIBER_EVENTS_MAX", "2000", "SEGUE_STORE_EVENTS_MAX", "2000"))));
        new ApiBeans()
                .apiLimits(config(Map.of("SEGUE_API_SUBSCRIBER_EVENTS_MAX", "2001", "SEGUE_STORE_EVENTS_MAX", "2000")));
    }
}
