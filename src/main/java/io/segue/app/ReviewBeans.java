package io.segue.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.segue.api.review.Limits;
import io.segue.api.review.Redacting;
import io.segue.archive.ArchivedFeedback;
import io.segue.archive.ArchivedReviews;
import io.segue.archive.Database;
import io.segue.contact.Redactor;
import io.segue.flow.Calls;
import io.segue.flow.record.AuditTrail;
import io.segue.flow.record.EventLog;
import io.segue.flow.record.Webhooks;
import io.segue.flow.review.Feedback;
import io.segue.flow.review.LabelDesk;
import io.segue.flow.review.Reviews;
import io.segue.registry.Wire;
import io.segue.review.Sampling;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes what labels turns. */
class ReviewBeans {
    /** As much as is in memory of one export, twice. */
    private static final int PAGE_CALLS = 100;

    @Produces
    @Singleton
    Reviews reviews(Database database) {
        return new ArchivedReviews(database);
    }

    @Produces
    @Singleton
    Feedback feedback(Database database) {
        return new ArchivedFeedback(database, PAGE_CALLS);
    }

    @Produces
    @Singleton
    Redacting redacting(Redactor redactor) {
        return redactor::text;
    }

    @Produces
    @Singleton
    LabelDesk labelDesk(
            Calls calls,
            Reviews reviews,
            Redactor redactor,
            AuditTrail audit,
            EventLog events,
            Webhooks webhooks,
            MeterRegistry registry) {
        return new LabelDesk(calls, reviews, redactor, audit, events, webhooks, label -> Counter.builder("segue.labels")
                .description("Labels set or changed")
                .tag("label", Wire.of(label.mark()))
                .tag("role", label.role())
                .register(registry)
                .increment());
    }

    @Produces
    @Singleton
    Limits reviewLimits(SegueConfig config) {
        PeopleConfig.Review set = config.review();
        return new Limits(
                sampling(set.randomShare(), set.secondShare()),
                set.lease(),
                set.window(),
                set.calibrationLabelsMin(),
                set.exportsMax(),
                set.contextTurnsMax());
    }

    private static Sampling sampling(double random, double second) {
        try {
            return new Sampling(random, second);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "segue.review.random-share and segue.review.second-share: " + e.getMessage() + ".");
        }
    }
}
