package io.segue.turn;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was said, as the agent (or a transcriber) reports it.
 *
 * @param id the reporter's name for the turn, unique within the call, 1 to 64 characters
 * @param speaker who spoke
 * @param text what was said; text from a caller, never markup
 * @param intent what the agent takes the caller to want
 * @param confidence how sure the agent is of itself, 0 to 1
 * @param sentiment the caller's mood, -1 to 1
 * @param language BCP 47 tag
 * @param entities what the agent read out of the text, as JSON values
 * @param startMs when it began, in milliseconds from the stream's start
 * @param endMs when it ended, in milliseconds from the stream's start
 * @param proposed whether the agent asks for approval before it speaks the turn
 */
public record Turn(
        String id,
        Speaker speaker,
        String text,
        @Nullable String intent,
        @Nullable Double confidence,
        @Nullable Double sentiment,
        @Nullable String language,
        Map<String, Object> entities,
        long startMs,
        long endMs,
        boolean proposed) {
    /** The same in other words. */
    public Turn saying(String other) {
        return new Turn(
                id, speaker, other, intent, confidence, sentiment, language, entities, startMs, endMs, proposed);
    }
}
