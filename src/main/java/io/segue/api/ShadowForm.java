package io.segue.api;

import io.segue.flow.review.PastCalls.Place;
import io.segue.policy.EscalationPolicy;
import io.segue.registry.Fields;
import io.segue.registry.Forms;
import io.segue.registry.Read;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code {"policy":{…},"from","to","limit","after"}}: a draft, and the calls it is tried on. */
final class ShadowForm {
    static final int CALLS_MAX = 100_000;
    private static final int CALLS = 10_000;
    private static final int TIME_CHARS_MAX = 40;
    private static final int PLACE_CHARS_MAX = 128;

    private ShadowForm() {}

    /**
     * What is asked.
     *
     * @param calls at most so many
     * @param after where an earlier answer stopped
     */
    record Asked(
            EscalationPolicy draft,
            @Nullable Instant from,
            @Nullable Instant to,
            int calls,
            @Nullable Place after) {}

    static Read<Asked> read(Map<String, Object> body, Forms forms) {
        Fields f = Fields.of(body);
        if (!f.has("policy")) {
            f.error("policy", "is missing");
        }
        Asked asked = new Asked(
                forms.agents().draft(f.object("policy")),
                parsed(f, "from", TIME_CHARS_MAX, Instant::parse),
                parsed(f, "to", TIME_CHARS_MAX, Instant::parse),
                f.whole("limit", 1, CALLS_MAX, CALLS),
                parsed(f, "after", PLACE_CHARS_MAX, ShadowForm::place));
        f.nothingElse();
        return f.result(() -> asked);
    }

    static String show(Place place) {
        return place.began() + "/" + place.call();
    }

    private static Place place(String text) {
        int slash = text.indexOf('/');
        return new Place(Instant.parse(text.substring(0, Math.max(0, slash))), text.substring(slash + 1));
    }

    private static <T> @Nullable T parsed(Fields f, String name, int charsMax, Function<String, T> parse) {
        String text = f.text(name, charsMax).orElse(null);
        if (text == null) {
            return null;
        }
        try {
            return parse.apply(text);
        } catch (DateTimeException e) {
            f.error(
                    name,
                    name.equals("after")
                            ? "has to be the next of an earlier answer"
                            : "has to be a time such as 2026-01-31T00:00:00Z");
            return null;
        }
    }
}
