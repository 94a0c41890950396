package io.segue.archive;

import io.segue.flow.record.ArchiveAway;
import io.segue.insight.By;
import io.segue.insight.Finding;
import io.segue.insight.LoopMetric;
import io.segue.insight.Query;
import io.segue.insight.Row;
import io.segue.insight.Trend;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/**
 * Compares, every so often, each agent's figures of the last seven days with those of the seven before: one gateway of all does it, under a lock in
 * PostgreSQL, and tells its listener what has changed. Every gateway reads what was found.
 */
public final class LoopWatch {
    private static final Logger LOG = Logger.getLogger(LoopWatch.class);
    private static final Duration WEEK = Duration.ofDays(7);
    /** How often a gateway reads what was found, and asks whether it is time to look again. */
    private static final Duration READ_EVERY = Duration.ofMinutes(1);
    /** Agents whose figures are compared; more than the registry takes. */
    private static final int AGENTS_MAX = 20_000;
    /** So long PostgreSQL may work on each of the two weeks. */
    private static final int SECONDS_MAX = 25;

    private final Database database;
    private final List<String> listed;
    private final Duration every;
    private final int nMin;
    private final InstantSource clock;
    private final Listener listener;
    private Instant readAt = Instant.MIN;

    /** Told on one of the archive's threads. */
    public interface Listener {
        /** An alarm was raised, or, where it is none any more, is over. Told once over all gateways. */
        void changed(Finding finding);

        /**
         * As it stands in PostgreSQL.
         *
         * @param labels how many there are by mark and role
         */
        void read(List<Finding> findings, Map<List<String>, Long> labels);
    }

    /** What one look has brought. */
    private record Look(List<Finding> changed, List<Finding> all, Map<List<String>, Long> labels) {}

    /**
     * @param listed as for {@link InsightRows}
     * @param every how often one gateway of all looks
     * @param nMin what each week needs of calls, labels or turns for its figure to be compared
     */
    public LoopWatch(
            Database database, List<String> listed, Duration every, int nMin, InstantSource clock, Listener listener) {
        this.database = database;
        this.listed = List.copyOf(listed);
        this.every = every;
        this.nMin = nMin;
        this.clock = clock;
        this.listener = listener;
    }

    /** Looks of itself from now on. */
    public void start() {
        database.whileUp(this::beat);
    }

    private void beat() {
        Instant now = clock.instant();
        if (readAt.isBefore(now.minus(READ_EVERY.compareTo(every) < 0 ? READ_EVERY : every))) {
            readAt = now;
            var unused = look();
        }
    }

    /** Looks now, where it is time and no other gateway does, and reads what was found. */
    public CompletionStage<List<Finding>> look() {
        return database.submit(this::look)
                .whenComplete((look, error) -> {
                    if (error == null) {
                        look.changed.forEach(listener::changed);
                        listener.read(look.all, look.labels);
                    } else if (!(error instanceof ArchiveAway)) {
                        LOG.warn("The figures of the loop could not be compared", error);
                    }
                })
                .thenApply(Look::all);
    }

    private Look look(Connection connection) throws SQLException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<Finding> before = LoopFindings.read(connection);
        if (!LoopFindings.due(connection, now.minus(every))) {
            return new Look(List.of(), before, labels(connection));
        }
        List<Finding> found = compare(connection, before, now);
        LoopFindings.write(connection, found, now);
        return new Look(changed(before, found), found, labels(connection));
    }

    private List<Finding> compare(Connection connection, List<Finding> before, Instant now) throws SQLException {
        Instant from = now.minus(WEEK.multipliedBy(2));
        Map<String, Row> earlier = rows(connection, Query.perAgent(from, now.minus(WEEK), from, now));
        Map<String, Row> later = rows(connection, Query.perAgent(now.minus(WEEK), now, from, now));
        List<Finding> found = new ArrayList<>();
        later.forEach((agent, row) -> {
            for (LoopMetric metric : LoopMetric.values()) {
                Trend trend = Trend.of(metric, earlier.getOrDefault(agent, Row.NONE), row, nMin);
                Instant since = before.stream()
                        .filter(f -> f.agent().equals(agent) && f.trend().metric() == metric)
                        .filter(f -> f.trend().state() == trend.state())
                        .map(Finding::since)
                        .findFirst()
                        .orElse(now);
                found.add(new Finding(agent, trend, since, now));
            }
        });
        return found;
    }

    private Map<String, Row> rows(Connection connection, Query query) throws SQLException {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (Row row : InsightRows.read(connection, query, listed, AGENTS_MAX, SECONDS_MAX)) {
            if (row.key().get(By.AGENT) instanceof String agent) {
                rows.put(agent, row);
            }
        }
        return rows;
    }

    private static List<Finding> changed(List<Finding> before, List<Finding> now) {
        List<Finding> changed = new ArrayList<>();
        for (Finding finding : now) {
            if (finding.alarm() != before.stream().anyMatch(was -> was.alarm() && same(was, finding))) {
                changed.add(finding);
            }
        }
        // An agent without calls in the last week raises no alarm, and keeps none.
        before.stream()
                .filter(was -> was.alarm() && now.stream().noneMatch(is -> same(was, is)))
                .map(Finding::over)
                .forEach(changed::add);
        return changed;
    }

    private static boolean same(Finding one, Finding other) {
        return one.agent().equals(other.agent())
                && one.trend().metric() == other.trend().metric();
    }

    private static Map<List<String>, Long> labels(Connection connection) throws SQLException {
        Map<List<String>, Long> labels = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "select mark, role, count(*) from label group by 1, 2 order by 1, 2");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                labels.put(List.of(row.getString(1), row.getString(2)), row.getLong(3));
            }
        }
        return labels;
    }
}
