package io.segue.flow.review;

import io.segue.flow.record.ArchiveAway;
import io.segue.insight.CallLine;
import io.segue.insight.Finding;
import io.segue.insight.Query;
import io.segue.insight.Row;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Figures of archived calls. Everything fails with {@link ArchiveAway}. */
public interface Insights {
    /** Rows by key, nulls last; at most so many. */
    CompletionStage<List<Row>> rows(Query query, int atMost);

    /** The calls that figures are made of, the latest first; at most so many. What {@code by} says does not matter. */
    CompletionStage<List<CallLine>> calls(Query query, int atMost);

    /** What was found when the loop's figures were last compared, by agent and metric. */
    CompletionStage<List<Finding>> findings();
}
