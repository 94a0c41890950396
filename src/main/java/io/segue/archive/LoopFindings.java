package io.segue.archive;

import io.segue.insight.Finding;
import io.segue.insight.LoopMetric;
import io.segue.insight.Trend;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rows of {@code insight_finding}, and of {@code insight_run}. */
final class LoopFindings {
    /** Whoever holds it looks; any number will do, as long as nothing else in the schema takes it. */
    static final long LOCK = 0x5E60E_1451647L;

    private static final String WRITE = """
            insert into insight_finding (agent, metric, state, since, at, before, n_before, after, n_after, z)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (agent, metric) do update set state = excluded.state, since = excluded.since, at = excluded.at,
              before = excluded.before, n_before = excluded.n_before, after = excluded.after, n_after = excluded.n_after, z = excluded.z""";

    private LoopFindings() {}

    static List<Finding> read(Connection connection) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "select agent, metric, state, since, at, before, n_before, after, n_after, z from insight_finding"
                                + " order by agent, metric");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Trend trend = new Trend(
                        LoopMetric.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                        row.getObject(6, Double.class),
                        row.getLong(7),
                        row.getObject(8, Double.class),
                        row.getLong(9),
                        row.getObject(10, Double.class),
                        Trend.State.valueOf(row.getString(3).toUpperCase(Locale.ROOT)));
                findings.add(new Finding(row.getString(1), trend, instant(row, 4), instant(row, 5)));
            }
        }
        return findings;
    }

    /** In place of all that was found before. */
    static void write(Connection connection, List<Finding> findings, Instant now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(WRITE)) {
            for (Finding finding : findings) {
                Trend trend = finding.trend();
                insert.setString(1, finding.agent());
                insert.setString(2, trend.metric().wire());
                insert.setString(3, trend.state().wire());
                insert.setObject(4, time(finding.since()));
                insert.setObject(5, time(now));
                number(insert, 6, trend.before());
                insert.setLong(7, trend.nBefore());
                number(insert, 8, trend.after());
                insert.setLong(9, trend.nAfter());
                number(insert, 10, trend.z());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        try (PreparedStatement delete = connection.prepareStatement("delete from insight_finding where at <> ?")) {
            delete.setObject(1, time(now));
            delete.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into insight_run (at) values (?) on conflict (one) do update set at = excluded.at")) {
            insert.setObject(1, time(now));
            insert.executeUpdate();
        }
    }

    /** Whether it is for us to look now, until the transaction ends: nobody else does, and nobody has since. */
    static boolean due(Connection connection, Instant lastBefore) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("select pg_try_advisory_xact_lock(?)")) {
            lock.setLong(1, LOCK);
            try (ResultSet row = lock.executeQuery()) {
                if (!row.next() || !row.getBoolean(1)) {
                    return false;
                }
            }
        }
        try (PreparedStatement select = connection.prepareStatement("select 1 from insight_run where at > ?")) {
            select.setObject(1, time(lastBefore));
            try (ResultSet row = select.executeQuery()) {
                return !row.next();
            }
        }
    }

    private static void number(PreparedStatement insert, int place, @Nullable Double value) throws SQLException {
        if (value == null) {
            insert.setNull(place, Types.DOUBLE);
        } else {
            insert.setDouble(place, value);
        }
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime time(Instant at) {
        return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
    }
}
