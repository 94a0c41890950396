package io.segue.archive;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** About how many bytes of memory a tree takes that waits: {@link #EACH} for each thing in it and two for each character. */
final class Weight {
    static final int EACH = 32;

    private Weight() {}

    static long of(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                long sum = EACH;
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    sum += of(entry.getKey()) + of(entry.getValue());
                }
                yield sum;
            }
            case List<?> list -> {
                long sum = EACH;
                for (Object item : list) {
                    sum += of(item);
                }
                yield sum;
            }
            case CharSequence text -> EACH + 2L * text.length();
            case null, default -> EACH;
        };
    }
}
