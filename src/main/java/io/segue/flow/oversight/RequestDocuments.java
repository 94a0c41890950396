package io.segue.flow.oversight;

import io.segue.agent.Agent;
import io.segue.flow.record.TextDocuments;
import io.segue.signoff.Action;
import io.segue.signoff.Decision;
import io.segue.signoff.Request;
import io.segue.signoff.Request.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sign-offs and approvals as the REST interface shows them, the store and the archive keep them and the trail tells them. Times are Unix milliseconds. */
final class RequestDocuments {
    /** Of what was said, the newest so many characters are shown as evidence; the whole is in the call's context. */
    static final int EVIDENCE_CHARS_MAX = 32_768;

    private RequestDocuments() {}

    /** @param evidence what a person decides by; none: it is not shown */
    static Map<String, Object> request(
            Request request, String call, String agent, String node, @Nullable Map<String, Object> evidence) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", request.id());
        document.put("kind", request.kind().name().toLowerCase(Locale.ROOT));
        document.put("call", call);
        document.put("agent", agent);
        document.put("node", node);
        document.put("state", request.state());
        document.put("askedAt", request.askedAt());
        document.put("deadlineAt", request.deadline());
        switch (request.subject()) {
            case Subject.OfAction(var action, var boundary) -> {
                document.put("action", action(action));
                if (boundary != null) {
                    document.put("boundary", boundary(boundary));
                }
            }
            case Subject.OfTurn(var turn) -> document.put("turn", TextDocuments.turn(turn));
        }
        if (request.decision() instanceof Decision decision) {
            document.put("decision", decision(decision));
        }
        if (evidence != null) {
            document.put("evidence", evidence);
        }
        return document;
    }

    static Map<String, Object> action(Action action) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", action.id());
        document.put("type", action.type());
        put(document, "amount", action.amount());
        put(document, "currency", action.currency());
        put(document, "summary", action.summary());
        document.put("payload", action.payload());
        return document;
    }

    private static Map<String, Object> boundary(Agent.Boundary boundary) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("action", boundary.action());
        put(document, "above", boundary.above());
        put(document, "currency", boundary.currency());
        return document;
    }

    static Map<String, Object> decision(Decision decision) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("outcome", decision.outcome().wire());
        document.put("by", decision.by());
        document.put("role", decision.role());
        document.put("at", decision.at());
        put(document, "note", decision.note());
        put(document, "payload", decision.payload());
        put(document, "amount", decision.amount());
        put(document, "currency", decision.currency());
        put(document, "text", decision.text());
        return document;
    }

    /** The call's context with no more of what was said than a person reads before deciding. */
    static Map<String, Object> evidence(Map<String, Object> context) {
        Map<String, Object> evidence = new LinkedHashMap<>(context);
        if (context.get("turns") instanceof List<?> turns) {
            List<Object> newest = new ArrayList<>();
            int chars = 0;
            for (Object turn : turns.reversed()) {
                chars += turn instanceof Map<?, ?> map
                        ? String.valueOf(map.get("text")).length()
                        : 0;
                if (chars > EVIDENCE_CHARS_MAX && !newest.isEmpty()) {
                    break;
                }
                newest.addFirst(turn);
            }
            evidence.put("turns", newest);
            if (newest.size() < turns.size()) {
                evidence.put("turnsLeftOut", turns.size() - newest.size());
            }
        }
        return evidence;
    }

    private static void put(Map<String, Object> document, String key, @Nullable Object value) {
        if (value != null) {
            document.put(key, value);
        }
    }
}
