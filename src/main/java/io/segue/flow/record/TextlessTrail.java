package io.segue.flow.record;

import io.segue.audit.Entry;
import io.segue.audit.Written;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * A trail that nothing can be erased from must not hold what somebody may want erased: of what was said and written on a call only {@link Pseudonyms} go into
 * it. Who decided what, when and on which call stays as it is.
 */
public final class TextlessTrail implements AuditTrail {
    private static final Set<String> SAID = Set.of(
            "text", "note", "summary", "payload", "entities", "context", "facts", "evidence", "message", "turns");
    /** Why a human was wanted is a word of ours, but for what an agent gives as its reason. */
    private static final Set<String> IN_OWN_WORDS = Set.of("agent_request", "caller_request");

    private final AuditTrail trail;
    private final Pseudonyms pseudonyms;

    public TextlessTrail(AuditTrail trail, Pseudonyms pseudonyms) {
        this.trail = trail;
        this.pseudonyms = pseudonyms;
    }

    @Override
    public boolean kept() {
        return trail.kept();
    }

    @Override
    public CompletionStage<Written> append(Entry entry) {
        return trail.append(textless(entry));
    }

    @Override
    public void record(Entry entry) {
        trail.record(textless(entry));
    }

    /** What belongs to no call is configuration, and stays readable. */
    private Entry textless(Entry entry) {
        return entry.call() == null
                ? entry
                : new Entry(
                        entry.kind(),
                        entry.call(),
                        entry.actor(),
                        without(entry.body(), entry.kind().startsWith("label.")));
    }

    private Map<String, Object> without(Map<?, ?> tree, boolean ofLabel) {
        Map<String, Object> left = new LinkedHashMap<>();
        boolean ownWords = tree.get("reason") instanceof String reason && IN_OWN_WORDS.contains(reason);
        tree.forEach((key, value) -> {
            String name = String.valueOf(key);
            boolean said =
                    SAID.contains(name) || (ownWords && name.equals("detail")) || (ofLabel && name.equals("reason"));
            if (value != null) {
                left.put(name, said ? pseudonyms.of(value) : value(value, ofLabel));
            }
        });
        return left;
    }

    private Object value(Object value, boolean ofLabel) {
        return switch (value) {
            case Map<?, ?> map -> without(map, ofLabel);
            case List<?> list ->
                list.stream()
                        .map(item -> item == null ? "" : value(item, ofLabel))
                        .toList();
            default -> value;
        };
    }
}
