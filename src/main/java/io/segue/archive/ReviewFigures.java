package io.segue.archive;

import io.segue.flow.review.Reviews.Halves;
import io.segue.flow.review.Reviews.Span;
import io.segue.review.Agreement;
import io.segue.review.Mark;
import io.segue.review.Slice;
import io.segue.review.Tally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Labels, counted. */
final class ReviewFigures {
    private static final String SPAN = """
             (?::text is null or c.agent = ?) and (?::timestamptz is null or c.started_at >= ?)
             and (?::timestamptz is null or c.started_at < ?)
            """;

    private ReviewFigures() {}

    static Map<List<String>, Map<Agreement.Pair, Long>> pairs(Connection connection, Span span) throws SQLException {
        String select = "select a.role, b.role, a.mark, b.mark, count(*) from label a"
                + " join label b on b.call = a.call and b.turn = a.turn and b.second join call c on c.id = a.call"
                + " where not a.second and" + SPAN + "group by 1, 2, 3, 4";
        try (PreparedStatement query = connection.prepareStatement(select)) {
            span(query, 1, span);
            try (ResultSet rows = query.executeQuery()) {
                Map<List<String>, Map<Agreement.Pair, Long>> pairs = new HashMap<>();
                while (rows.next()) {
                    pairs.computeIfAbsent(List.of(rows.getString(1), rows.getString(2)), roles -> new HashMap<>())
                            .put(new Agreement.Pair(mark(rows.getString(3)), mark(rows.getString(4))), rows.getLong(5));
                }
                return pairs;
            }
        }
    }

    private static Mark mark(String text) {
        return Mark.valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** Confidences are compared as the decimals that they were written as: 0.29 is in the step of 0.29, whatever its double says. */
    static Map<String, Halves> tallies(Connection connection, Span span, @Nullable Slice slice) throws SQLException {
        String select = """
                select t.intent, substr(md5(t.call), 1, 1) < '8', least(99, floor(t.confidence::numeric * 100))::int, count(*),
                  count(*) filter (where l.mark = 'approved'), count(*) filter (where l.mark <> 'approved'),
                  coalesce(sum(t.confidence) filter (where l.mark is not null), 0)
                 from turn t join call c on c.id = t.call
                 left join label l on l.call = t.call and l.turn = t.id and not l.second and (?::text is null or l.slice = ?)
                 where t.intent is not null and t.confidence is not null and t.speaker in ('agent', 'caller') and""" + SPAN + "group by 1, 2, 3";
        try (PreparedStatement query = connection.prepareStatement(select)) {
            String only = slice == null ? null : LabelRows.lower(slice);
            query.setString(1, only);
            query.setString(2, only);
            span(query, 3, span);
            try (ResultSet rows = query.executeQuery()) {
                Map<String, Halves> tallies = new TreeMap<>();
                while (rows.next()) {
                    Halves halves =
                            tallies.computeIfAbsent(rows.getString(1), intent -> new Halves(new Tally(), new Tally()));
                    (rows.getBoolean(2) ? halves.learning() : halves.checking())
                            .add(rows.getInt(3), rows.getLong(4), rows.getLong(5), rows.getLong(6), rows.getDouble(7));
                }
                return tallies;
            }
        }
    }

    /** Fills {@link #SPAN}. */
    private static void span(PreparedStatement query, int from, Span span) throws SQLException {
        query.setString(from, span.agent());
        query.setString(from + 1, span.agent());
        query.setObject(from + 2, time(span.from()));
        query.setObject(from + 3, time(span.from()));
        query.setObject(from + 4, time(span.to()));
        query.setObject(from + 5, time(span.to()));
    }

    static @Nullable OffsetDateTime time(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
