package io.segue.flow.registry;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Configured documents (agents, queues, humans, trunks), kept outside this process. A document is a tree of maps, lists, strings, numbers and booleans.
 * Each change of one gives it the next version, counted from 1 over all gateways and over its deletion; what is read has it as {@code version}, and as
 * {@code changedAt} (Unix milliseconds) when that was.
 */
public interface Documents {
    /** Carries out all of the changes, or none: when one finds its document otherwise than it says. What changes nothing makes no version. */
    CompletionStage<Outcome> write(List<Change> changes);

    /** All of a kind, by id. */
    CompletionStage<Map<String, Map<String, Object>>> all(Kind kind);

    /** Tells every change, whichever gateway made it, and after a lost connection everything anew. Listeners are called on any thread. */
    void listen(Listener listener);

    /** Some of the changes whose {@link Change#memo} nobody has filed yet, the oldest first. */
    CompletionStage<List<Unfiled>> unfiled(int atMost);

    /** Forgets what has been filed. */
    CompletionStage<Void> filed(Collection<Unfiled> filed);

    /** Told of changes. */
    @FunctionalInterface
    interface Listener {
        /**
         * A document is there, has changed, or is gone.
         *
         * @param document none: it has been deleted
         */
        void changed(Kind kind, String id, @Nullable Map<String, Object> document);
    }

    /**
     * What shall become of a document.
     *
     * @param document what it shall be; none: it shall be gone
     * @param expected how it has to be found
     * @param memo what is to be filed about the change; it is kept with the change until it has been {@link #filed}. None: nothing
     */
    record Change(
            Kind kind,
            String id,
            @Nullable Map<String, Object> document,
            Expected expected,
            @Nullable Map<String, Object> memo) {}

    /** How a document has to be found. */
    sealed interface Expected {
        record Anyhow() implements Expected {}

        record There() implements Expected {}

        record Absent() implements Expected {}

        record Version(long version) implements Expected {}
    }

    /** What became of some changes. */
    sealed interface Outcome {
        /** One for each change. */
        record Done(List<Written> written) implements Outcome {}

        /** Nothing was changed: a document was found otherwise; {@code which} counts from 0. */
        record Otherwise(int which) implements Outcome {}

        /** Nothing was changed: too many memos wait to be filed. */
        record Full() implements Outcome {}
    }

    /**
     * What became of a document.
     *
     * @param changed whether anything did
     * @param stored as it is now, with its version; none: it is gone
     */
    record Written(boolean changed, @Nullable Map<String, Object> stored) {}

    /**
     * A memo that waits to be filed.
     *
     * @param memo as it was given, and {@code kind}, {@code id}, {@code version} and {@code at} (Unix milliseconds)
     * @param raw what the store knows it by
     */
    record Unfiled(Kind kind, String id, long version, long atMs, Map<String, Object> memo, String raw) {}

    /** The kinds of document. */
    enum Kind {
        AGENT,
        QUEUE,
        HUMAN,
        TRUNK;

        public static final List<Kind> ALL = List.of(values());
    }
}
