package io.segue.flow.record;

import io.segue.flow.record.CallStore.CallRecord;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where ended calls are kept for good. */
public interface CallArchive {
    /** Takes an ended call; never blocks. One that there is no room for now is found again in the store, which keeps ended calls for a day. */
    void keep(CallRecord record);

    /** Fails with {@link ArchiveAway}. */
    CompletionStage<Optional<CallRecord>> find(String callId);

    /** The newest call that had a leg of this Call-ID. Fails with {@link ArchiveAway}. */
    CompletionStage<Optional<CallRecord>> findBySipCallId(String sipCallId);

    /** As {@link CallStore#lastCalls}; fails with {@link ArchiveAway}. */
    CompletionStage<Map<String, Long>> lastCalls(Collection<String> agents);
}
