package io.segue.sip.message;

import org.jspecify.annotations.Nullable;

/** Where a parsed message cannot be wrong, wrong is a bug. */
final class Must {

    private Must() {}

    interface View<T> {
        @Nullable
        T read() throws Malformed;
    }

    static <T> @Nullable T read(View<T> view) {
        try {
            return view.read();
        } catch (Malformed e) {
            throw new IllegalStateException(e.why(), e);
        }
    }

    static <T> T have(String header, @Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("no " + header);
        }
        return value;
    }
}
