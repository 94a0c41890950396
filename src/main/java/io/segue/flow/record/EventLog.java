package io.segue.flow.record;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happens, live, over all gateways: one capped stream. */
public interface EventLog {
    /** Adds an event; never blocks, and while the store is away drops the oldest that wait (counted). */
    void publish(String type, Map<String, Object> data);

    /**
     * Sends what comes after {@code lastEventId} (none: from now on), in order. An id older than the cap gets {@link Listener#reset} first.
     */
    Subscription subscribe(@Nullable String lastEventId, Listener listener);

    /** Receives events on any thread, one at a time. */
    interface Listener {
        void event(String id, String type, Map<String, Object> data);

        /** Events have been missed: what the listener shows has to be read anew. */
        void reset();

        /** There are too many subscribers; nothing comes. */
        default void refused() {}
    }

    /** Ends it with {@link #close}. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
