package io.segue.api;

import io.segue.audit.Actor;
import io.segue.flow.registry.Documents.Expected;
import org.jspecify.annotations.Nullable;

/**
 * Who changes what is configured, and how it has to be found.
 *
 * @param by from the key or session, never from a body
 * @param note why, in their words
 */
record Edit(Actor by, @Nullable String note, Expected expected) {
    Edit noting(String other) {
        return new Edit(by, other, expected);
    }

    Edit expecting(Expected other) {
        return new Edit(by, note, other);
    }
}
