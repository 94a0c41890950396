package io.segue.app;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.segue.archive.ArchivedContacts;
import io.segue.archive.ContactLimits;
import io.segue.archive.Database;
import io.segue.archive.Retention;
import io.segue.contact.Redactor;
import io.segue.flow.contact.Contacts;
import io.segue.flow.record.AuditTrail;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Makes what knows contacts, what takes out of text what must not be kept, and what forgets by age. */
class ContactBeans {
    private static final int BATCH = 500;

    @Produces
    @Singleton
    Redactor redactor(SegueConfig config) {
        KeptConfig.Redaction set = config.redaction();
        return switch (Redactor.of(set.cards(), set.dtmf(), set.patterns())) {
            case Redactor.Read.Ok(var redactor) -> redactor;
            case Redactor.Read.Wrong(var name, var why) ->
                throw new ConfigurationException("segue.redaction.patterns." + name + ": " + why + ".");
        };
    }

    @Produces
    @Singleton
    Contacts contacts(SegueConfig config, Redactor redactor, Database database) {
        KeptConfig.Contacts set = config.contacts();
        String country = set.countryCode().orElse(null);
        if (country != null && !country.matches("[1-9][0-9]{0,2}")) {
            throw new ConfigurationException(
                    "segue.contacts.country-code (" + country + ") has to be 1 to 3 digits, such as 49.");
        }
        ContactLimits limits = new ContactLimits(
                set.identitiesMax(), set.messagesMax(), ContactLimits.defaults().callsBatch(), country);
        return new Contacts(redactor, new ArchivedContacts(database, limits), set.shownMax(), country);
    }

    @Produces
    @Singleton
    io.segue.api.contacts.Limits contactLimits(SegueConfig config) {
        KeptConfig.Contacts set = config.contacts();
        return new io.segue.api.contacts.Limits(
                set.postMax(),
                set.identitiesMax(),
                set.messagesMax(),
                config.api().textCharsMax());
    }

    @Produces
    @Singleton
    @Startup
    Retention retention(SegueConfig config, Database database, AuditTrail audit) {
        KeptConfig.Retention set = config.retention();
        Retention retention = new Retention(
                database,
                new Retention.Ages(
                        age(set.calls()),
                        age(set.messages()),
                        age(set.labels()),
                        config.calls()
                                .durationMax()
                                .plus(config.store().retention())
                                .plusDays(1),
                        BATCH),
                audit,
                InstantSource.system());
        retention.start();
        return retention;
    }

    static Optional<Duration> age(Duration set) {
        return Optional.of(set).filter(Duration::isPositive);
    }
}
