package io.segue.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.archive.dev.OwnPostgres;
import io.segue.flow.record.ArchiveAway;
import io.segue.flow.record.CallStore;
import io.segue.flow.record.CallStore.CallRecord;
import io.segue.flow.record.LastingCalls;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivedCallsTest {
    private static final Limits LIMITS = new Limits(2, 8, 3, 50, 20, 1_000);

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private Database database() {
        Database database = TestPostgres.open(TestPostgres.freshUrl(), LIMITS);
        open.add(database);
        return database;
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static String one(Database database, String query) {
        return join(database.submit(connection -> {
            try (var rows = connection.createStatement().executeQuery(query)) {
                rows.next();
                return String.valueOf(rows.getString(1));
            }
        }));
    }

    @Test
    void keepsACallWithItsTurnsAndHandoffs() {
        Database database = database();
        Await.up(database);
        var calls = new ArchivedCalls(database, LIMITS);
        calls.keep(Calls.ended(1));
        Await.until("it is written", () -> calls.written() == 1);

        assertEquals("refunds billing handed_off bye", one(database, """
                select agent || ' ' || queue || ' ' || outcome || ' ' || end_reason from call"""));
        assertEquals("000250", one(database, "select to_char(started_at, 'US') from call"));
        assertEquals("2", one(database, "select count(*) from turn"));
        assertEquals("12.50", one(database, "select entities->>'amount' from turn where id = 't1'"));
        assertEquals(
                "13.125",
                one(database, "select extract(milliseconds from connected_at - requested_at)::float8 from handoff"));
        CallRecord found = join(calls.find(Calls.id(1))).orElseThrow();
        assertTrue(found.ended());
        assertEquals(List.of("sip-1"), found.sipCallIds());
        assertEquals("+15550123", found.document().get("from"));
        assertTrue(join(calls.find(Calls.id(2))).isEmpty());
    }

    @Test
    void findsACallByTheCallIdOfAnyOfItsLegsWhichTheStoreHasForgotten() {
        Database database = database();
        var calls = new ArchivedCalls(database, LIMITS);
        var lasting = new LastingCalls(new Remembering(), calls);
        Map<String, Object> later = new HashMap<>(Calls.ended(2).document());
        later.put("answeredAt", new BigDecimal(Calls.STARTED_MS + 1_000));
        later.put("legs", List.of(Map.of("sipCallId", "a\"\0@host"), Map.of("sipCallId", "sip-1")));
        Await.up(database);
        calls.keep(Calls.ended(1));
        calls.keep(new CallRecord(Calls.id(2), "node-a", 0, 7, List.of("a\"\0@host", "sip-1"), true, later));
        Await.until("they are written", () -> calls.written() == 2);
        assertEquals(Calls.id(2), bySipCallId(lasting, "sip-1"), "the newest");
        assertEquals(Calls.id(2), bySipCallId(lasting, "a\"\0@host"));
        for (String none : List.of("sip-2", "", "sip", "%", "\uD800", "'\"}]")) {
            assertEquals("none", bySipCallId(lasting, none));
        }
    }

    private static String bySipCallId(LastingCalls calls, String sipCallId) {
        return join(calls.findBySipCallId(sipCallId)).map(CallRecord::callId).orElse("none");
    }

    @Test
    void tellsWhoeverWaitsThatEverythingIsWritten() {
        Database database = database();
        Await.up(database);
        var calls = new ArchivedCalls(database, LIMITS);
        assertTrue(calls.idle().isDone(), "nothing waits yet");
        calls.keep(Calls.ended(1));
        calls.keep(Calls.ended(2));
        calls.idle().join();
        assertEquals(0, calls.waiting());
        assertEquals(2, calls.written());
    }

    @Test
    void knowsTheNewestCallOfAnAgentThatTheStoreHasForgotten() {
        Database database = database();
        Await.up(database);
        var calls = new ArchivedCalls(database, LIMITS);
        calls.keep(Calls.ended(1));
        calls.keep(Calls.ended(2));
        Await.until("they are written", () -> calls.written() == 2);
        Map<String, Long> last = join(new LastingCalls(new Remembering(), calls).lastCalls(List.of("refunds", "x")));
        assertEquals(java.util.Set.of("refunds"), last.keySet());
        assertEquals(
                one(database, "select floor(extract(epoch from max(started_at)) * 1000)::bigint from call"),
                "" + last.get("refunds"));
    }

    @Test
    void writesACallTwiceAsOne() {
        Database database = database();
        Await.up(database);
        var calls = new ArchivedCalls(database, LIMITS);
        calls.keep(Calls.ended(1));
        Await.until("it is written", () -> calls.written() == 1);
        calls.keep(Calls.ended(1));
        Await.until("it is written again", () -> calls.written() == 2);
        assertEquals("1", one(database, "select count(*) from call"));
        assertEquals("2", one(database, "select count(*) from turn"));
    }

    @Test
    void keepsTextAsTextWhateverItHolds() {
        Database database = database();
        Await.up(database);
        var calls = new ArchivedCalls(database, LIMITS);
        String nasty = "a\0b\uD800c'); drop table call; -- <script> \uD83D\uDE00";
        calls.keep(Calls.ended(1, List.of(Calls.turn("t", "caller", nasty), Calls.turn("t", "caller", "again"))));
        Await.until("it is written", () -> calls.written() == 1);
        assertEquals(
                "a\uFFFDb\uFFFDc'); drop table call; -- <script> \uD83D\uDE00",
                one(database, "select text from turn where ordinal = 0"));
        assertEquals("again", one(database, "select text from turn where id = 't#1'"));
    }

    @Test
    void aCallThatPostgresqlRefusesHarmsNoOther() {
        Database database = database();
        Await.up(database);
        var calls = new ArchivedCalls(database, LIMITS);
        var blocked = new CountDownLatch(1);
        for (int i = 0; i < LIMITS.threads(); i++) {
            var unused = database.submit(connection -> {
                awaited(blocked);
                return 0;
            });
        }
        CallRecord good = Calls.ended(2);
        CallRecord bad = new CallRecord(Calls.id(1), "node-a", 0, 1, List.of(), true, Map.of("id", Calls.id(1)));
        calls.keep(good);
        calls.keep(bad);
        calls.keep(Calls.ended(3));
        blocked.countDown();
        Await.until("both good ones are written", () -> calls.written() == 2 && calls.refused() == 1);
        assertEquals("2", one(database, "select count(*) from call"));
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void takesAsMuchWorkAsTheLimitAndRefusesOneMore() {
        Database database = database();
        Await.up(database);
        var blocked = new CountDownLatch(1);
        List<CompletionStage<Integer>> taken = new ArrayList<>();
        for (int i = 0; i < LIMITS.threads() + LIMITS.waitingMax(); i++) {
            taken.add(database.submit(connection -> {
                awaited(blocked);
                return 1;
            }));
        }
        CompletionException full =
                assertThrows(CompletionException.class, () -> join(database.submit(connection -> 1)));
        assertInstanceOf(ArchiveAway.class, full.getCause());
        blocked.countDown();
        assertEquals(
                taken.size(), taken.stream().mapToInt(ArchivedCallsTest::join).sum());
    }

    @Test
    void aRefusalIsNoOutage() {
        Database database = database();
        Await.up(database);
        CompletionException refused = assertThrows(
                CompletionException.class,
                () -> join(database.submit(
                        connection -> connection.createStatement().execute("select nothing"))));
        assertInstanceOf(SQLException.class, refused.getCause());
        assertEquals(Database.State.UP, database.state());
    }

    @Test
    void saysThatNoneIsConfigured() {
        Database database = Database.off();
        open.add(database);
        CompletionException off = assertThrows(CompletionException.class, () -> join(database.submit(connection -> 1)));
        assertTrue(off.getCause().getMessage().contains("QUARKUS_DATASOURCE_JDBC_URL"));
        var calls = new ArchivedCalls(database, LIMITS);
        calls.keep(Calls.ended(1));
        assertEquals(0, calls.waiting());
    }

    @Test
    void callsWaitWhilePostgresqlIsAwayAndThoseWithoutRoomAreFoundAgain(@TempDir Path directory) {
        OwnPostgres first = OwnPostgres.start(OwnPostgres.freePort(), directory.resolve("data"), false);
        open.add(first);
        Database database = TestPostgres.open(first.url(), LIMITS);
        open.add(database);
        Await.up(database);
        var calls = new ArchivedCalls(database, LIMITS);
        var store = new Remembering();
        var unused = new Reconciler(database, calls, store, LastingCalls::lasting, LIMITS);
        var lasting = new LastingCalls(store, calls);
        lasting.save(Calls.ended(1));
        Await.until("the first is written", () -> calls.written() == 1);

        first.close();
        Await.until("it is seen to be away", () -> database.state() == Database.State.AWAY);
        for (int i = 2; i <= 1 + LIMITS.callsWaitingMax() + 1; i++) {
            lasting.save(Calls.ended(i));
        }
        assertEquals(LIMITS.callsWaitingMax(), calls.waiting());
        assertEquals(1, calls.left());
        assertTrue(join(lasting.find(Calls.id(2))).isPresent(), "what waits is found");
        assertEquals(Calls.id(2), bySipCallId(lasting, "sip-2"));
        assertTrue(join(lasting.find(Calls.id(99))).isEmpty(), "and what nobody has is not");

        OwnPostgres again = OwnPostgres.start(first.port(), directory.resolve("data"), false);
        open.add(again);
        Await.until("all are there", () -> calls.written() == 1 + LIMITS.callsWaitingMax() + 1);
        store.records.clear();
        for (int i = 1; i <= 1 + LIMITS.callsWaitingMax() + 1; i++) {
            assertTrue(join(lasting.find(Calls.id(i))).isPresent(), "call " + i);
        }
    }

    /** The store of live calls as far as it matters here. */
    private static final class Remembering implements CallStore {
        private final Map<String, CallRecord> records = new ConcurrentHashMap<>();

        @Override
        public void save(CallRecord record) {
            records.put(record.callId(), record);
        }

        @Override
        public CompletionStage<Optional<CallRecord>> find(String callId) {
            return CompletableFuture.completedStage(Optional.ofNullable(records.get(callId)));
        }

        @Override
        public CompletionStage<Optional<CallRecord>> findBySipCallId(String sipCallId) {
            return CompletableFuture.completedStage(Optional.empty());
        }

        @Override
        public CompletionStage<List<CallRecord>> list(int atMost) {
            return CompletableFuture.completedStage(List.copyOf(records.values()));
        }

        @Override
        public CompletionStage<List<String>> ids(int atMost) {
            return CompletableFuture.completedStage(List.copyOf(records.keySet()));
        }

        @Override
        public CompletionStage<Map<String, Long>> lastCalls(java.util.Collection<String> agents) {
            return CompletableFuture.completedStage(Map.of());
        }
    }
}
