package io.segue.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.segue.flow.record.ArchiveAway;
import io.segue.insight.By;
import io.segue.insight.CallLine;
import io.segue.insight.Mean;
import io.segue.insight.Query;
import io.segue.insight.Row;
import io.segue.insight.Share;
import io.segue.insight.Spread;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each figure against rows that were reckoned by hand. */
class InsightRowsTest {
    private static final Limits LIMITS = new Limits(2, 8, 100, 50, 20, 1_000);
    private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-04-01T00:00:00Z");

    private Database database;

    @BeforeEach
    void openDatabase() {
        database = TestPostgres.open(TestPostgres.freshUrl(), LIMITS);
        Await.up(database);
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

    private void call(String id, String at, int seconds, @Nullable String queue, String end, String outcome) {
        call(id, "bot", 1, "current", at, seconds, queue, end, outcome, "{}");
    }

    private void call(
            String id,
            String agent,
            int version,
            String policy,
            String at,
            int seconds,
            @Nullable String queue,
            String end,
            String outcome,
            String document) {
        sql("""
                insert into call (id, node, agent, agent_version, policy, queue, started_at, ended_at, end_reason, outcome, document)
                values ('%s', 'n', '%s', %d, '%s', %s, '%s'::timestamptz, '%s'::timestamptz + interval '%d s', '%s', '%s', '%s')""".formatted(id, agent, version, policy, text(queue), at, at, seconds, end, outcome, document));
    }

    private static String text(@Nullable String value) {
        return value == null ? "null" : "'" + value + "'";
    }

    private void turn(
            String call,
            int ordinal,
            String speaker,
            @Nullable String intent,
            @Nullable Double confidence,
            @Nullable Double sentiment) {
        sql(
                "insert into turn (call, ordinal, id, speaker, text, intent, confidence, sentiment) values ('%s', %d, 't%d', '%s', 'x', %s, %s, %s)"
                        .formatted(call, ordinal, ordinal, speaker, text(intent), confidence, sentiment));
    }

    /** A human got the caller at {@code from} seconds of the call and had them until {@code to}. */
    private void connected(
            String call,
            String queue,
            String outcome,
            int from,
            int to,
            double ms,
            double answerMs,
            @Nullable Double dead) {
        sql("""
                insert into handoff (id, call, queue, state, outcome, requested_at, connected_at, ended_at, handoff_ms, answer_to_caller_ms, dead_air_ms)
                select '%s-1', id, '%s', 'connected', '%s', started_at, started_at + interval '%d s', started_at + interval '%d s', %s, %s, %s
                from call where id = '%s'""".formatted(call, queue, outcome, from, to, ms, answerMs, dead, call));
    }

    private void label(String call, int turn, String mark, @Nullable String slice, boolean second) {
        sql(
                "insert into label (call, turn, second, mark, reviewer, role, at, version, slice, second_lot) values ('%s', 't%d', %s, '%s', 'rex', 'reviewer', now(), 1, %s, 0.5)"
                        .formatted(call, turn, second, mark, text(slice)));
    }

    private List<Row> rows(Query query, String... listed) {
        return new InsightRows(database, List.of(listed), 10)
                .rows(query, 100)
                .toCompletableFuture()
                .join();
    }

    private static Query by(By... groups) {
        return new Query(null, null, null, null, null, List.of(groups), FROM, TO, FROM, TO);
    }

    private Row total(String... listed) {
        return rows(by(), listed).getFirst();
    }

    private static void close(Spread expected, Spread actual) {
        assertEquals(expected.n(), actual.n());
        assertEquals(expected.p50(), actual.p50(), 1e-9);
        assertEquals(expected.p95(), actual.p95(), 1e-9);
        assertEquals(expected.p99(), actual.p99(), 1e-9);
    }

    private static void close(double value, long n, Mean actual) {
        assertEquals(n, actual.n());
        assertEquals(value, actual.value(), 1e-9);
    }

    /** Six calls in two weeks: one with the agent alone, four that a human got, one that nobody took. */
    private void sixCalls() {
        call("c1", "2026-03-02T10:00:00Z", 60, null, "BYE 200 []", "contained");
        call("c2", "2026-03-02T11:00:00Z", 600, "billing", "BYE 200 []", "handed_off");
        connected("c2", "billing", "caller_hung_up", 100, 600, 20, 10, 4.0);
        call(
                "c3",
                "bot",
                1,
                "current",
                "2026-03-03T10:00:00Z",
                120,
                "billing",
                "LegGone",
                "handed_off",
                ended("c3", "BYE 200 []"));
        connected("c3", "billing", "human_hung_up", 20, 120, 40, 30, 8.0);
        call(
                "c4",
                "bot",
                2,
                "canary",
                "2026-03-03T11:00:00Z",
                180,
                "billing",
                "LegGone",
                "handed_off",
                ended("c4", "DIALOG_LOST 481 []"));
        connected("c4", "billing", "human_hung_up", 20, 180, 60, 60, 40.0);
        call("c5", "2026-03-09T10:00:00Z", 30, "disputes", "BYE 200 []", "unanswered");
        sql(
                "insert into handoff (id, call, queue, state, outcome) values ('c5-1', 'c5', 'disputes', 'failed', 'no_human')");
        call("c6", "2026-03-09T11:00:00Z", 90, "billing", "DIALOG_LOST 408 []", "handed_off");
        connected("c6", "billing", "caller_hung_up", 60, 90, 80, 100, null);
        // Not over, and out of the time.
        sql(
                "insert into call (id, node, agent, started_at, document) values ('live', 'n', 'bot', '2026-03-02T10:00:00Z', '{}')");
        call("late", "2026-04-01T00:00:00Z", 60, null, "BYE 200 []", "contained");
    }

    private static String ended(String call, String evidence) {
        return "{\"handoffs\":[{\"id\":\"%s-1\",\"attempts\":[{\"leg\":\"a\",\"why\":\"human_busy\",\"evidence\":\"486\"},{\"leg\":\"b\",\"why\":\"human_hung_up\",\"evidence\":\"%s\"}]}]}"
                .formatted(call, evidence);
    }

    @Test
    void reckonsHandoffsTheirTimesAndWhetherTheyLasted() {
        sixCalls();
        Row all = total();
        assertEquals(6, all.calls());
        assertEquals(new Share(5, 6), all.handoffRate());
        assertEquals(new Share(4, 5), all.reached());
        // 20, 40, 60, 80: the 95th percentile is 0.85 of the way from the third to the fourth.
        close(new Spread(50.0, 77.0, 79.4, 4), all.handoffMs());
        // 10, 10, 0, and 0 for the human who had answered before the trigger.
        close(new Spread(5.0, 10.0, 10.0, 4), all.waitMs());
        // 4, 8, 40.
        close(new Spread(8.0, 36.8, 39.36, 3), all.deadAirMs());
        // 60, 90, 120, 180, 600; the one whom nobody answered is not resolved.
        close(new Spread(120.0, 516.0, 583.2, 5), all.resolutionSeconds());
        // Of c2 (500 s), c3 (a BYE), c4 (the human's leg lost), c6 (the caller's leg lost).
        assertEquals(new Share(2, 4), all.survival());
        assertEquals(new Share(1, 4), all.lasted());
    }

    @Test
    void countsFiveMinutesToTheSecondAndACallerGivenBackAsSurvived() {
        call("c1", "2026-03-02T10:00:00Z", 900, "q", "fault", "handed_off");
        connected("c1", "q", "shutdown", 100, 400, 1, 1, 1.0);
        call("c2", "2026-03-02T10:00:00Z", 900, "q", "fault", "handed_off");
        connected("c2", "q", "shutdown", 100, 399, 1, 1, 1.0);
        call("c3", "2026-03-02T10:00:00Z", 900, "q", "fault", "handed_off");
        connected("c3", "q", "returned", 100, 150, 1, 1, 1.0);
        sql("update handoff set state = 'returned', ended_at = null where call = 'c3'");
        assertEquals(new Share(2, 3), total().survival());
        assertEquals(new Share(1, 3), total().lasted());
    }

    @Test
    void countsACallAsIntervenedInWhenAPersonDidSomething() {
        sixCalls();
        assertEquals(new Share(4, 6), total().interventionRate());
        sql("""
                insert into signoff (id, kind, call, node, agent, subject, state, asked_at, deadline_at, document)
                values ('s1', 'signoff', 'c1', 'n', 'bot', 'a', 'approved', now(), now(), '{}')""");
        audit(1, "c5", "{\"mode\":\"listen\",\"note\":\"\\\"mode\\\":\\\"barge\\\"\"}");
        assertEquals(new Share(4, 6), total().interventionRate());
        sql("update signoff set state = 'edited'");
        assertEquals(new Share(5, 6), total().interventionRate());
        audit(2, "c5", "{\"mode\": \"whisper\"}");
        assertEquals(new Share(6, 6), total().interventionRate());
    }

    private void audit(int seq, String call, String body) {
        sql(
                "insert into audit (node, seq, previous, hash, at, kind, call, actor, role, body) values ('n', %d, '', '', now(), 'supervision.began', '%s', 'sue', 'supervisor', '%s')"
                        .formatted(seq, call, body));
    }

    @Test
    void groupsByWhatIsAskedForAndFiltersByTheRest() {
        sixCalls();
        call("o1", "other", 1, "current", "2026-03-02T10:00:00Z", 60, null, "BYE", "contained", "{}");
        assertEquals(List.of("bot", "other"), keys(rows(by(By.AGENT)), By.AGENT));
        List<Row> weeks = rows(by(By.AGENT, By.WEEK));
        assertEquals(List.of("2026-03-02", "2026-03-09", "2026-03-02"), keys(weeks, By.WEEK));
        assertEquals(List.of(4L, 2L, 1L), weeks.stream().map(Row::calls).toList());
        List<Row> days = rows(by(By.DAY));
        assertEquals(List.of("2026-03-02", "2026-03-03", "2026-03-09"), keys(days, By.DAY));
        assertEquals(List.of(3L, 2L, 2L), days.stream().map(Row::calls).toList());
        assertEquals(List.of("1", "2", "1"), keys(rows(by(By.AGENT, By.VERSION)), By.VERSION));
        assertEquals(List.of("canary", "current"), keys(rows(by(By.POLICY)), By.POLICY));
        assertEquals(
                1,
                rows(new Query("bot", 2, "canary", null, null, List.of(), FROM, TO, FROM, TO))
                        .getFirst()
                        .calls());
        assertEquals(
                0,
                rows(new Query("nobody", null, null, null, null, List.of(), FROM, TO, FROM, TO)).stream()
                        .mapToLong(Row::calls)
                        .sum());
    }

    private static List<String> keys(List<Row> rows, By by) {
        return Arrays.asList(rows.stream().map(row -> row.key().get(by)).toArray(String[]::new));
    }

    @Test
    void givesEachQueueItsShareOfAllCallsAndItsOwnHandoffs() {
        sixCalls();
        // The caller was with billing first; the call ended with disputes.
        sql("update call set queue = 'disputes' where id = 'c2'");
        List<Row> queues = rows(by(By.QUEUE));
        assertEquals(Arrays.asList("billing", "disputes", null), keys(queues, By.QUEUE));
        assertEquals(new Share(3, 6), queues.get(0).handoffRate());
        assertEquals(new Share(4, 4), queues.get(0).reached());
        assertEquals(new Share(2, 6), queues.get(1).handoffRate());
        assertEquals(new Share(0, 1), queues.get(1).reached());
        assertNull(queues.get(1).survival().value());
        assertEquals(new Share(0, 6), queues.get(2).handoffRate());
        Row one = rows(new Query(null, null, null, null, "disputes", List.of(), FROM, TO, FROM, TO))
                .getFirst();
        assertEquals(new Share(2, 6), one.handoffRate());
        assertEquals(new Share(0, 1), one.reached());
    }

    @Test
    void comparesTheMoodOfTheFirstThirdWithThatOfTheLast() {
        call("c1", "2026-03-02T10:00:00Z", 60, null, "BYE", "contained");
        moods("c1", -0.5, 0, 0.5);
        call("c2", "2026-03-02T10:00:00Z", 60, null, "BYE", "contained");
        // Seven turns: thirds of two.
        moods("c2", -1, -0.5, 0, 0, 0, 0.5, 0.7);
        call("c3", "2026-03-02T10:00:00Z", 60, null, "BYE", "contained");
        moods("c3", -1, 1);
        close((1.0 + 1.35) / 2, 2, total().sentimentShift());
    }

    private void moods(String call, double... moods) {
        for (int i = 0; i < moods.length; i++) {
            turn(call, 2 * i, "caller", null, null, moods[i]);
            turn(call, 2 * i + 1, "agent", null, null, -1.0);
        }
    }

    @Test
    void takesTheRarestIntentsUpToATenthOfTheTurnsAndThoseListedAsEdgeCases() {
        call("c1", "2026-03-02T10:00:00Z", 60, null, "BYE", "contained");
        for (int i = 0; i < 18; i++) {
            turn("c1", i, "caller", "common", 0.9, null);
        }
        turn("c1", 18, "caller", "rare_a", 0.5, null);
        turn("c1", 19, "caller", "rare_b", 0.3, null);
        turn("c1", 20, "caller", null, 0.1, null);
        close(0.4, 2, total().edgeConfidence());
        close((18 * 0.9 + 0.5 + 0.3 + 0.1) / 21, 21, total().confidence());
        close((18 * 0.9 + 0.8) / 20, 20, total("common").edgeConfidence());
        // One turn more, and rare_b goes past the tenth.
        turn("c1", 21, "caller", "rare_b", 0.3, null);
        close(0.5, 1, total().edgeConfidence());
    }

    @Test
    void countsLabelsOfTheFirstReviewerAndThoseDrawnByLotApart() {
        call("c1", "2026-03-02T10:00:00Z", 60, null, "BYE", "contained");
        for (int i = 0; i < 6; i++) {
            turn("c1", i, "agent", null, null, null);
        }
        label("c1", 0, "approved", "random", false);
        label("c1", 1, "edited", "random", false);
        label("c1", 2, "edited", "risk", false);
        label("c1", 3, "edited", null, false);
        label("c1", 4, "rejected", null, false);
        label("c1", 0, "edited", "second", true);
        Row all = total();
        assertEquals(new Share(3, 5), all.editRate());
        assertEquals(new Share(1, 2), all.randomEditRate());
        assertEquals(new Share(1, 5), all.rejectRate());
    }

    @Test
    void countsACallUnderEachOfItsIntentsAndATurnUnderItsOwn() {
        call("c1", "2026-03-02T10:00:00Z", 60, null, "BYE", "contained");
        turn("c1", 0, "caller", "refund", 0.8, null);
        turn("c1", 1, "agent", null, null, null);
        turn("c1", 2, "caller", "close", 0.6, null);
        turn("c1", 3, "agent", null, null, null);
        label("c1", 1, "edited", null, false);
        label("c1", 3, "approved", null, false);
        call("c2", "2026-03-02T10:00:00Z", 60, null, "BYE", "contained");
        turn("c2", 0, "caller", "refund", 0.4, null);
        List<Row> rows = rows(by(By.INTENT));
        assertEquals(List.of("close", "refund"), keys(rows, By.INTENT));
        assertEquals(List.of(1L, 2L), rows.stream().map(Row::calls).toList());
        assertEquals(new Share(0, 1), rows.get(0).editRate());
        assertEquals(new Share(1, 1), rows.get(1).editRate());
        close(0.6, 2, rows.get(1).confidence());
        Row refund = rows(new Query(null, null, null, "refund", null, List.of(), FROM, TO, FROM, TO))
                .getFirst();
        assertEquals(2, refund.calls());
        assertEquals(new Share(1, 1), refund.editRate());
        close(0.6, 2, refund.confidence());
        assertEquals(
                "refund",
                rows(new Query(null, null, null, "refund", null, List.of(By.INTENT), FROM, TO, FROM, TO))
                        .getFirst()
                        .key()
                        .get(By.INTENT));
    }

    @Test
    void saysNothingOfNothing() {
        List<Row> rows = rows(by());
        for (Row row : rows) {
            assertEquals(0, row.calls());
            assertNull(row.handoffMs().p50());
            assertNull(row.sentimentShift().value());
        }
        assertEquals(List.of(), rows(by(By.DAY)));
    }

    @Test
    void takesWhatIsAskedForAsTextAndNothingElse() {
        sixCalls();
        String evil = "x' or true --\r\n<script>";
        assertEquals(
                0,
                rows(new Query(evil, null, evil, evil, evil, List.of(By.AGENT, By.INTENT), FROM, TO, FROM, TO), evil)
                        .size());
    }

    @Test
    void saysThatThereIsNoArchive() {
        try (Database off = Database.off()) {
            CompletionException error = assertThrows(CompletionException.class, () -> new InsightRows(off, List.of(), 1)
                    .rows(by(), 1)
                    .toCompletableFuture()
                    .join());
            assertInstanceOf(ArchiveAway.class, error.getCause());
        }
    }

    @Test
    void findsTheCallsBehindAFigureLatestFirst() {
        sixCalls();
        InsightRows rows = new InsightRows(database, List.of(), 10);
        List<CallLine> all = rows.calls(by(By.DAY), 100).toCompletableFuture().join();
        assertEquals(6, all.size());
        assertEquals(
                all.stream()
                        .sorted(Comparator.comparing(CallLine::answeredAt).reversed())
                        .toList(),
                all);
        assertEquals(
                all.subList(0, 2), rows.calls(by(), 2).toCompletableFuture().join());
        long calls = rows(new Query("bot", null, null, null, "billing", List.of(), FROM, TO, FROM, TO))
                .getFirst()
                .calls();
        assertEquals(
                calls,
                rows.calls(new Query("bot", null, null, null, "billing", List.of(), FROM, TO, FROM, TO), 100)
                        .toCompletableFuture()
                        .join()
                        .size());
    }
}
