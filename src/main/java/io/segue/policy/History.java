package io.segue.policy;

import io.segue.turn.Speaker;
import io.segue.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a policy has to know of the turns so far, kept up turn by turn, so that no decision looks through the transcript.
 *
 * @param turns how many there were
 * @param intent the latest intent that a caller's turn had
 * @param sameIntent how many of the caller's turns in a row have had it; those without one are passed over
 * @param words the caller's latest words
 * @param sameWords how many of the caller's turns in a row were these words
 * @param low how many turns in a row were below the threshold of their intent; those without a confidence are passed over
 * @param sentiments the moods of the caller's latest turns that had one, newest last, at most {@link #SENTIMENTS_MAX}
 */
public record History(
        int turns,
        @Nullable String intent,
        int sameIntent,
        String words,
        int sameWords,
        int low,
        List<Double> sentiments) {
    /** A slope is taken over so many turns at most. */
    public static final int SENTIMENTS_MAX = 16;

    public static final History NONE = new History(0, null, 0, "", 0, 0, List.of());

    History plus(Turn turn, EscalationPolicy policy) {
        Double confidence = turn.confidence();
        int lowNow = confidence == null ? low : confidence < policy.thresholdOf(turn.intent()) ? low + 1 : 0;
        if (turn.speaker() != Speaker.CALLER) {
            return new History(turns + 1, intent, sameIntent, words, sameWords, lowNow, sentiments);
        }
        String said = Words.of(turn.text());
        String meant = turn.intent();
        return new History(
                turns + 1,
                meant == null ? intent : meant,
                meant == null ? sameIntent : meant.equals(intent) ? sameIntent + 1 : 1,
                said,
                said.equals(words) ? sameWords + 1 : 1,
                lowNow,
                withMood(turn.sentiment()));
    }

    private List<Double> withMood(@Nullable Double mood) {
        if (mood == null) {
            return sentiments;
        }
        List<Double> more = new ArrayList<>(SENTIMENTS_MAX);
        more.addAll(sentiments.size() < SENTIMENTS_MAX ? sentiments : sentiments.subList(1, SENTIMENTS_MAX));
        more.add(mood);
        return List.copyOf(more);
    }

    /** By how much the caller's mood changes per turn over so many turns, by least squares; NaN before there are so many. */
    double sentimentSlope(int over) {
        int first = sentiments.size() - over;
        if (first < 0) {
            return Double.NaN;
        }
        // The turns are numbered -m, -m+1, …, m, so that their mean is 0 and the line's height drops out.
        double middle = (over - 1) / 2.0;
        double products = 0;
        double squares = 0;
        for (int i = 0; i < over; i++) {
            products += (i - middle) * sentiments.get(first + i);
            squares += (i - middle) * (i - middle);
        }
        return products / squares;
    }
}
