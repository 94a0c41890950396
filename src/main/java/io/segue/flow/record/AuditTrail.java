package io.segue.flow.record;

import io.segue.audit.Entry;
import io.segue.audit.Written;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Who decided what, for good. */
public interface AuditTrail {
    /**
     * Writes an entry, for what must not happen unless it stands in the trail. Never blocks.
     *
     * @return completes once the entry is committed; fails with {@link ArchiveAway} when that could not be seen to happen in time (the entry may
     *     stand in the trail all the same)
     */
    CompletionStage<Written> append(Entry entry);

    /** Writes an entry when that can be done, for what happens anyway. Never blocks, never fails; entries that there was no room for are counted in the trail. */
    void record(Entry entry);

    /** Whether there is a trail; where none is configured, nothing waits for it. */
    default boolean kept() {
        return true;
    }

    /** Keeps nothing. */
    static AuditTrail none() {
        return new AuditTrail() {
            @Override
            public boolean kept() {
                return false;
            }

            @Override
            public CompletionStage<Written> append(Entry entry) {
                return CompletableFuture.failedStage(new ArchiveAway("there is no audit trail"));
            }

            @Override
            public void record(Entry entry) {}
        };
    }
}
