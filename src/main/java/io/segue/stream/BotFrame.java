package io.segue.stream;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a bot says on its socket, in either dialect. */
public sealed interface BotFrame {
    /** Audio for the caller ({@code media}, {@code playAudio}): mu-law, 8 kHz, mono. */
    record Audio(byte[] ulaw) implements BotFrame {}

    /** Asks to be told when all before it has been played ({@code mark}, {@code checkpoint}). */
    record Mark(String name) implements BotFrame {}

    /** Empties the playout queue ({@code clear}, {@code clearAudio}). */
    record Clear() implements BotFrame {}

    /** Asks that digits be sent to the caller ({@code sendDTMF}): {@code 0-9*#A-D}, at least one. */
    record Digits(String digits) implements BotFrame {}

    /**
     * Something was said ({@code turn}, or an RTVI transcription).
     *
     * @param id the bot's name for the turn, 1 to 64 characters
     * @param byAgent whether the agent said it, else the caller
     * @param confidence 0 to 1
     * @param sentiment -1 to 1
     * @param startMs milliseconds from the stream's start
     * @param endMs milliseconds from the stream's start, not before {@code startMs}
     * @param proposed whether approval is asked before the turn is spoken; then there is an id
     */
    record Said(
            @Nullable String id,
            boolean byAgent,
            String text,
            @Nullable String intent,
            @Nullable Double confidence,
            @Nullable Double sentiment,
            @Nullable String language,
            Map<String, Object> entities,
            @Nullable Long startMs,
            @Nullable Long endMs,
            boolean proposed)
            implements BotFrame {}

    /**
     * Asks for a human ({@code handoff}, or a ConversationRelay {@code end}).
     *
     * @param priority 0 (last) to 9 (first); 5 where the bot names none
     */
    record Handoff(
            @Nullable String reason,
            @Nullable String queue,
            List<String> skills,
            int priority,
            @Nullable String summary,
            Map<String, Object> context)
            implements BotFrame {}

    /**
     * Asks leave to do something, or says that it has been done ({@code action}).
     *
     * @param amount 0 or more
     * @param currency three letters (ISO 4217)
     * @param executed whether it has been done already ({@code "state":"executed"}), else leave is asked ({@code requested}, or no state)
     */
    record Action(
            String id,
            String type,
            @Nullable Double amount,
            @Nullable String currency,
            @Nullable String summary,
            Map<String, Object> payload,
            boolean executed)
            implements BotFrame {}

    /** Understood, and nothing to be done: an interim transcription, for instance. */
    record Idle(String name) implements BotFrame {}

    /** Not known to us; ignored. */
    record Unknown(String name) implements BotFrame {}

    /**
     * Cannot be used.
     *
     * @param code for programs, such as {@code invalid_turn}
     * @param message for people; names the field
     */
    record Malformed(String code, String message) implements BotFrame {}
}
