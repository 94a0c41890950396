package io.segue.app;

import io.quarkus.runtime.Startup;
import io.segue.api.StaleAgents;
import io.segue.archive.ArchivedVersions;
import io.segue.archive.Database;
import io.segue.flow.registry.Documents;
import io.segue.flow.registry.Filing;
import io.segue.flow.registry.Versions;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/** Makes what keeps the versions of what is configured. */
class RegistryBeans {
    /** What PostgreSQL has missed is filed once it is there, by whichever gateway is first. */
    @Produces
    @Singleton
    @Startup
    Filing filing(Documents documents, Versions versions, Database database) {
        Filing filing = new Filing(documents, versions);
        database.whileUp(() -> {
            var filed = filing.run().exceptionally(away -> null);
        });
        return filing;
    }

    @Produces
    @Singleton
    Versions versions(Database database) {
        return new ArchivedVersions(database);
    }

    @Produces
    @Singleton
    StaleAgents.OwnersGone ownersGone(SegueConfig config) {
        return new StaleAgents.OwnersGone(
                Set.copyOf(config.registry().ownersGone().orElse(List.of())));
    }
}
