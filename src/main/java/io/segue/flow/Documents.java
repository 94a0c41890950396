package io.segue.flow;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Configured documents (agents, queues, humans, trunks), kept outside this process. A document is a tree of maps, lists, strings, numbers and booleans. */
public interface Documents {
    CompletionStage<Void> put(Kind kind, String id, Map<String, Object> document);

    /** Whether there was one. */
    CompletionStage<Boolean> delete(Kind kind, String id);

    /** All of a kind, by id. */
    CompletionStage<Map<String, Map<String, Object>>> all(Kind kind);

    /** Tells every change, whichever gateway made it, and after a lost connection everything anew. Listeners are called on any thread. */
    void listen(Listener listener);

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

    /** The kinds of document. */
    enum Kind {
        AGENT,
        QUEUE,
        HUMAN,
        TRUNK;

        public static final List<Kind> ALL = List.of(values());
    }
}
