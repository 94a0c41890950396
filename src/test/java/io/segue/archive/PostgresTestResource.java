package io.segue.archive;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A PostgreSQL for a {@code @QuarkusTest}: {@code @QuarkusTestResource(PostgresTestResource.class)}. */
public final class PostgresTestResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        return Map.of("quarkus.datasource.jdbc.url", TestPostgres.freshUrl());
    }

    @Override
    public void stop() {
        // The server is shared, and ends with the process.
    }
}
