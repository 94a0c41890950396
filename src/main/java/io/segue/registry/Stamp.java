package io.segue.registry;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which version of a document it is.
 *
 * @param version counts the changes of a document from 1; 0: from before versions were counted
 * @param changedAtMs when it became this version, Unix milliseconds; 0: not known
 */
public record Stamp(long version, long changedAtMs) {
    public static final Stamp NONE = new Stamp(0, 0);

    /** The stamp that a stored document bears. */
    public static Stamp of(Map<String, ?> stored) {
        return new Stamp(whole(stored.get("version")), whole(stored.get("changedAt")));
    }

    private static long whole(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }
}
