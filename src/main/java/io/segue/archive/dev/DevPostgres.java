package io.segue.archive.dev;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The dev profile's PostgreSQL. It starts beside the gateway, which does not wait for it, and ends with the application, so also at each reload.
 * {@code QUARKUS_DATASOURCE_JDBC_URL} goes before it.
 */
@Singleton
@Startup
@IfBuildProfile("dev")
class DevPostgres {
    private static final Logger LOG = Logger.getLogger(DevPostgres.class);

    private boolean closed;
    private @Nullable OwnPostgres postgres;

    DevPostgres(@ConfigProperty(name = "quarkus.datasource.jdbc.url") String url) {
        int port = DevPostgresConfig.port();
        if (url.equals(OwnPostgres.url(port))) {
            Thread.ofPlatform().daemon().name("segue-dev-postgres").start(() -> start(port));
        }
    }

    private void start(int port) {
        try {
            OwnPostgres started = OwnPostgres.start(port);
            synchronized (this) {
                postgres = started;
                if (!closed) {
                    LOG.infof("Started a PostgreSQL of our own at %s", started.url());
                    return;
                }
            }
            started.close();
        } catch (RuntimeException e) {
            LOG.warn("No PostgreSQL of our own: the archive is off", e);
        }
    }

    @PreDestroy
    synchronized void stop() {
        closed = true;
        if (postgres != null) {
            postgres.close();
            postgres = null;
        }
    }
}
