package io.segue.api;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Our own ports with nothing behind them, so that the REST interface stands alone; enabled by the profile only. */
final class Outside {
    static final String HUMAN = "hhhhhhhhhhhhhhhh-ann";
    static final String REVIEWER = "rrrrrrrrrrrrrrrr-rex";
    static final String SPECIALIST = "ssssssssssssssss-sam";
    static final String SUPERVISOR = "vvvvvvvvvvvvvvvv-sue";
    static final String ADMIN = "aaaaaaaaaaaaaaaa-ada";

    static final Map<String, String> SECRETS = Map.of(
            "human", HUMAN, "reviewer", REVIEWER, "specialist", SPECIALIST, "supervisor", SUPERVISOR, "admin", ADMIN);

    private Outside() {}

    /** Switches the ports below on. */
    public static final class Profile extends Base {}

    /** To add ports to. */
    abstract static class Base implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "segue.api.keys",
                    "ann:human:" + HUMAN + ",rex:reviewer:" + REVIEWER + ",sam:specialist:" + SPECIALIST
                            + ",sue:supervisor:" + SUPERVISOR + ",ada:admin:" + ADMIN,
                    "segue.signing-key",
                    "0123456789abcdef0123456789abcdef",
                    "segue.registry.documents-max",
                    "5",
                    "segue.api.subscribers-max",
                    "3",
                    "segue.api.subscriber-events-max",
                    "110",
                    "segue.store.events-max",
                    "100",
                    "segue.api.timeout",
                    "500ms",
                    "segue.api.heartbeat",
                    "200ms",
                    "quarkus.redis.hosts",
                    "redis://127.0.0.1:1");
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return and();
        }

        final Set<Class<?>> and(Class<?>... more) {
            Set<Class<?>> ports = new HashSet<>(Set.of(
                    MemoryDocuments.class,
                    MemoryVersions.class,
                    MemoryDesk.class,
                    ScriptedCalls.class,
                    MemoryEvents.class));
            ports.addAll(List.of(more));
            return ports;
        }
    }
}
