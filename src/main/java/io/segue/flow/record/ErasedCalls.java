package io.segue.flow.record;

import io.segue.flow.record.CallStore.CallRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A call without what is personal: who, which agent, when and how it went stays, so that figures stay; whose call it was and what was said goes. */
public final class ErasedCalls {
    /** What stands where something was. */
    public static final String ERASED = "[erased]";

    private static final Set<String> GONE = Set.of(
            "contact",
            "identities",
            "entities",
            "headers",
            "userToUser",
            "facts",
            "messages",
            "summary",
            "payload",
            "note",
            "recording",
            "resume");

    private ErasedCalls() {}

    /** Erased again it is the same but for its version, which grows so that stores take it. */
    public static CallRecord erased(CallRecord record) {
        return new CallRecord(
                record.callId(),
                record.owner(),
                record.epoch(),
                record.version() + 1,
                record.sipCallIds(),
                record.ended(),
                document(record.document()));
    }

    public static Map<String, Object> document(Map<String, Object> call) {
        Map<String, Object> left = without(call);
        left.put("erased", true);
        return left;
    }

    private static Map<String, Object> without(Map<?, ?> tree) {
        Map<String, Object> left = new LinkedHashMap<>();
        tree.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (value != null && !GONE.contains(name)) {
                left.put(name, isPersonal(name) ? ERASED : value(value));
            }
        });
        return left;
    }

    private static boolean isPersonal(String name) {
        return switch (name) {
            case "text", "from", "number", "detail" -> true;
            default -> false;
        };
    }

    private static Object value(Object value) {
        return switch (value) {
            case Map<?, ?> map -> without(map);
            case List<?> list ->
                list.stream().map(item -> item == null ? "" : value(item)).toList();
            default -> value;
        };
    }
}
