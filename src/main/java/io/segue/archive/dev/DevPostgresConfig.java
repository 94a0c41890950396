package io.segue.archive.dev;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Says, in the dev profile alone, where the PostgreSQL will be that {@link DevPostgres} starts. Below everything that somebody sets. */
public final class DevPostgresConfig implements ConfigSourceFactory {
    private static final String PORT = "io.segue.dev.postgres-port";
    private static final int ORDINAL = 50;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        return context.getProfiles().contains("dev")
                ? List.of(new PropertiesConfigSource(
                        Map.of("quarkus.datasource.jdbc.url", OwnPostgres.url(port())), "segue-dev-postgres", ORDINAL))
                : List.of();
    }

    /** One for the life of the process: a reload brings new classes, which find it in the system properties. */
    static int port() {
        synchronized (System.class) {
            Integer known = Integer.getInteger(PORT);
            if (known != null) {
                return known;
            }
            int free = OwnPostgres.freePort();
            System.setProperty(PORT, "" + free);
            return free;
        }
    }
}
