package io.segue.insight;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which calls, and how they are grouped; what is null does not matter.
 *
 * @param policy {@code current} or {@code canary}
 * @param by none: all in one row
 * @param from answered then or later
 * @param to answered before
 * @param rareFrom the time of whose turns is judged which intents are rare
 * @param rareTo its end, not included
 */
public record Query(
        @Nullable String agent,
        @Nullable Integer version,
        @Nullable String policy,
        @Nullable String intent,
        @Nullable String queue,
        List<By> by,
        Instant from,
        Instant to,
        Instant rareFrom,
        Instant rareTo) {

    /** All agents in a time, agent by agent. */
    public static Query perAgent(Instant from, Instant to, Instant rareFrom, Instant rareTo) {
        return new Query(null, null, null, null, null, List.of(By.AGENT), from, to, rareFrom, rareTo);
    }
}
