package io.segue.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is to take a call over, as far as a policy says.
 *
 * @param queue none: whatever else says, in the end the agent's own
 * @param skills what the human has to be able to do; empty: whatever else says
 * @param priority 0 to 10, higher goes first where callers wait; none: whatever else says
 */
public record Whom(
        @Nullable String queue,
        List<String> skills,
        @Nullable Integer priority) {
    public static final Whom ANYBODY = new Whom(null, List.of(), null);

    /** This, and where it says nothing the other. */
    public Whom or(Whom other) {
        return equals(ANYBODY)
                ? other
                : new Whom(
                        queue == null ? other.queue : queue,
                        skills.isEmpty() ? other.skills : skills,
                        priority == null ? other.priority : priority);
    }
}
