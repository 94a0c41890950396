package io.segue.archive;

import io.segue.flow.review.Reviews;
import io.segue.review.Agreement;
import io.segue.review.Slice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Labels in PostgreSQL, whose clock says how long a turn is somebody's, so that all gateways agree. */
public final class ArchivedReviews implements Reviews {
    private final Database database;

    public ArchivedReviews(Database database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Outcome> label(Place place, Draft draft) {
        return database.submit(connection -> LabelRows.label(connection, place, draft));
    }

    @Override
    public CompletionStage<List<Of>> labels(String call) {
        return database.submit(connection -> LabelRows.of(connection, call));
    }

    @Override
    public CompletionStage<Optional<Offer>> next(Wish wish) {
        return database.submit(connection -> new ReviewQueue(connection, wish).next());
    }

    @Override
    public CompletionStage<Map<List<String>, Map<Agreement.Pair, Long>>> pairs(Span span) {
        return database.submit(connection -> ReviewFigures.pairs(connection, span));
    }

    @Override
    public CompletionStage<Map<String, Halves>> tallies(Span span, @Nullable Slice slice) {
        return database.submit(connection -> ReviewFigures.tallies(connection, span, slice));
    }
}
