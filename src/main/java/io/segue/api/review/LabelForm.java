package io.segue.api.review;

import io.segue.flow.review.Reviews.Draft;
import io.segue.registry.Fields;
import io.segue.registry.Read;
import io.segue.review.Mark;
import io.segue.review.Severity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code {"label":"approved|edited|rejected","text","reason","severity":"low|medium|high|critical"}}; edited needs a text, the others have none. */
final class LabelForm {
    static final int REASON_CHARS_MAX = 2_000;

    private LabelForm() {}

    static Read<Draft> read(Map<String, Object> body, int textCharsMax) {
        Fields f = Fields.of(body);
        Mark mark = f.requiredOneOf("label", Mark.class).orElse(Mark.APPROVED);
        boolean known = f.has("label");
        String text = f.lines("text", textCharsMax).orElse(null);
        if (known && mark == Mark.EDITED && !f.has("text")) {
            f.error("text", "is missing; edited says what would have been better");
        }
        if (known && mark != Mark.EDITED && text != null) {
            f.error("text", "is of use with the label edited only");
        }
        Severity severity = f.oneOf("severity", Severity.class).orElse(null);
        if (known && mark == Mark.APPROVED && severity != null) {
            f.error("severity", "is of use with the labels edited and rejected only");
        }
        Draft draft = new Draft(mark, text, reason(f), severity);
        f.nothingElse();
        return f.result(() -> draft);
    }

    private static @Nullable String reason(Fields f) {
        return f.lines("reason", REASON_CHARS_MAX).orElse(null);
    }
}
