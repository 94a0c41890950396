package io.segue.archive;

import io.segue.flow.review.Insights;
import io.segue.insight.By;
import io.segue.insight.CallLine;
import io.segue.insight.Finding;
import io.segue.insight.Mean;
import io.segue.insight.Query;
import io.segue.insight.Row;
import io.segue.insight.Share;
import io.segue.insight.Spread;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Makes figures of archived calls. */
public final class InsightRows implements Insights {
    private final Database database;
    private final List<String> listed;
    private final int secondsMax;

    /**
     * @param listed intents that count as rare however frequent they are
     * @param secondsMax so long PostgreSQL may work on a question before it is given up
     */
    public InsightRows(Database database, List<String> listed, int secondsMax) {
        this.database = database;
        this.listed = List.copyOf(listed);
        this.secondsMax = secondsMax;
    }

    @Override
    public CompletionStage<List<Row>> rows(Query query, int atMost) {
        return database.submit(connection -> read(connection, query, listed, atMost, secondsMax));
    }

    @Override
    public CompletionStage<List<CallLine>> calls(Query query, int atMost) {
        return database.submit(connection -> {
            List<CallLine> calls = new ArrayList<>();
            try (PreparedStatement select = InsightSql.prepareCalls(connection, query, atMost)) {
                select.setQueryTimeout(secondsMax);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        calls.add(new CallLine(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getObject(5, OffsetDateTime.class).toInstant(),
                                row.getObject(6, OffsetDateTime.class).toInstant(),
                                row.getString(7),
                                row.getString(8)));
                    }
                }
            }
            return calls;
        });
    }

    @Override
    public CompletionStage<List<Finding>> findings() {
        return database.submit(LoopFindings::read);
    }

    static List<Row> read(Connection connection, Query query, List<String> listed, int atMost, int secondsMax)
            throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement select = InsightSql.prepare(connection, query, listed, atMost)) {
            select.setQueryTimeout(secondsMax);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(new Columns(found).row(query.by()));
                }
            }
        }
        return rows;
    }

    /** A row's columns, in the order of {@link InsightSql}. */
    private static final class Columns {
        private final ResultSet row;
        private int next = 1;

        Columns(ResultSet row) {
            this.row = row;
        }

        Row row(List<By> by) throws SQLException {
            Map<By, @Nullable String> key = key(by);
            long calls = count();
            long of = count();
            Share handoffRate = new Share(count(), of);
            long resolved = count();
            Spread resolution = spread(quantiles(), resolved);
            Share intervened = new Share(count(), calls);
            long handoffs = count();
            long connected = count();
            Share reached = new Share(connected, handoffs);
            Spread handoffMs = spread(quantiles(), count());
            Spread waitMs = spread(quantiles(), count());
            Spread deadAirMs = spread(quantiles(), count());
            Share survival = new Share(count(), connected);
            Share lasted = new Share(count(), connected);
            Mean shift = mean();
            long labelled = count();
            Share edited = new Share(count(), labelled);
            Share rejected = new Share(count(), labelled);
            long drawn = count();
            Share randomEdited = new Share(count(), drawn);
            return new Row(
                    key,
                    calls,
                    handoffRate,
                    reached,
                    handoffMs,
                    waitMs,
                    deadAirMs,
                    resolution,
                    survival,
                    lasted,
                    shift,
                    intervened,
                    edited,
                    randomEdited,
                    rejected,
                    mean(),
                    mean());
        }

        private Map<By, @Nullable String> key(List<By> by) throws SQLException {
            Array array = row.getArray(next++);
            @Nullable String[] values = (String[]) array.getArray();
            Map<By, @Nullable String> key = new LinkedHashMap<>();
            for (int i = 0; i < by.size(); i++) {
                key.put(by.get(i), values[i]);
            }
            return key;
        }

        /** Null, where a group has none of it, reads as 0. */
        private long count() throws SQLException {
            return row.getLong(next++);
        }

        private @Nullable Double @Nullable [] quantiles() throws SQLException {
            Array array = row.getArray(next++);
            return array == null ? null : (Double[]) array.getArray();
        }

        private static Spread spread(@Nullable Double @Nullable [] values, long n) {
            return values == null ? new Spread(null, null, null, n) : new Spread(values[0], values[1], values[2], n);
        }

        private Mean mean() throws SQLException {
            Double value = row.getObject(next++, Double.class);
            return new Mean(value, row.getDouble(next++), row.getLong(next++));
        }
    }
}
