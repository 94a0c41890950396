package io.segue.call;

import io.segue.policy.Whom;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which human is asked for, and what they are to know.
 *
 * @param whom where it says nothing: what the policy says of the caller's intent, then the agent's own queue
 * @param summary the asker's words for the human
 * @param context the asker's facts for the human
 * @param outside a SIP URI to call instead of anybody's queue
 */
record Wish(
        Whom whom,
        @Nullable String summary,
        Map<String, Object> context,
        @Nullable String outside) {
    static final Wish ANYBODY = of(Whom.ANYBODY);

    static Wish of(Whom whom) {
        return new Wish(whom, null, Map.of(), null);
    }

    /** @param priority 0: the asker says nothing of it */
    static Wish of(
            @Nullable String queue,
            List<String> skills,
            int priority,
            @Nullable String summary,
            Map<String, Object> context) {
        return new Wish(new Whom(queue, skills, priority == 0 ? null : priority), summary, context, null);
    }

    Wish outside(String uri) {
        return new Wish(whom, summary, context, uri);
    }
}
