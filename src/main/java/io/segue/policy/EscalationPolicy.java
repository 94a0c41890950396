package io.segue.policy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When an agent's call goes to a human.
 *
 * @param threshold a turn below this confidence hands off, 0 to 1
 * @param intents what holds for one intent alone, by intent
 * @param prewarmMargin a turn below threshold + margin pre-warms a human, 0 to 1; 0 switches pre-warming off
 * @param prewarmTurns so many good turns in a row let a pre-warmed human go
 * @param prewarmSeconds so long is a human kept pre-warmed
 * @param prewarmListen whether a pre-warmed human who has answered hears the caller
 * @param sentimentFloor a turn below this mood hands off, -1 to 1; none: mood does not matter
 * @param phrases what a caller says to be put through, matched as whole words whatever their case
 * @param dtmf the digits that put a caller through; none: digits are the agent's
 * @param callerSilenceSeconds neither side has made a sound for so long; 0: never
 * @param agentSilenceSeconds the agent owes the caller an answer for so long; 0: never
 * @param cut when the agent is cut off once the human is there
 * @param cutMaxMs the longest wait for the end of the utterance
 * @param fillerAfterMs from a handoff's start, how long the agent may have played nothing before the filler plays
 * @param maxWaitSeconds how long a caller without an agent is kept for a human
 * @param rules decide before everything else here
 */
public record EscalationPolicy(
        double threshold,
        Map<String, IntentSettings> intents,
        double prewarmMargin,
        int prewarmTurns,
        int prewarmSeconds,
        boolean prewarmListen,
        @Nullable Double sentimentFloor,
        Phrasebook phrases,
        @Nullable String dtmf,
        int callerSilenceSeconds,
        int agentSilenceSeconds,
        Cut cut,
        int cutMaxMs,
        int fillerAfterMs,
        int maxWaitSeconds,
        RuleBook rules) {

    /** When the agent is cut off. */
    public enum Cut {
        /** As soon as the human has answered. */
        NOW,
        /** When what the agent has queued is played, at the latest after {@code cutMaxMs}. */
        END_OF_UTTERANCE
    }

    /** What an agent without a policy of its own gets. */
    public static EscalationPolicy defaults() {
        return new EscalationPolicy(
                0.85,
                Map.of(),
                0.05,
                2,
                15,
                false,
                -0.5,
                Phrasebook.of(List.of()),
                null,
                0,
                6,
                Cut.NOW,
                5_000,
                400,
                120,
                RuleBook.EMPTY);
    }

    /** The threshold that holds for an intent. */
    public double thresholdOf(@Nullable String intent) {
        Double own = of(intent).threshold();
        return own == null ? threshold : own;
    }

    double prewarmMarginOf(@Nullable String intent) {
        Double own = of(intent).prewarmMargin();
        return own == null ? prewarmMargin : own;
    }

    /** Who takes over a call about an intent. */
    public Whom whomOf(@Nullable String intent) {
        return of(intent).whom();
    }

    private IntentSettings of(@Nullable String intent) {
        return intent == null ? IntentSettings.NONE : intents.getOrDefault(intent, IntentSettings.NONE);
    }
}
