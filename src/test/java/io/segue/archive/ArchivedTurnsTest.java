package io.segue.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.segue.flow.record.ArchiveAway;
import io.segue.flow.record.CallStore.CallRecord;
import io.segue.flow.review.PastCalls.Page;
import io.segue.flow.review.PastCalls.Place;
import io.segue.flow.review.PastCalls.Query;
import io.segue.policy.Shadow.PastCall;
import io.segue.turn.Speaker;
import io.segue.turn.Turn;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArchivedTurnsTest {
    private static final Limits LIMITS = new Limits(2, 8, 100, 50, 20, 1_000);
    private static final Query ALL = new Query("refunds", null, null);

    private Database database;
    private ArchivedTurns turns;

    @BeforeEach
    void openDatabase() {
        database = TestPostgres.open(TestPostgres.freshUrl(), LIMITS);
        Await.up(database);
        turns = new ArchivedTurns(database);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private void keep(CallRecord... records) {
        var calls = new ArchivedCalls(database, LIMITS);
        for (CallRecord record : records) {
            calls.keep(record);
        }
        Await.until("they are written", () -> calls.written() == records.length);
    }

    private Page page(Query query, @Nullable Place after, int sizeMax) {
        return turns.page(query, after, sizeMax).toCompletableFuture().join();
    }

    /** A call that began so many seconds later. */
    private static CallRecord later(int n, int seconds, Map<String, Object> more) {
        CallRecord record = Calls.ended(n);
        Map<String, Object> document = new HashMap<>(record.document());
        document.put("answeredAt", BigDecimal.valueOf(Calls.STARTED_MS + 1000L * seconds));
        document.putAll(more);
        return new CallRecord(record.callId(), "node-a", 0, 7, List.of(), true, document);
    }

    @Test
    void readsACallWithItsTurnsAndWhenTheHumanHadTheCaller() {
        keep(Calls.ended(
                1,
                List.of(
                        Map.of("id", "t1", "speaker", "agent", "text", "hello"),
                        Map.of(
                                "id",
                                "t0",
                                "speaker",
                                "caller",
                                "text",
                                "money back",
                                "intent",
                                "refund",
                                "confidence",
                                0.71,
                                "sentiment",
                                -0.5,
                                "language",
                                "en",
                                "entities",
                                Map.of("amount", 12.5),
                                "startMs",
                                100,
                                "endMs",
                                900))));
        PastCall call = page(ALL, null, 10).calls().getFirst();
        assertEquals(Calls.id(1), call.id());
        assertEquals(Instant.ofEpochMilli(Calls.STARTED_MS).plusNanos(250_000), call.answered());
        // T4, some 13 s after the beginning, by the document of the test.
        assertEquals(10_013, call.agentMs());
        assertEquals(
                List.of(
                        new Turn("t1", Speaker.AGENT, "hello", null, null, null, null, Map.of(), 0, 0, false),
                        new Turn(
                                "t0",
                                Speaker.CALLER,
                                "money back",
                                "refund",
                                0.71,
                                -0.5,
                                "en",
                                Map.of("amount", 12.5),
                                100,
                                900,
                                false)),
                call.turns());
        keep(later(2, 1, Map.of("handoffs", List.of())));
        assertNull(page(ALL, null, 10).calls().getFirst().agentMs());
    }

    @Test
    void goesThroughTheCallsLatestFirstWithoutMissingOrRepeatingOne() {
        // Three begin at the same moment, over a border between pages.
        keep(
                later(1, 5, Map.of()),
                later(2, 1, Map.of()),
                later(3, 3, Map.of()),
                later(4, 3, Map.of()),
                later(5, 3, Map.of()),
                later(6, 4, Map.of("agent", "other")));
        List<String> seen = new ArrayList<>();
        Place next = null;
        do {
            Page page = page(ALL, next, 2);
            page.calls().forEach(call -> seen.add(call.id()));
            next = page.next();
        } while (next != null);
        assertEquals(List.of(Calls.id(1), Calls.id(5), Calls.id(4), Calls.id(3), Calls.id(2)), seen);
    }

    @Test
    void takesTheBeginningOfATimeAndNotItsEnd() {
        keep(later(1, 1, Map.of()), later(2, 2, Map.of()), later(3, 3, Map.of()));
        Instant start = Instant.ofEpochMilli(Calls.STARTED_MS);
        Page page = page(new Query("refunds", start.plusSeconds(1), start.plusSeconds(3)), null, 10);
        assertEquals(
                List.of(Calls.id(2), Calls.id(1)),
                page.calls().stream().map(PastCall::id).toList());
        assertEquals(
                3,
                page(new Query("refunds", Instant.MIN, Instant.MAX), null, 10)
                        .calls()
                        .size());
    }

    @Test
    void saysThatThereIsNoArchive() {
        try (Database off = Database.off()) {
            CompletionException error = assertThrows(CompletionException.class, () -> new ArchivedTurns(off)
                    .page(ALL, null, 1)
                    .toCompletableFuture()
                    .join());
            assertInstanceOf(ArchiveAway.class, error.getCause());
        }
    }
}
