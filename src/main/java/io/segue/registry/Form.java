package io.segue.registry;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a kind of configured thing is written down: as the REST interface takes and shows it, and as it is stored. A document is a tree of
 * maps, lists, strings, numbers and booleans.
 *
 * @param <T> the thing
 */
public sealed interface Form<T> permits AgentForm, HumanForm, QueueForm, TrunkForm {
    /**
     * Reads what somebody wrote; an unknown field is an error.
     *
     * @param before what the id stood for until now: a secret that is left out is taken from it
     */
    Read<T> read(String id, Map<String, ?> body, @Nullable T before);

    /** Reads what {@link #store} wrote, by this version or another: unknown fields are ignored. */
    Read<T> load(String id, Map<String, ?> stored);

    /** What may be shown: everything but the secrets, with the id. */
    Map<String, Object> show(T thing);

    /** What is stored: what may be shown, and under {@code secret} what may not. */
    Map<String, Object> store(T thing);
}
