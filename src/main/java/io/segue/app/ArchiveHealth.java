package io.segue.app;

import io.segue.archive.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Says how PostgreSQL is. Never down: calls go on without it. */
@io.smallrye.health.api.Wellness
@ApplicationScoped
class ArchiveHealth implements HealthCheck {
    private final Database database;

    ArchiveHealth(Database database) {
        this.database = database;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("archive")
                .up()
                .withData("postgresql", database.state().name().toLowerCase(Locale.ROOT))
                .build();
    }
}
