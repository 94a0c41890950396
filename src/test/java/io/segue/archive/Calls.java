package io.segue.archive;

import io.segue.flow.record.CallStore.CallRecord;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ended calls as the gateway hands them to the archive. */
final class Calls {
    static final long STARTED_MS = 1_790_000_000_000L;

    private Calls() {}

    static String id(int n) {
        return "%032x".formatted(n);
    }

    static CallRecord ended(int n) {
        return ended(n, List.of(turn("t1", "caller", "I want my money back"), turn("t2", "agent", "Let me see")));
    }

    static CallRecord ended(int n, List<Map<String, Object>> turns) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", id(n));
        document.put("state", "ended");
        document.put("from", "+15550123");
        document.put("to", "+15550100");
        document.put("agent", "refunds");
        document.put("answeredAt", new BigDecimal(STARTED_MS + ".250"));
        document.put("endedAt", new BigDecimal(STARTED_MS + 60_000 + ".500"));
        document.put("endReason", "bye");
        document.put("legs", List.of(Map.of("role", "caller", "sipCallId", "sip-" + n)));
        document.put("turns", turns);
        document.put("handoffs", List.of(handoff(n)));
        return new CallRecord(id(n), "node-a", 0, 7, List.of("sip-" + n), true, document);
    }

    static Map<String, Object> turn(String id, String speaker, String text) {
        Map<String, Object> turn = new LinkedHashMap<>();
        turn.put("id", id);
        turn.put("speaker", speaker);
        turn.put("text", text);
        turn.put("confidence", 0.71);
        turn.put("entities", Map.of("amount", "12.50"));
        turn.put("startMs", 100);
        turn.put("endMs", 900);
        return turn;
    }

    private static Map<String, Object> handoff(int n) {
        Map<String, Object> handoff = new LinkedHashMap<>();
        handoff.put("id", id(n) + "-1");
        handoff.put("state", "connected");
        handoff.put("reason", "low_confidence");
        handoff.put("queue", "billing");
        handoff.put("human", "anna");
        handoff.put("outcome", "connected");
        handoff.put("t0", new BigDecimal(STARTED_MS + 10_000 + ".000"));
        handoff.put("t4", new BigDecimal(STARTED_MS + 10_013 + ".125"));
        handoff.put("handoffMs", 13.125);
        handoff.put("deadAirMs", 1.5);
        return handoff;
    }
}
