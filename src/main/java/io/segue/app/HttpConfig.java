package io.segue.app;

import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** What is reached by HTTP and pushed by it, and who may sign in. Part of {@link SegueConfig}. */
public interface HttpConfig {
    /** The REST interface. */
    interface Api {
        /** {@code name:role:secret,…}; the roles are human, reviewer, specialist, supervisor, admin; a secret has 16 characters or more. Needed but in dev. */
        Optional<String> keys();

        /** How long a signed link to a call's context is good. */
        @WithDefault("4h")
        Duration linkLifetime();

        /** The largest body of a request, in bytes; past it 413. */
        @WithDefault("262144")
        int bodyBytesMax();

        /** Objects and lists within each other in a body. */
        @WithDefault("32")
        int jsonDepthMax();

        /** Calls in one answer. */
        @WithDefault("1000")
        int listMax();

        /** Characters of a turn's text or of a note. */
        @WithDefault("16384")
        int textCharsMax();

        /** Event streams open at once; past it 503. */
        @WithDefault("100")
        int subscribersMax();

        /** Events that may wait for a slow reader of a stream; past it the stream ends. Has to be more than segue.store.events-max. */
        @WithDefault("4000")
        int subscriberEventsMax();

        /** How often an idle event stream is written to. */
        @WithDefault("15s")
        Duration heartbeat();

        /** How long the store or a call may take to answer a request; past it 503. */
        @WithDefault("3s")
        Duration timeout();
    }

    /** Humans who sign in. */
    interface Session {
        /** How long a token is good. */
        @WithDefault("12h")
        Duration lifetime();

        /** Sign-ins from one address that may fail in a minute; past it 429. */
        @WithDefault("30")
        int failuresPerAddressMax();

        /** Sign-ins for one human that may fail in a minute, wherever from; past it 429. */
        @WithDefault("10")
        int failuresPerHumanMax();

        /** Addresses and humans whose failures are counted at once, on one gateway. */
        @WithDefault("20000")
        int trackedMax();
    }

    /** Pushes to the outside. */
    interface Webhook {
        /** Where they go; none: nowhere. */
        Optional<URI> url();

        /** What signs them. */
        Optional<String> secret();

        /** Pushes that may wait; one more is dropped and counted. */
        @WithDefault("10000")
        int queueMax();

        /** One attempt may take so long. */
        @WithDefault("5s")
        Duration timeout();

        /** Attempts for one push. */
        @WithDefault("8")
        int attemptsMax();
    }

    /** Health. */
    interface Health {
        /** A loop that has not turned for so long has stopped, and with it this gateway's liveness. */
        @WithDefault("5s")
        Duration silentMax();
    }
}
