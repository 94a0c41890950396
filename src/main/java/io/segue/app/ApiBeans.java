package io.segue.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.segue.api.ContextLinks;
import io.segue.api.SessionResource;
import io.segue.api.auth.ApiKeys;
import io.segue.api.auth.Door;
import io.segue.api.auth.SessionTokens;
import io.segue.api.auth.SignInAttempts;
import io.segue.api.observe.Gates;
import io.segue.api.observe.Heartbeats;
import io.segue.api.observe.Meters;
import io.segue.registry.Directory;
import io.segue.registry.Forms;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Makes what the REST interface, the registry, health and metrics are made of. */
class ApiBeans {
    private static final Logger LOG = Logger.getLogger(ApiBeans.class);
    private static final int RANDOM_KEY_BYTES = 32;

    /** Made at the start, so that a gateway without keys does not start. */
    @Produces
    @Singleton
    @Startup
    Door door(SegueConfig config, SessionResource.SignIn signIn) {
        return door(config.api().keys(), ConfigUtils.isProfileActive("dev")).with(signIn.tokens(), signIn.clock());
    }

    @Produces
    @Singleton
    SessionResource.SignIn signIn(
            SegueConfig config, SigningKey key, Directory directory, io.segue.registry.Limits limits) {
        HttpConfig.Session session = config.session();
        return new SessionResource.SignIn(
                new SessionTokens(key.octets(), directory::human),
                new SignInAttempts(new SignInAttempts.Limits(
                        session.failuresPerAddressMax(), session.failuresPerHumanMax(), session.trackedMax())),
                session.lifetime(),
                limits.secretCharsMax(),
                InstantSource.system());
    }

    static Door door(Optional<String> setting, boolean dev) {
        ApiKeys keys =
                switch (ApiKeys.read(setting.orElse(""))) {
                    case ApiKeys.Read.Ok(ApiKeys read) -> read;
                    case ApiKeys.Read.Wrong(String sentence) -> throw new ConfigurationException(sentence + ".");
                };
        if (keys.isEmpty() && !dev) {
            throw new ConfigurationException(
                    "Segue does not start without keys for its REST interface: set SEGUE_API_KEYS (segue.api.keys) to"
                            + " name:role:secret,… with a secret of 16 characters or more and one of the roles human,"
                            + " reviewer, specialist, supervisor, admin.");
        }
        return new Door(keys, dev);
    }

    @Produces
    @Singleton
    @Startup
    ContextLinks contextLinks(SegueConfig config, SigningKey key) {
        return new ContextLinks(config.publicUrl(), key.octets(), InstantSource.system());
    }

    /** Read once: a random one has to be the same wherever it is used. */
    @Produces
    @Singleton
    SigningKey signingKey(SegueConfig config) {
        return new SigningKey(signingKey(config.signingKey()));
    }

    /** What signs links to contexts, sessions, and nonces of digest challenges. */
    record SigningKey(byte[] octets) {
        @Override
        public String toString() {
            return "SigningKey[…]";
        }
    }

    static byte[] signingKey(Optional<String> setting) {
        if (setting.isPresent()) {
            if (setting.get().length() < ContextLinks.KEY_CHARS_MIN) {
                throw new ConfigurationException("SEGUE_SIGNING_KEY (segue.signing-key) has to have "
                        + ContextLinks.KEY_CHARS_MIN + " characters or more.");
            }
            return setting.get().getBytes(StandardCharsets.UTF_8);
        }
        LOG.warn(
                "segue.signing-key is not set: links to a call's context, sessions and what people decide are good on this gateway only, until it restarts");
        byte[] random = new byte[RANDOM_KEY_BYTES];
        new SecureRandom().nextBytes(random);
        return random;
    }

    @Produces
    @Singleton
    io.segue.api.Limits apiLimits(SegueConfig config) {
        HttpConfig.Api api = config.api();
        if (api.subscriberEventsMax() <= config.store().eventsMax()) {
            throw new ConfigurationException("segue.api.subscriber-events-max (" + api.subscriberEventsMax()
                    + ") has to be more than segue.store.events-max ("
                    + config.store().eventsMax()
                    + "): a reader that comes back is sent all of those at once.");
        }
        return new io.segue.api.Limits(
                api.bodyBytesMax(),
                api.jsonDepthMax(),
                api.listMax(),
                api.textCharsMax(),
                api.subscribersMax(),
                api.subscriberEventsMax(),
                Math.toIntExact(api.heartbeat().toMillis()),
                Math.toIntExact(api.timeout().toMillis()),
                config.registry().yamlBytesMax(),
                config.registry().yamlAliasesMax());
    }

    @Produces
    @Singleton
    io.segue.registry.Limits registryLimits(SegueConfig config) {
        return io.segue.registry.Limits.defaults()
                .withDocumentsMax(config.registry().documentsMax());
    }

    @Produces
    @Singleton
    Forms forms(SegueConfig config, io.segue.registry.Limits limits) {
        return new Forms(config.sip().realm(), limits);
    }

    @Produces
    @Singleton
    Directory directory(Forms forms) {
        return new Directory(forms);
    }

    @Produces
    @Singleton
    Heartbeats heartbeats(SegueConfig config) {
        return new Heartbeats(System::nanoTime, config.health().silentMax().toMillis());
    }

    @Produces
    @Singleton
    Gates gates() {
        return new Gates();
    }

    @Produces
    @Singleton
    Meters meters(MeterRegistry registry) {
        return new Meters(registry);
    }
}
