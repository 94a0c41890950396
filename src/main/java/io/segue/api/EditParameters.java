package io.segue.api;

import io.segue.audit.Actor;
import io.segue.flow.registry.Documents.Expected;
import io.segue.registry.FieldError;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request that changes something says beside its body: a condition (RFC 9110, 13.1) and a note. */
public class EditParameters {
    static final int NOTE_CHARS_MAX = 500;
    private static final int VERSION_DIGITS_MAX = 15;

    /** The version that is to be changed, {@code "7"}, or {@code *}: any, but there has to be one. */
    @HeaderParam("If-Match")
    public @Nullable String ifMatch;

    /** {@code *}: only if there is none. */
    @HeaderParam("If-None-Match")
    public @Nullable String ifNoneMatch;

    /** Why. */
    @HeaderParam("X-Segue-Note")
    public @Nullable String noteHeader;

    /** Why, for those whose note is not of Latin letters. */
    @QueryParam("note")
    public @Nullable String note;

    Edit by(Actor actor) {
        String said = note == null ? noteHeader : note;
        if (said != null && (said.length() > NOTE_CHARS_MAX || said.chars().anyMatch(Character::isISOControl))) {
            throw wrong("note", "has to be " + NOTE_CHARS_MAX + " characters at most, without control characters");
        }
        return new Edit(actor, said == null || said.isBlank() ? null : said, expected());
    }

    private Expected expected() {
        if (ifNoneMatch != null) {
            if (ifMatch != null || !ifNoneMatch.strip().equals("*")) {
                throw wrong("If-None-Match", "has to be * and to stand alone");
            }
            return new Expected.Absent();
        }
        if (ifMatch == null) {
            return new Expected.Anyhow();
        }
        String tag = ifMatch.strip();
        if (tag.equals("*")) {
            return new Expected.There();
        }
        String digits = tag.length() > 2 && tag.startsWith("\"") && tag.endsWith("\"")
                ? tag.substring(1, tag.length() - 1)
                : "";
        if (digits.isEmpty()
                || digits.length() > VERSION_DIGITS_MAX
                || digits.chars().anyMatch(c -> c < '0' || c > '9')) {
            throw wrong("If-Match", "has to be * or one version in quotes, such as \"7\"");
        }
        return new Expected.Version(Long.parseLong(digits));
    }

    private static Refused wrong(String field, String message) {
        return new Refused(Problem.invalid(List.of(new FieldError(field, message))));
    }
}
