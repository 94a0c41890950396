package io.segue.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.segue.archive.ArchivedSignoffs;
import io.segue.archive.Database;
import io.segue.flow.Gateway;
import io.segue.flow.oversight.Deciders;
import io.segue.flow.oversight.SignoffDesk;
import io.segue.flow.oversight.Signoffs;
import io.segue.flow.oversight.Tokens;
import io.segue.flow.record.AuditTrail;
import io.segue.flow.record.CallStore;
import io.segue.signing.JoseTokens;
import io.segue.signing.SigningKeys;
import io.segue.signoff.Claims;
import io.segue.store.Store;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes what it takes to have people decide. */
@Singleton
class SignoffBeans {
    private final SegueConfig config;
    private final Tokens tokens;
    private final AuditTrail audit;
    private final ArchivedSignoffs archive;
    private final SignoffMeters meters;
    private volatile @Nullable Signoffs signoffs;

    @Inject
    SignoffBeans(
            SegueConfig config,
            ApiBeans.SigningKey key,
            Database database,
            ArchiveLife archiveLife,
            SignoffMeters meters,
            MeterRegistry registry) {
        this.config = config;
        this.audit = archiveLife.audit();
        this.meters = meters;
        if (config.signoff().tokenLifetime().toSeconds() < 1
                || config.signoff().tokenLifetime().toSeconds() > Claims.SECONDS_MAX) {
            throw new ConfigurationException(
                    "segue.signoff.token-lifetime has to be 1s to " + Claims.SECONDS_MAX + "s");
        }
        this.tokens = new JoseTokens(
                keys(config.signing().keys().orElse(List.of()), key),
                config.signoff().audience());
        this.archive = new ArchivedSignoffs(database);
        FunctionCounter.builder("segue.signoffs.unarchived", archive, ArchivedSignoffs::lost)
                .description(
                        "Sign-offs and approvals that the archive did not take; the audit trail has their decisions")
                .register(registry);
    }

    private static SigningKeys keys(List<String> settings, ApiBeans.SigningKey key) {
        if (settings.isEmpty()) {
            return SigningKeys.derived(key.octets());
        }
        return switch (SigningKeys.read(settings)) {
            case SigningKeys.Read.Ok(var keys) -> keys;
            case SigningKeys.Read.Wrong(var why) ->
                throw new ConfigurationException("SEGUE_SIGNING_KEYS (segue.signing.keys): " + why + ".");
        };
    }

    Deciders deciders(Store store) {
        return new Deciders(
                tokens,
                store.board(),
                archive,
                meters,
                config.signoff().deadline().toMillis(),
                Math.toIntExact(config.signoff().tokenLifetime().toSeconds()));
    }

    void open(Gateway gateway, CallStore calls, Store store) {
        signoffs = new SignoffDesk(
                gateway::people, calls, store.courier(), deciders(store), audit, System::currentTimeMillis);
    }

    @Produces
    @Singleton
    Signoffs signoffs(GatewayLife life) {
        Signoffs opened = signoffs;
        if (opened == null) {
            throw new IllegalStateException("the gateway " + life + " has not opened them");
        }
        return opened;
    }

    @Produces
    @Singleton
    Tokens tokens() {
        return tokens;
    }
}
