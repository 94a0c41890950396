package io.segue.stream;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes our own events, the same in both dialects. They carry no sequence number. Members that are null are left out. */
public final class SegueEvents {
    private SegueEvents() {}

    /** How a handoff stands: {@code requested, reserved, ringing, answered, connected, failed, abandoned, returned}. */
    public static byte[] handoff(String id, String state, String reason) {
        return event("handoff", members("id", id, "state", state, "reason", reason));
    }

    /** What was decided of a proposed turn: {@code approved, edited, rejected}. */
    public static byte[] turn(String id, String decision, @Nullable String text, @Nullable String note) {
        return event("turn", members("id", id, "decision", decision, "text", text, "note", note));
    }

    /** What was decided of an action: {@code approved, edited, rejected, expired}; amount and currency where they were edited. */
    public static byte[] action(
            String id,
            String decision,
            @Nullable String by,
            @Nullable String note,
            @Nullable Map<String, Object> payload,
            @Nullable BigDecimal amount,
            @Nullable String currency,
            @Nullable String token) {
        return event(
                "action",
                members(
                        "id",
                        id,
                        "decision",
                        decision,
                        "by",
                        by,
                        "note",
                        note,
                        "payload",
                        payload,
                        "amount",
                        amount,
                        "currency",
                        currency,
                        "token",
                        token));
    }

    /** The human gave the caller back; each entry of the transcript is a JSON object. When the human's stretch began and ended is in Unix milliseconds. */
    public static byte[] returned(
            List<Map<String, Object>> transcript,
            @Nullable String note,
            @Nullable String human,
            long startedAt,
            long endedAt) {
        return event(
                "returned",
                members(
                        "transcript",
                        transcript,
                        "note",
                        note,
                        "human",
                        human,
                        "startedAt",
                        startedAt,
                        "endedAt",
                        endedAt));
    }

    /** A frame of the bot's could not be used. */
    public static byte[] error(String code, String message) {
        return event("error", members("code", code, "message", message));
    }

    private static byte[] event(String name, Map<String, Object> members) {
        StringBuilder out = new StringBuilder(256)
                .append("{\"event\":\"")
                .append(name)
                .append("\",\"")
                .append(name)
                .append("\":");
        JsonText.value(out, members);
        return StreamWriter.utf8(out.append('}'));
    }

    private static Map<String, Object> members(@Nullable Object... pairs) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            Object value = pairs[i + 1];
            if (value != null) {
                members.put(String.valueOf(pairs[i]), value);
            }
        }
        return members;
    }
}
