package io.segue.app;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;
import io.segue.archive.ArchivedCalls;
import io.segue.archive.Database;
import io.segue.archive.Limits;
import io.segue.archive.Reconciler;
import io.segue.flow.CallStore;
import io.segue.flow.LastingCalls;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/** Makes the archive where a PostgreSQL is configured, and a closed one where none is. */
@Singleton
class ArchiveLife {
    private static final Logger LOG = Logger.getLogger(ArchiveLife.class);

    private final Database database;
    private final ArchivedCalls calls;
    private final Limits limits;

    @Inject
    ArchiveLife(
            SegueConfig config,
            MeterRegistry registry,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") java.util.Optional<String> url) {
        limits = limits(config);
        if (url.isEmpty()) {
            LOG.info(
                    "No PostgreSQL is configured (QUARKUS_DATASOURCE_JDBC_URL): calls are forgotten with Redis' retention");
            database = Database.off();
        } else {
            InstanceHandle<AgroalDataSource> source = Arc.container().instance(AgroalDataSource.class);
            InstanceHandle<Flyway> flyway = Arc.container().instance(Flyway.class);
            database = new Database(source.get(), () -> flyway.get().migrate(), limits);
        }
        calls = new ArchivedCalls(database, limits);
        measure(registry);
    }

    static Limits limits(SegueConfig config) {
        Limits defaults = Limits.defaults();
        return new Limits(
                config.archive().threads(),
                config.archive().waitingMax(),
                config.archive().callsWaitingMax(),
                defaults.batchMax(),
                defaults.probeMs(),
                defaults.reconcileMax());
    }

    private void measure(MeterRegistry registry) {
        Gauge.builder("segue.archive.up", database, d -> d.state() == Database.State.UP ? 1 : 0)
                .description("Whether PostgreSQL is there")
                .register(registry);
        Gauge.builder("segue.archive.calls.waiting", calls, ArchivedCalls::waiting)
                .description("Ended calls that wait to be archived")
                .register(registry);
        FunctionCounter.builder("segue.archive.calls.written", calls, ArchivedCalls::written)
                .description("Ended calls archived")
                .register(registry);
        FunctionCounter.builder("segue.archive.calls.refused", calls, ArchivedCalls::refused)
                .description("Ended calls that PostgreSQL did not take")
                .register(registry);
        FunctionCounter.builder("segue.archive.calls.left", calls, ArchivedCalls::left)
                .description("Ended calls there was no room for, left to be found again in Redis")
                .register(registry);
    }

    /** The store of live calls with the archive behind it. */
    CallStore behind(CallStore store) {
        if (database.state() != Database.State.OFF) {
            var unused = new Reconciler(database, calls, store, LastingCalls::lasting, limits);
        }
        return new LastingCalls(store, calls);
    }

    @Produces
    @Singleton
    Database database() {
        return database;
    }

    /** Calls that have just ended get two seconds to be written. */
    void close() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        while (database.state() == Database.State.UP && calls.waiting() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        database.close();
    }
}
