package io.segue.archive;

import io.segue.flow.review.Reviews.Draft;
import io.segue.flow.review.Reviews.Of;
import io.segue.flow.review.Reviews.Outcome;
import io.segue.flow.review.Reviews.Place;
import io.segue.review.Label;
import io.segue.review.Labelling;
import io.segue.review.Labelling.Attempt;
import io.segue.review.Labelling.Lease;
import io.segue.review.Labelling.Ruling;
import io.segue.review.Labelling.State;
import io.segue.review.Mark;
import io.segue.review.Sampling;
import io.segue.review.Severity;
import io.segue.review.Slice;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Labels as rows of {@code label}. */
final class LabelRows {
    /** A label's columns, as {@link #read} wants them. */
    static final String COLUMNS = "l.mark, l.text, l.reason, l.severity, l.reviewer, l.role, l.at, l.version, l.slice";

    private LabelRows() {}

    /** One at a time for each turn: whoever comes second sees what the first has written. */
    static Outcome label(Connection connection, Place place, Draft draft) throws SQLException {
        lock(connection, place);
        long now = now(connection);
        Lease lease = lease(connection, place);
        Ruling ruling =
                Labelling.rule(state(connection, place, lease), new Attempt(place.reviewer(), place.version(), now));
        if (!(ruling instanceof Ruling.Write write)) {
            return new Outcome.Refused(ruling);
        }
        Label label = new Label(
                draft.mark(),
                draft.text() == null ? null : Json.text(draft.text()),
                draft.reason() == null ? null : Json.text(draft.reason()),
                draft.severity(),
                place.reviewer(),
                place.role(),
                now,
                write.version(),
                write.slice());
        write(connection, place, write.second(), label);
        if (lease != null && lease.reviewer().equals(place.reviewer())) {
            try (PreparedStatement end =
                    connection.prepareStatement("delete from review_lease where call = ? and turn = ?")) {
                end.setString(1, place.call());
                end.setString(2, place.turn());
                end.executeUpdate();
            }
        }
        return new Outcome.Labelled(label, write.second());
    }

    private static void lock(Connection connection, Place place) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("select pg_advisory_xact_lock(hashtextextended(?, 5))")) {
            lock.setString(1, place.call() + "/" + place.turn());
            lock.execute();
        }
    }

    /** PostgreSQL's clock, in Unix milliseconds. */
    private static long now(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select clock_timestamp()");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getTimestamp(1).getTime();
        }
    }

    private static State state(Connection connection, Place place, @Nullable Lease lease) throws SQLException {
        Label first = null;
        Label second = null;
        for (Of one : select(connection, place.call(), place.turn())) {
            if (one.second()) {
                second = one.label();
            } else {
                first = one.label();
            }
        }
        return new State(first, second, lease);
    }

    private static @Nullable Lease lease(Connection connection, Place place) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select reviewer, slice, until, skipped from review_lease where call = ? and turn = ?")) {
            select.setString(1, place.call());
            select.setString(2, place.turn());
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? new Lease(
                                row.getString(1),
                                Slice.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                                row.getTimestamp(3).getTime(),
                                row.getBoolean(4))
                        : null;
            }
        }
    }

    static List<Of> of(Connection connection, String call) throws SQLException {
        return select(connection, call, null);
    }

    private static List<Of> select(Connection connection, String call, @Nullable String turn) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select " + COLUMNS
                + ", l.turn, l.second from label l where l.call = ? and (?::text is null or l.turn = ?)"
                + " order by l.at, l.turn")) {
            select.setString(1, call);
            select.setString(2, turn);
            select.setString(3, turn);
            try (ResultSet rows = select.executeQuery()) {
                List<Of> labels = new ArrayList<>();
                while (rows.next()) {
                    Label label = read(rows, 1);
                    if (label != null) {
                        labels.add(new Of(rows.getString(10), rows.getBoolean(11), label));
                    }
                }
                return labels;
            }
        }
    }

    /** @param at the first of {@link #COLUMNS}; none when it is null */
    static @Nullable Label read(ResultSet row, int at) throws SQLException {
        Mark mark = constant(Mark.class, row.getString(at));
        return mark == null
                ? null
                : new Label(
                        mark,
                        row.getString(at + 1),
                        row.getString(at + 2),
                        constant(Severity.class, row.getString(at + 3)),
                        row.getString(at + 4),
                        row.getString(at + 5),
                        row.getTimestamp(at + 6).getTime(),
                        row.getInt(at + 7),
                        constant(Slice.class, row.getString(at + 8)));
    }

    private static void write(Connection connection, Place place, boolean second, Label label) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                insert into label (call, turn, second, mark, text, reason, severity, reviewer, role, at, version, slice, second_lot)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (call, turn, second) do update set mark = excluded.mark, text = excluded.text,
                  reason = excluded.reason, severity = excluded.severity, reviewer = excluded.reviewer, role = excluded.role,
                  at = excluded.at, version = excluded.version""")) {
            upsert.setString(1, place.call());
            upsert.setString(2, place.turn());
            upsert.setBoolean(3, second);
            upsert.setString(4, lower(label.mark()));
            upsert.setString(5, label.text());
            upsert.setString(6, label.reason());
            upsert.setString(7, label.severity() == null ? null : lower(label.severity()));
            upsert.setString(8, label.reviewer());
            upsert.setString(9, label.role());
            upsert.setTimestamp(10, new Timestamp(label.atMs()));
            upsert.setInt(11, label.version());
            upsert.setString(12, label.slice() == null ? null : lower(label.slice()));
            upsert.setDouble(13, Sampling.secondLot(place.call(), place.turn()));
            upsert.executeUpdate();
        }
    }

    private static <E extends Enum<E>> @Nullable E constant(Class<E> type, @Nullable String text) {
        return text == null ? null : Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
