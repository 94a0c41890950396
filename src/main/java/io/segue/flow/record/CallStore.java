package io.segue.flow.record;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where calls are written down so that another gateway could go on with them. Nothing here is waited for by a call. */
public interface CallStore {
    /** Writes a record, after those of the same call that were handed over before it. Never blocks; while the store is away, the newest record of each call waits. */
    void save(CallRecord record);

    CompletionStage<Optional<CallRecord>> find(String callId);

    /** Finds a call by the SIP Call-ID of any of its legs. */
    CompletionStage<Optional<CallRecord>> findBySipCallId(String sipCallId);

    /** The newest calls first. */
    CompletionStage<List<CallRecord>> list(int atMost);

    /** The ids of the newest calls first, as far as the store remembers. */
    CompletionStage<List<String>> ids(int atMost);

    /** When each of some agents took its newest call, over all gateways: Unix milliseconds by the agent's id; those are left out of which none is known. */
    CompletionStage<Map<String, Long>> lastCalls(Collection<String> agents);

    /**
     * One version of a call.
     *
     * @param owner the gateway that has it
     * @param epoch grows each time a call changes its owner
     * @param version grows with each record; gaps are allowed
     * @param sipCallIds the Call-IDs of its legs
     * @param ended whether nothing more comes; then it is kept for the retention time only
     * @param document what the API shows, and under {@code resume} what another gateway needs
     */
    record CallRecord(
            String callId,
            String owner,
            long epoch,
            long version,
            List<String> sipCallIds,
            boolean ended,
            Map<String, Object> document) {
        /** The document as the outside sees it. */
        public Map<String, Object> shown() {
            return shown(document);
        }

        /** How another gateway goes on with a call is nobody's business outside. */
        public static Map<String, Object> shown(Map<String, Object> document) {
            Map<String, Object> shown = new LinkedHashMap<>(document);
            shown.remove("resume");
            return shown;
        }
    }
}
