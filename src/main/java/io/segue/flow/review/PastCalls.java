package io.segue.flow.review;

import io.segue.flow.record.ArchiveAway;
import io.segue.policy.Shadow.PastCall;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Calls that are over, as the archive has them, with their turns. */
public interface PastCalls {
    /**
     * Which calls.
     *
     * @param agent the agent's id
     * @param from begun then or later; none: since ever
     * @param to begun before; none: until now
     */
    record Query(
            String agent, @Nullable Instant from, @Nullable Instant to) {}

    /** A place between two calls, latest first: after the call that began then and has this id. */
    record Place(Instant began, String call) {}

    /**
     * Some calls.
     *
     * @param calls latest first
     * @param next where the next page begins; none: there are no more
     */
    record Page(List<PastCall> calls, @Nullable Place next) {}

    /**
     * The next calls after a place. Fails with {@link ArchiveAway}.
     *
     * @param after none: from the latest on
     */
    CompletionStage<Page> page(Query query, @Nullable Place after, int sizeMax);
}
