package io.segue.flow.oversight;

import io.segue.flow.oversight.Signoffs.Outcome;
import io.segue.signoff.Decision;
import io.segue.signoff.Request;
import io.segue.signoff.Verdict;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A decision and what came of it as trees, for the way to another gateway and back. */
final class OrderForms {
    private OrderForms() {}

    static Map<String, Object> order(Request.Kind kind, String id, Verdict verdict) {
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("order", "decide");
        order.put("kind", kind.name().toLowerCase(Locale.ROOT));
        order.put("id", id);
        order.put("outcome", verdict.outcome().wire());
        order.put("by", verdict.by());
        order.put("role", verdict.role());
        put(order, "note", verdict.note());
        put(order, "payload", verdict.payload());
        put(order, "amount", verdict.amount() == null ? null : verdict.amount().toPlainString());
        put(order, "currency", verdict.currency());
        put(order, "text", verdict.text());
        return order;
    }

    static Optional<Request.Kind> kind(Map<String, Object> order) {
        for (Request.Kind kind : Request.Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(order.get("kind"))) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    static Verdict verdict(Map<String, Object> order) {
        String amount = text(order, "amount");
        return new Verdict(
                Decision.Outcome.valueOf(String.valueOf(order.get("outcome")).toUpperCase(Locale.ROOT)),
                String.valueOf(order.get("by")),
                String.valueOf(order.get("role")),
                text(order, "note"),
                order.containsKey("payload") ? tree(order.get("payload")) : null,
                amount == null ? null : new BigDecimal(amount),
                text(order, "currency"),
                text(order, "text"));
    }

    static Map<String, Object> answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Decided(var document) -> Map.of("answer", "decided", "document", document);
            case Outcome.Taken(var document) -> Map.of("answer", "taken", "document", document);
            case Outcome.NotWritten() -> Map.of("answer", "not_written");
            case Outcome.NoSuch() -> Map.of("answer", "no_such");
            case Outcome.Over() -> Map.of("answer", "over");
        };
    }

    static Outcome outcome(Map<String, Object> answer) {
        return switch (String.valueOf(answer.get("answer"))) {
            case "decided" -> new Outcome.Decided(tree(answer.get("document")));
            case "taken" -> new Outcome.Taken(tree(answer.get("document")));
            case "not_written" -> new Outcome.NotWritten();
            case "over" -> new Outcome.Over();
            default -> new Outcome.NoSuch();
        };
    }

    private static void put(Map<String, Object> tree, String key, @Nullable Object value) {
        if (value != null) {
            tree.put(key, value);
        }
    }

    private static @Nullable String text(Map<String, Object> tree, String key) {
        return tree.get(key) instanceof String text ? text : null;
    }

    private static Map<String, Object> tree(@Nullable Object value) {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> tree.put(String.valueOf(name), member));
        }
        return tree;
    }
}
