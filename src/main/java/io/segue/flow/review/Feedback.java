package io.segue.flow.review;

import io.segue.flow.record.ArchiveAway;
import io.segue.review.Label;
import io.segue.review.Mark;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Labelled calls, some at a time, so that any number of them can be passed on. */
public interface Feedback {
    /** @param mark calls with such a label only; none: with any */
    record Query(Reviews.Span span, @Nullable Mark mark) {}

    /** Where to go on: after this call. */
    record Cursor(Instant startedAt, String call) {}

    /** @param next none: that was all */
    record Batch(List<LabelledCall> calls, @Nullable Cursor next) {}

    /** @param turns all that was said, in order */
    record LabelledCall(String id, @Nullable String agent, List<Said> turns) {}

    /**
     * A turn and its first label.
     *
     * @param speaker {@code caller}, {@code agent}, {@code human}
     */
    record Said(
            String id,
            String speaker,
            String text,
            @Nullable String intent,
            @Nullable Double confidence,
            @Nullable Label label) {}

    /** Fails with {@link ArchiveAway}. */
    CompletionStage<Batch> batch(Query query, @Nullable Cursor after);
}
