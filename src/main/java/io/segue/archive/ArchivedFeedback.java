package io.segue.archive;

import io.segue.flow.review.Feedback;
import io.segue.review.Label;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Labelled calls out of PostgreSQL, page by page: no connection is held while a slow reader reads. */
public final class ArchivedFeedback implements Feedback {
    private static final OffsetDateTime FIRST = Instant.EPOCH.atOffset(ZoneOffset.UTC);
    private static final String SELECT = """
            with page as materialized (
              select c.id, c.agent, c.started_at from call c
               where (c.started_at, c.id) > (?, ?) and (?::text is null or c.agent = ?) and c.started_at >= ?
                and (?::timestamptz is null or c.started_at < ?)
                and exists (select from label l where l.call = c.id and not l.second and (?::text is null or l.mark = ?))
               order by c.started_at, c.id limit %d)
            select p.id, p.agent, p.started_at, t.id, t.speaker, t.text, t.intent, t.confidence,
            """ + LabelRows.COLUMNS + """

             from page p join turn t on t.call = p.id
             left join label l on l.call = t.call and l.turn = t.id and not l.second
             order by p.started_at, p.id, t.ordinal""";

    private final Database database;
    private final int callsMax;

    /** @param callsMax calls in one page */
    public ArchivedFeedback(Database database, int callsMax) {
        this.database = database;
        this.callsMax = callsMax;
    }

    @Override
    public CompletionStage<Batch> batch(Query query, @Nullable Cursor after) {
        return database.submit(connection -> page(connection, query, after));
    }

    private Batch page(Connection connection, Query query, @Nullable Cursor after) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT.formatted(callsMax))) {
            String mark = query.mark() == null ? null : LabelRows.lower(query.mark());
            OffsetDateTime from = ReviewFigures.time(query.span().from());
            OffsetDateTime to = ReviewFigures.time(query.span().to());
            select.setObject(1, after == null ? FIRST : ReviewFigures.time(after.startedAt()));
            select.setString(2, after == null ? "" : after.call());
            select.setString(3, query.span().agent());
            select.setString(4, query.span().agent());
            // Twice, so that the index leads to the page at once.
            select.setObject(5, later(from, after));
            select.setObject(6, to);
            select.setObject(7, to);
            select.setString(8, mark);
            select.setString(9, mark);
            try (ResultSet rows = select.executeQuery()) {
                return batch(rows);
            }
        }
    }

    private static OffsetDateTime later(@Nullable OffsetDateTime from, @Nullable Cursor after) {
        OffsetDateTime gone = after == null ? FIRST : after.startedAt().atOffset(ZoneOffset.UTC);
        return from == null || from.isBefore(gone) ? gone : from;
    }

    private Batch batch(ResultSet rows) throws SQLException {
        List<LabelledCall> calls = new ArrayList<>();
        List<Said> turns = new ArrayList<>();
        String call = null;
        Cursor last = null;
        while (rows.next()) {
            String id = rows.getString(1);
            if (!id.equals(call)) {
                turns = new ArrayList<>();
                calls.add(new LabelledCall(id, rows.getString(2), turns));
                call = id;
                last = new Cursor(rows.getObject(3, OffsetDateTime.class).toInstant(), id);
            }
            turns.add(said(rows));
        }
        return new Batch(calls, calls.size() < callsMax ? null : last);
    }

    private static Said said(ResultSet row) throws SQLException {
        double confidence = row.getDouble(8);
        Double known = row.wasNull() ? null : confidence;
        Label label = LabelRows.read(row, 9);
        return new Said(row.getString(4), row.getString(5), row.getString(6), row.getString(7), known, label);
    }
}
