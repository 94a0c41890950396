package io.segue.api;

import java.util.List;
import java.util.Map;

/** Which calls are a human's: those with a handoff that names them. */
public final class Ownership {
    private Ownership() {}

    /** Whether any of the call's handoffs went to them; then they may read it. */
    public static boolean had(Map<String, Object> call, String human) {
        return handoffs(call).stream().anyMatch(handoff -> names(handoff, human));
    }

    /** Whether the call's newest handoff went to them; then they may steer it. */
    public static boolean has(Map<String, Object> call, String human) {
        List<?> handoffs = handoffs(call);
        return !handoffs.isEmpty() && names(handoffs.get(handoffs.size() - 1), human);
    }

    private static List<?> handoffs(Map<String, Object> call) {
        return call.get("handoffs") instanceof List<?> list ? list : List.of();
    }

    private static boolean names(Object handoff, String human) {
        return handoff instanceof Map<?, ?> map && human.equals(map.get("human"));
    }
}
