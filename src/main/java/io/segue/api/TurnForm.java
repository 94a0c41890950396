package io.segue.api;

import io.segue.registry.Fields;
import io.segue.registry.Ids;
import io.segue.registry.Read;
import io.segue.turn.Speaker;
import io.segue.turn.Turn;
import java.util.Map;

/**
 * A turn that somebody else transcribed: {@code {"id","speaker","text","intent","confidence","sentiment","language","entities","startMs",
 * "endMs","proposed"}}, of which speaker and text are needed.
 */
final class TurnForm {
    /** What {@code startMs} and {@code endMs} are when they were left out: the turn counts from its arrival. */
    static final long UNTOLD = -1;

    private static final int NAME_CHARS_MAX = 64;
    private static final long CALL_MS_MAX = 7L * 24 * 3_600_000;

    private TurnForm() {}

    /** @param otherwise the turn's id if it has none */
    static Read<Turn> read(Map<String, Object> body, String otherwise, int textCharsMax) {
        Fields f = Fields.of(body);
        if (!f.has("speaker")) {
            f.error("speaker", "is missing");
        }
        if (!f.has("text")) {
            f.error("text", "is missing");
        }
        long start = f.whole("startMs", 0, CALL_MS_MAX).orElse(UNTOLD);
        long end = f.whole("endMs", 0, CALL_MS_MAX).orElse(start);
        if (end < start) {
            f.error("endMs", "has to be startMs or later");
        }
        Turn turn = new Turn(
                f.text("id", NAME_CHARS_MAX).orElse(otherwise),
                f.oneOf("speaker", Speaker.class).orElse(Speaker.HUMAN),
                f.lines("text", textCharsMax).orElse(""),
                f.text("intent", NAME_CHARS_MAX * 2).orElse(null),
                f.number("confidence", 0, 1).orElse(null),
                f.number("sentiment", -1, 1).orElse(null),
                f.text("language", Ids.CHARS_MAX).orElse(null),
                f.anything("entities"),
                start,
                end,
                f.flag("proposed", false));
        f.nothingElse();
        return f.result(() -> turn);
    }
}
