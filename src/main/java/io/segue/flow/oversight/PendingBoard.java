package io.segue.flow.oversight;

import io.segue.signoff.Request;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Requests that wait for people, where every gateway sees them. What is put there is on its way, never waited for. */
public interface PendingBoard {
    /** @param deadline Unix milliseconds; some time after it the request is no longer shown, whatever has become of its gateway */
    void put(Request.Kind kind, String id, Map<String, Object> document, long deadline);

    void remove(Request.Kind kind, String id);

    /** All of a kind, of all gateways; while the store is away, those of this one. */
    CompletionStage<List<Map<String, Object>>> all(Request.Kind kind);
}
