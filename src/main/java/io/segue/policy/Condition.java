package io.segue.policy;

import io.segue.turn.Speaker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule asks of the turn that was just said and of the call so far. A condition on something that the turn does not have (no
 * confidence, no intent, …) does not hold; its {@link Not} does.
 */
public sealed interface Condition {
    /** Holds always. */
    Condition ALWAYS = new All(List.of());

    /** Every one holds; of none: always. */
    record All(List<Condition> of) implements Condition {}

    /** At least one holds; of none: never. */
    record Any(List<Condition> of) implements Condition {}

    record Not(Condition of) implements Condition {}

    /** The turn's intent is one of these; {@code *} at the end matches any rest. */
    record IntentIn(List<String> patterns) implements Condition {}

    /** The turn's confidence is below this, 0 to 1. */
    record ConfidenceBelow(double limit) implements Condition {}

    /** The turn's confidence is this or more, 0 to 1. */
    record ConfidenceAtLeast(double limit) implements Condition {}

    /** The turn's mood is below this, -1 to 1. */
    record SentimentBelow(double limit) implements Condition {}

    /**
     * The caller's mood over their latest turns changes by less than this per turn: the slope of the straight line through them, by least
     * squares. Does not hold before there are so many.
     *
     * @param limit -2 to 2 per turn
     * @param turns so many of the caller's latest turns that have a mood, 2 to {@link History#SENTIMENTS_MAX}
     */
    record SentimentSlopeBelow(double limit, int turns) implements Condition {}

    /** The caller's latest turns have had the same intent, or the same words, so many times in a row. */
    record Repeats(Of of, int times) implements Condition {
        /** What is the same. */
        public enum Of {
            INTENT,
            TEXT
        }
    }

    /** It is the caller's turn and has one of these in it, as whole words whatever their case. */
    record SaysOneOf(List<String> phrases) implements Condition {}

    /** The turn's language is one of these, or a kind of one of these: {@code en} takes {@code en-GB} (RFC 4647 section 3.3.1). */
    record LanguageIn(List<String> ranges) implements Condition {}

    /** The turn was said within these hours. */
    record Within(Hours hours) implements Condition {}

    /** So many turns in a row, up to this one, were below the threshold of their intent; turns without a confidence are passed over. */
    record LowTurns(int atLeast) implements Condition {}

    /** So many turns have been said since the agent got the caller, this one included. */
    record Turns(int atLeast) implements Condition {}

    record SaidBy(Speaker speaker) implements Condition {}

    /**
     * The turn has an entity of this name.
     *
     * @param value what it has to be, a text, number or truth value; none: anything
     */
    record HasEntity(String name, @Nullable Object value) implements Condition {}
}
