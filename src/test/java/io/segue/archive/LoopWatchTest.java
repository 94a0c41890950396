package io.segue.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.insight.Finding;
import io.segue.insight.LoopMetric;
import io.segue.insight.Trend;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopWatchTest {
    private static final Limits LIMITS = new Limits(2, 8, 100, 50, 20, 1_000);
    private static final Duration HOUR = Duration.ofHours(1);

    /** What one gateway was told. */
    private static final class Told implements LoopWatch.Listener {
        private final List<Finding> changed = new ArrayList<>();
        private List<Finding> read = List.of();
        private Map<List<String>, Long> labels = Map.of();

        @Override
        public void changed(Finding finding) {
            changed.add(finding);
        }

        @Override
        public void read(List<Finding> findings, Map<List<String>, Long> labels) {
            read = findings;
            this.labels = labels;
        }
    }

    private final Told one = new Told();
    private final Told other = new Told();
    private Instant now = Instant.parse("2026-03-16T12:00:00Z");
    private String url;
    private Database database;
    private LoopWatch first;
    private LoopWatch second;

    @BeforeEach
    void openDatabase() {
        url = TestPostgres.freshUrl();
        database = TestPostgres.open(url, LIMITS);
        Await.up(database);
        first = new LoopWatch(database, List.of(), HOUR, 50, () -> now, one);
        second = new LoopWatch(database, List.of(), HOUR, 50, () -> now, other);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private void sql(String text) {
        database.submit(connection -> {
                    try (Statement statement = connection.createStatement()) {
                        return statement.execute(text);
                    }
                })
                .toCompletableFuture()
                .join();
    }

    /** So many calls then, of which a human got so many. */
    private void calls(String agent, String at, int calls, int humans) {
        String prefix = agent + at;
        sql("""
                insert into call (id, node, agent, started_at, ended_at, end_reason, outcome, document)
                select '%s' || i, 'n', '%s', '%s', '%s', 'BYE', case when i <= %d then 'handed_off' else 'contained' end, '{}'
                from generate_series(1, %d) i""".formatted(prefix, agent, at, at, humans, calls));
        sql("""
                insert into handoff (id, call, state, outcome, connected_at)
                select id || '-1', id, 'connected', 'caller_hung_up', started_at from call where outcome = 'handed_off'
                on conflict do nothing""");
    }

    private void look(LoopWatch watch) {
        watch.look().toCompletableFuture().join();
    }

    private Trend.State interventions(Told told, String agent) {
        return told.read.stream()
                .filter(f -> f.agent().equals(agent) && f.trend().metric() == LoopMetric.INTERVENTION_RATE)
                .findFirst()
                .orElseThrow()
                .trend()
                .state();
    }

    @Test
    void raisesAnAlarmOnceOverAllGatewaysAndEndsItWhenItIsOver() {
        calls("bot", "2026-03-08T12:00:00Z", 100, 10);
        calls("bot", "2026-03-10T12:00:00Z", 100, 40);
        calls("good", "2026-03-08T12:00:00Z", 100, 40);
        calls("good", "2026-03-10T12:00:00Z", 100, 10);
        calls("new", "2026-03-10T12:00:00Z", 100, 100);
        look(first);
        look(second);
        assertEquals(1, one.changed.size());
        Finding alarm = one.changed.getFirst();
        assertEquals("bot", alarm.agent());
        assertEquals(LoopMetric.INTERVENTION_RATE, alarm.trend().metric());
        assertEquals(0.1, alarm.trend().before());
        assertEquals(0.4, alarm.trend().after());
        assertEquals(now, alarm.since());
        assertEquals(List.of(), other.changed);
        assertEquals(Set.copyOf(one.read), Set.copyOf(other.read));
        assertEquals(Trend.State.BETTER, interventions(other, "good"));
        assertEquals(Trend.State.TOO_FEW, interventions(other, "new"));

        // An hour later the other gateway looks; nothing is new, and since when is kept.
        now = now.plus(HOUR);
        look(second);
        look(first);
        assertEquals(List.of(), other.changed);
        assertEquals(1, one.changed.size());
        Finding still = other.read.stream().filter(Finding::alarm).findFirst().orElseThrow();
        assertEquals(alarm.since(), still.since());
        assertEquals(now, still.at());

        // A day with few interventions.
        calls("bot", "2026-03-12T12:00:00Z", 300, 0);
        now = now.plus(HOUR);
        look(second);
        assertEquals(1, other.changed.size());
        assertEquals(Trend.State.STEADY, other.changed.getFirst().trend().state());
        assertTrue(other.read.stream().noneMatch(Finding::alarm));
    }

    @Test
    void endsTheAlarmOfAnAgentThatTakesNoCallsAnyMore() {
        calls("bot", "2026-03-08T12:00:00Z", 100, 10);
        calls("bot", "2026-03-10T12:00:00Z", 100, 40);
        look(first);
        now = now.plus(Duration.ofDays(30));
        look(first);
        assertEquals(2, one.changed.size());
        assertEquals(false, one.changed.getLast().alarm());
        assertEquals(List.of(), one.read);
    }

    @Test
    void looksNoSoonerThanItIsTimeTo() {
        look(first);
        calls("bot", "2026-03-08T12:00:00Z", 100, 10);
        calls("bot", "2026-03-10T12:00:00Z", 100, 40);
        now = now.plus(HOUR).minusMillis(1);
        look(first);
        assertEquals(List.of(), one.read);
        now = now.plusMillis(1);
        look(first);
        assertEquals(3, one.read.size());
    }

    @Test
    void leavesItToTheGatewayThatIsLooking() throws Exception {
        calls("bot", "2026-03-08T12:00:00Z", 100, 10);
        calls("bot", "2026-03-10T12:00:00Z", 100, 40);
        try (Connection connection = TestPostgres.source(url).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock(" + LoopFindings.LOCK + ")");
            look(first);
            assertEquals(List.of(), one.read);
        }
        Await.until("the lock is free", () -> {
            look(first);
            return !one.read.isEmpty();
        });
    }

    @Test
    void countsLabelsByMarkAndRole() {
        sql("""
                insert into label (call, turn, mark, reviewer, role, at, version, second_lot)
                values ('c', 't1', 'edited', 'rex', 'reviewer', now(), 1, 0), ('c', 't2', 'edited', 'rex', 'reviewer', now(), 1, 0),
                  ('c', 't3', 'approved', 'sam', 'specialist', now(), 1, 0)""");
        look(first);
        assertEquals(Map.of(List.of("edited", "reviewer"), 2L, List.of("approved", "specialist"), 1L), one.labels);
    }
}
