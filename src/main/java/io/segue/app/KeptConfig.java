package io.segue.app;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is kept, where and for how long, and what is taken out of it before. Part of {@link SegueConfig}. */
public interface KeptConfig {
    /** What is configured. */
    interface Registry {
        /** Agents, queues, humans and trunks, of each. */
        @WithDefault("10000")
        int documentsMax();

        /** Owners of agents that are gone, as the agents name them; {@code human:<id>} is gone by itself when there is no such human. */
        Optional<List<String>> ownersGone();

        /** Changes that may wait, in Redis, to be filed as versions while PostgreSQL is away; past it a change is answered 503. */
        @WithDefault("20000")
        int unfiledMax();

        /** The largest registry file that is taken, in bytes; past it 413. */
        @WithDefault("4194304")
        int yamlBytesMax();

        /** References (YAML aliases) to lists and objects that a registry file may have. */
        @WithDefault("64")
        int yamlAliasesMax();
    }

    /** What is kept in Redis. */
    interface Store {
        /** How long an ended call is kept. */
        @WithDefault("24h")
        Duration retention();

        /** A reservation of a human expires after so long without renewal. */
        @WithDefault("15s")
        Duration reservationLease();

        /** Events kept for readers that come back. */
        @WithDefault("2000")
        int eventsMax();

        /** Writes that may wait while Redis is away. */
        @WithDefault("20000")
        int pendingMax();
    }

    /** What outlasts the store, in PostgreSQL ({@code QUARKUS_DATASOURCE_JDBC_URL}); none configured: nothing outlasts it. */
    interface Archive {
        /** Threads that speak to PostgreSQL. */
        @WithDefault("4")
        int threads();

        /** Questions and writes that may wait for one of the threads; past it 503. */
        @WithDefault("1000")
        int waitingMax();

        /** Ended calls that may wait while PostgreSQL is away; those past it are found again in Redis, which keeps them for segue.store.retention. */
        @WithDefault("2000")
        int callsWaitingMax();
    }

    /** The trail of who decided what, in PostgreSQL. */
    interface Audit {
        /** A file that this gateway's part of the trail is appended to as well, as JSON lines; none: no file. */
        Optional<Path> file();

        /** How long something waits that has to stand in the trail before it takes effect; past it it is refused. */
        @WithDefault("2s")
        Duration timeout();

        /** Entries that may wait while PostgreSQL is away; how many there was no room for stands in the trail afterwards. */
        @WithDefault("10000")
        int waitingMax();

        /** What they may take together, in bytes: two for each character and 32 for each thing in them. */
        @WithDefault("67108864")
        long waitingBytesMax();

        /** How often each gateway signs how far the chains have got. */
        @WithDefault("1m")
        Duration headsEvery();
    }

    /** What is taken out of text before it is kept or shown. */
    interface Redaction {
        /** Card numbers become [card]. */
        @WithDefault("true")
        boolean cards();

        /** Digits that the caller pressed become [digits] where an agent repeats them. */
        @WithDefault("true")
        boolean dtmf();

        /** Expressions by name, in RE2's syntax; what one matches becomes [name]. */
        Map<String, String> patterns();
    }

    /** Contacts and what they write on other channels. */
    interface Contacts {
        /** Messages that a human is shown. */
        @WithDefault("50")
        int shownMax();

        /** Messages kept of one contact; past it the oldest go. */
        @WithDefault("1000")
        int messagesMax();

        /** What one contact may be known by; past it 409. */
        @WithDefault("16")
        int identitiesMax();

        /** Messages in one request; past it 400. */
        @WithDefault("100")
        int postMax();

        /** The country code of callers' numbers that carriers write without one, digits only; none: digits are taken to be international. */
        Optional<String> countryCode();
    }

    /** What is recorded of calls whose agent has it so. */
    interface Recording {
        /** The directory that recordings are kept in; with several gateways the same, shared, on each. */
        @WithDefault("recordings")
        Path directory();

        /** Nothing is kept from the first digit that the caller presses until so long after the last; 0s: digits are of no matter. */
        @WithDefault("5s")
        Duration digitsSilence();

        /** Calls that are recorded at once, each an open file; past it a call is carried and not recorded. */
        @WithDefault("500")
        int callsMax();

        /** The largest recording, in bytes (16,000 a second); past it the rest of the call is not recorded. */
        @WithDefault("536870912")
        long callBytesMax();

        /** What all recordings may take, in bytes; past it calls are carried and not recorded. */
        @WithDefault("107374182400")
        long bytesMax();
    }

    /** How long what is kept in PostgreSQL, and recordings; 0s: for good. */
    interface Retention {
        /** Ended calls, with their turns, handoffs and labels. */
        @WithDefault("400d")
        Duration calls();

        /** Recordings, from when they ended. */
        @WithDefault("90d")
        Duration recordings();

        /** Messages of contacts, from when they were written. */
        @WithDefault("90d")
        Duration messages();

        /** Labels of turns whose call is kept for longer. */
        @WithDefault("730d")
        Duration labels();
    }
}
