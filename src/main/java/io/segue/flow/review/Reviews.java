package io.segue.flow.review;

import io.segue.flow.record.ArchiveAway;
import io.segue.review.Agreement;
import io.segue.review.Label;
import io.segue.review.Labelling;
import io.segue.review.Mark;
import io.segue.review.Sampling;
import io.segue.review.Severity;
import io.segue.review.Slice;
import io.segue.review.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Labels, and the turns that wait for one. Every answer may fail with {@link ArchiveAway}. */
public interface Reviews {
    /** A label as somebody gives it. */
    record Draft(
            Mark mark,
            @Nullable String text,
            @Nullable String reason,
            @Nullable Severity severity) {}

    /**
     * Who labels which turn.
     *
     * @param version of the label that they want to change; none: they say nothing of one
     */
    record Place(
            String call,
            String turn,
            String reviewer,
            String role,
            @Nullable Integer version) {}

    /** What came of it. */
    sealed interface Outcome {
        /** It stands. */
        record Labelled(Label label, boolean second) implements Outcome {}

        /** It does not; the ruling says why. */
        record Refused(Labelling.Ruling ruling) implements Outcome {}
    }

    /** A label and the turn it is of. */
    record Of(String turn, boolean second, Label label) {}

    /**
     * Calls of an agent, by when they were answered.
     *
     * @param from included; none: from the first
     * @param to excluded; none: to the last
     */
    record Span(
            @Nullable String agent,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /**
     * Somebody asks for a turn to label.
     *
     * @param human whose calls alone, those that came to them; none: all
     * @param agent whose turns; none: of all
     * @param intent none: of all
     * @param skip whether they pass over what they have before them
     * @param dice 0 to 1, 1 excluded
     * @param lease how long they have it
     * @param window how old the calls may be
     * @param risks 0 to 1, by agent and intent
     */
    record Wish(
            String reviewer,
            @Nullable String human,
            @Nullable String agent,
            @Nullable String intent,
            boolean skip,
            Sampling sampling,
            double dice,
            Duration lease,
            Duration window,
            Map<String, Map<String, Double>> risks) {}

    /**
     * A turn for somebody to label.
     *
     * @param turns two before it, itself, two after it, as the REST interface shows turns
     * @param score (1 − confidence) × risk; none without a confidence
     * @param untilMs Unix milliseconds
     */
    record Offer(
            String call,
            @Nullable String agent,
            String turn,
            List<Map<String, Object>> turns,
            Slice slice,
            @Nullable Double score,
            long untilMs) {}

    /**
     * The turns of an intent in two halves, drawn by their calls' ids.
     *
     * @param learning the half that thresholds are learnt from
     * @param checking the half that they are checked on
     */
    record Halves(Tally learning, Tally checking) {}

    /** Sets or changes a label. Of several at once exactly one is first. */
    CompletionStage<Outcome> label(Place place, Draft draft);

    /** Those of a call. */
    CompletionStage<List<Of>> labels(String call);

    CompletionStage<Optional<Offer>> next(Wish wish);

    /** What first and second reviewers said of the same turns, by their two roles. */
    CompletionStage<Map<List<String>, Map<Agreement.Pair, Long>>> pairs(Span span);

    /** @param slice of what labels alone; none: of all */
    CompletionStage<Map<String, Halves>> tallies(Span span, @Nullable Slice slice);
}
