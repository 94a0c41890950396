package io.segue.sdp;

import org.jspecify.annotations.Nullable;

/**
 * {@code a=name} or {@code a=name:value}, RFC 8866 5.13.
 *
 * @param value what stands behind the colon, null for a mere name
 */
public record Attribute(String name, @Nullable String value) {

    public Attribute {
        if (name.isEmpty() || name.indexOf(':') >= 0) {
            throw new IllegalArgumentException("no attribute");
        }
        Lines.check(name);
        if (value != null) {
            Lines.check(value);
        }
    }

    boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }

    @Override
    public String toString() {
        return value == null ? name : name + ":" + value;
    }
}
