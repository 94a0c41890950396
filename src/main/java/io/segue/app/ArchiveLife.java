package io.segue.app;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.segue.archive.ArchivedCalls;
import io.segue.archive.AuditFile;
import io.segue.archive.AuditHeads;
import io.segue.archive.AuditLimits;
import io.segue.archive.AuditRows;
import io.segue.archive.AuditWriter;
import io.segue.archive.Database;
import io.segue.archive.HeadKey;
import io.segue.archive.Limits;
import io.segue.archive.Reconciler;
import io.segue.audit.Link;
import io.segue.flow.record.AuditReader;
import io.segue.flow.record.AuditTrail;
import io.segue.flow.record.CallStore;
import io.segue.flow.record.EventLog;
import io.segue.flow.record.LastingCalls;
import io.segue.flow.record.Pseudonyms;
import io.segue.flow.record.TextlessTrail;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes the archive where a PostgreSQL is configured, and a closed one where none is. */
@Singleton
class ArchiveLife {
    private static final Logger LOG = Logger.getLogger(ArchiveLife.class);

    /** So long the end waits for calls that have just ended to be written. */
    private static final int GOODBYE_MS_MAX = 2_000;

    private final Database database;
    private final ArchivedCalls calls;
    private final Limits limits;
    private final AuditWriter audit;
    private final AuditTrail trail;
    private final @Nullable AuditFile file;
    private volatile @Nullable EventLog feed;

    @Inject
    ArchiveLife(
            SegueConfig config,
            MeterRegistry registry,
            NodeName node,
            ApiBeans.SigningKey key,
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
        file = file(config, node);
        AuditLimits auditLimits = auditLimits(config);
        audit = new AuditWriter(
                database, node.name(), InstantSource.system(), auditLimits, List.of(this::feed, this::file));
        trail = new TextlessTrail(audit, new Pseudonyms(key.octets()));
        if (database.state() != Database.State.OFF) {
            var unused = new AuditHeads(
                    database,
                    audit,
                    node.name(),
                    HeadKey.of(key.octets()),
                    InstantSource.system(),
                    auditLimits,
                    heads -> {
                        if (file != null) {
                            file.heads(heads);
                        }
                    });
        }
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

    static AuditLimits auditLimits(SegueConfig config) {
        AuditLimits defaults = AuditLimits.defaults();
        return new AuditLimits(
                config.audit().waitingMax(),
                config.audit().waitingBytesMax(),
                Math.toIntExact(config.audit().timeout().toMillis()),
                defaults.batchMax(),
                defaults.bodyBytesMax(),
                Math.toIntExact(config.audit().headsEvery().toMillis()),
                defaults.headsMax());
    }

    private static @Nullable AuditFile file(SegueConfig config, NodeName node) {
        if (config.audit().file().isEmpty()) {
            return null;
        }
        Path path = config.audit().file().get();
        try {
            return new AuditFile(path, node.name());
        } catch (IOException e) {
            throw new ConfigurationException("segue.audit.file (" + path + ") cannot be written: " + e.getMessage());
        }
    }

    private void feed(List<Link> links) {
        EventLog events = feed;
        if (events != null) {
            links.forEach(link -> events.publish("audit", AuditRows.shown(link)));
        }
    }

    private void file(List<Link> links) {
        if (file != null) {
            file.links(links);
        }
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
        Gauge.builder("segue.audit.waiting", audit, AuditWriter::waiting)
                .description("Entries of the audit trail that wait to be written")
                .register(registry);
        FunctionCounter.builder("segue.audit.written", audit, AuditWriter::written)
                .description("Entries of the audit trail written")
                .register(registry);
        FunctionCounter.builder("segue.audit.lost", audit, AuditWriter::lost)
                .description("Entries of the audit trail that there was no room for")
                .register(registry);
        FunctionCounter.builder("segue.audit.refused", audit, AuditWriter::refused)
                .description("Entries of the audit trail that PostgreSQL did not take")
                .register(registry);
        FunctionCounter.builder("segue.audit.contended", audit, AuditWriter::contended)
                .description("How often another process of this gateway's name had moved its chain")
                .register(registry);
    }

    /** The store of live calls with the archive behind it. */
    CallStore behind(CallStore store) {
        if (database.state() != Database.State.OFF) {
            var unused = new Reconciler(database, calls, store, LastingCalls::lasting, limits);
        }
        return new LastingCalls(store, calls);
    }

    /** Where committed entries are shown live. */
    void feed(EventLog events) {
        feed = events;
    }

    @Produces
    @Singleton
    AuditTrail audit() {
        return trail;
    }

    @Produces
    @Singleton
    AuditReader auditReader(ApiBeans.SigningKey key, SegueConfig config) {
        return new AuditRows(
                database,
                HeadKey.of(key.octets()).publicKey(),
                Math.max(1, Math.toIntExact(config.api().timeout().toSeconds())));
    }

    @Produces
    @Singleton
    Database database() {
        return database;
    }

    void close() {
        calls.idle()
                .completeOnTimeout(null, GOODBYE_MS_MAX, TimeUnit.MILLISECONDS)
                .join();
        audit.close();
        database.close();
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                LOG.warnf("%s", e.getMessage());
            }
        }
    }
}
