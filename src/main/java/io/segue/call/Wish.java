package io.segue.call;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which human is asked for, and what they are to know.
 *
 * @param queue none for the agent's own
 * @param summary the asker's words for the human
 * @param context the asker's facts for the human
 */
record Wish(
        @Nullable String queue,
        List<String> skills,
        int priority,
        @Nullable String summary,
        Map<String, Object> context) {
    static final Wish ANYBODY = new Wish(null, List.of(), 0, null, Map.of());
}
