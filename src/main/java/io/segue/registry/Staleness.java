package io.segue.registry;

import io.segue.agent.Agent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An agent that somebody should look at: it takes no calls, or nobody answers for it any more.
 *
 * @param lastCallMs when it took its newest call, Unix milliseconds; none: never, as far as is known
 */
public record Staleness(
        Agent agent, List<Reason> reasons, @Nullable Long lastCallMs) {
    private static final String HUMAN = "human:";
    private static final long DAY_MS = 86_400_000;

    /** Why it is listed. */
    public enum Reason {
        /** It has taken no call for so many days, and is not newer than that. */
        NO_CALL,
        /** Its owner is a human that is not configured any more, or has been said to be gone. */
        OWNER_GONE
    }

    /**
     * The agents of a directory that are stale, by id.
     *
     * @param lastCalls by agent, Unix milliseconds
     * @param ownersGone owners as agents name them
     * @param days without a call
     */
    public static List<Staleness> in(
            Directory directory, Map<String, Long> lastCalls, Set<String> ownersGone, int days, long nowMs) {
        List<Staleness> stale = new ArrayList<>();
        for (Agent agent : directory.agents()) {
            Long last = lastCalls.get(agent.id());
            long since = last == null ? directory.agentStamp(agent.id()).changedAtMs() : last;
            List<Reason> reasons = new ArrayList<>();
            if (nowMs - since >= days * DAY_MS) {
                reasons.add(Reason.NO_CALL);
            }
            if (isGone(agent.owner(), directory, ownersGone)) {
                reasons.add(Reason.OWNER_GONE);
            }
            if (!reasons.isEmpty()) {
                stale.add(new Staleness(agent, List.copyOf(reasons), last));
            }
        }
        return List.copyOf(stale);
    }

    private static boolean isGone(String owner, Directory directory, Set<String> ownersGone) {
        return ownersGone.contains(owner)
                || (owner.startsWith(HUMAN)
                        && directory.human(owner.substring(HUMAN.length())).isEmpty());
    }
}
