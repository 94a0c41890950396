package io.segue.flow.record;

import io.segue.audit.Verifier;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads the audit trail of all gateways, the oldest first. */
public interface AuditReader {
    /** Fails with {@link ArchiveAway}. */
    CompletionStage<Page> read(Query query);

    /** Reads all of it and says whether it is whole. Fails with {@link ArchiveAway}, also where there is more than can be read in time. */
    CompletionStage<Verifier.Report> verify();

    /**
     * What is asked for; what is null does not matter.
     *
     * @param kind {@code handoff.requested}, or {@code handoff.*}
     * @param from Unix microseconds, included
     * @param to Unix microseconds, not included
     * @param after the entry after which to go on
     * @param limit entries in the answer
     */
    record Query(
            @Nullable String call,
            @Nullable String kind,
            @Nullable Long from,
            @Nullable Long to,
            @Nullable Place after,
            int limit) {}

    /**
     * Where an entry stands among all.
     *
     * @param at Unix microseconds
     */
    record Place(long at, String node, long seq) {}

    /** @param next where the next page begins; none: this was the last */
    record Page(List<Map<String, Object>> entries, @Nullable Place next) {}
}
