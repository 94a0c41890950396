package io.segue.registry;

import io.segue.policy.Whom;
import java.util.Map;

/** {@code {"queue","skills":[…],"priority"}}, all optional: fields of an intent's settings and of what a rule decides. */
final class WhomForm {
    private static final int PRIORITY_MAX = 10;

    private WhomForm() {}

    static Whom read(Fields f, Limits limits) {
        return new Whom(
                f.id("queue").orElse(null),
                f.texts("skills", limits.skillsMax(), limits.nameCharsMax()),
                f.whole("priority", 0, PRIORITY_MAX).map(Long::intValue).orElse(null));
    }

    static void show(Whom whom, Map<String, Object> tree) {
        if (whom.queue() instanceof String queue) {
            tree.put("queue", queue);
        }
        if (!whom.skills().isEmpty()) {
            tree.put("skills", whom.skills());
        }
        if (whom.priority() instanceof Integer priority) {
            tree.put("priority", priority);
        }
    }
}
