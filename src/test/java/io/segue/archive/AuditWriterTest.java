package io.segue.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.archive.dev.OwnPostgres;
import io.segue.audit.Actor;
import io.segue.audit.Entry;
import io.segue.audit.Finding;
import io.segue.audit.Link;
import io.segue.audit.SignedHead;
import io.segue.audit.Verifier;
import io.segue.audit.Written;
import io.segue.flow.record.ArchiveAway;
import io.segue.flow.record.AuditReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditWriterTest {
    private static final Limits LIMITS = new Limits(2, 100, 3, 50, 20, 1_000);
    private static final AuditLimits AUDIT = new AuditLimits(50, 1 << 20, 5_000, 10, 400, 1_000_000, 100);
    private static final HeadKey KEY = HeadKey.of("a key of 32 characters or more !".getBytes());

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private Database database(String url) {
        Database database = TestPostgres.open(url, LIMITS);
        open.add(database);
        Await.up(database);
        return database;
    }

    private AuditWriter writer(Database database, String node) {
        return writer(database, node, AUDIT, List.of());
    }

    private AuditWriter writer(
            Database database, String node, AuditLimits limits, List<Consumer<List<Link>>> listeners) {
        var writer = new AuditWriter(database, node, InstantSource.system(), limits, listeners);
        open.add(writer);
        return writer;
    }

    private AuditHeads heads(Database database, AuditWriter writer, String node, Consumer<List<SignedHead>> listener) {
        return new AuditHeads(database, writer, node, KEY, InstantSource.system(), AUDIT, listener);
    }

    private static Entry entry(int n) {
        return new Entry("thing.done", n % 2 == 0 ? null : Calls.id(n), Actor.GATEWAY, Map.of("n", n));
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static Verifier.Report verify(Database database) {
        return join(database.submit(connection -> {
            var verifier = new Verifier(HeadKey::isGenuine, 100);
            AuditRows.heads(connection, verifier::head);
            AuditRows.links(
                    connection,
                    AuditHeads.KIND,
                    link -> AuditHeads.mentioned(
                            link.body(), (node, seq, hash) -> verifier.mentioned(node, seq, hash, link.node())));
            AuditRows.links(connection, null, verifier::link);
            return verifier.finish(null);
        }));
    }

    /** As somebody who owns the database and hides it. */
    private static void tamper(Database database, String sql) {
        join(database.submit(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set session_replication_role = replica");
                statement.execute(sql);
                statement.execute("set session_replication_role = origin");
                return 0;
            }
        }));
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
    void numbersWithoutGapsAndGoesOnAfterARestart() {
        Database database = database(TestPostgres.freshUrl());
        AuditWriter first = writer(database, "a");
        assertEquals(1, join(first.append(entry(1))).seq());
        assertEquals(2, join(first.append(entry(2))).seq());
        first.close();
        AuditWriter second = writer(database, "a");
        Written third = join(second.append(entry(3)));
        assertEquals(3, third.seq());
        assertEquals(64, third.hash().length());
        join(heads(database, second, "a"));
        assertTrue(verify(database).isWhole(), () -> verify(database).findings().toString());
    }

    private CompletableFuture<List<SignedHead>> heads(Database database, AuditWriter writer, String node) {
        var signed = new CompletableFuture<List<SignedHead>>();
        heads(database, writer, node, signed::complete).sign();
        return signed;
    }

    @Test
    void committedIsReadableWhenItIsDone() {
        Database database = database(TestPostgres.freshUrl());
        AuditWriter writer = writer(database, "a");
        for (int i = 1; i <= 20; i++) {
            join(writer.append(entry(i)));
            assertEquals("" + i, one(database, "select max(seq) from audit"));
        }
    }

    @Test
    void manyAtOnceAreOneChain() {
        Database database = database(TestPostgres.freshUrl());
        AuditWriter writer = writer(database, "a");
        List<CompletionStage<Written>> all = IntStream.range(0, 40)
                .parallel()
                .mapToObj(n -> writer.append(entry(n)))
                .toList();
        assertEquals(
                40,
                all.stream()
                        .map(AuditWriterTest::join)
                        .map(Written::seq)
                        .distinct()
                        .count());
        join(heads(database, writer, "a"));
        assertTrue(verify(database).isWhole());
    }

    @Test
    void twoProcessesOfOneNameDoNotForkTheChain() {
        String url = TestPostgres.freshUrl();
        Database database = database(url);
        AuditWriter one = writer(database, "a");
        AuditWriter other = writer(database(url), "a");
        for (int i = 0; i < 10; i++) {
            join(one.append(entry(i)));
            join(other.append(entry(i)));
        }
        assertTrue(one.contended() + other.contended() > 0, "and it is said");
        join(heads(database, one, "a"));
        assertTrue(verify(database).isWhole(), () -> verify(database).findings().toString());
        assertEquals("20", one(database, "select count(*) from audit where kind = 'thing.done'"));
    }

    @Test
    void whatIsDoneByHandIsFound() {
        Database database = database(TestPostgres.freshUrl());
        AuditWriter a = writer(database, "a");
        AuditWriter b = writer(database, "b");
        for (int i = 0; i < 10; i++) {
            join(a.append(entry(i)));
            join(b.append(entry(i)));
        }
        join(heads(database, a, "a"));
        join(heads(database, b, "b"));
        Await.until("the heads stand in the chains", () -> a.written() == 11 && b.written() == 11);
        assertTrue(verify(database).isWhole(), () -> verify(database).findings().toString());

        CompletionException stays = assertThrows(
                CompletionException.class,
                () -> join(database.submit(c -> c.createStatement().execute("update audit set body = '{}'"))));
        assertTrue(stays.getCause().getMessage().contains("only appended to"));

        tamper(database, "update audit set body = '{\"n\":99}' where node = 'a' and seq = 4");
        assertEquals(List.of(new Finding.Changed("a", 4)), verify(database).findings());
        tamper(database, "update audit set body = '{\"n\":3}' where node = 'a' and seq = 4");
        assertTrue(verify(database).isWhole());

        tamper(database, "delete from audit where node = 'a' and seq > 7");
        assertInstanceOf(Finding.CutTail.class, verify(database).findings().getFirst());
        tamper(database, "delete from audit where node = 'a'");
        tamper(database, "delete from audit_head where node = 'a'");
        assertInstanceOf(Finding.MissingNode.class, verify(database).findings().getFirst());
        tamper(database, "update audit_head set seq = seq + 1 where node = 'b' and signer = 'a'");
        assertTrue(verify(database).findings().stream().anyMatch(Finding.Forged.class::isInstance));
    }

    @Test
    void whatIsRecordedWhilePostgresqlIsAwayIsWrittenOnceItIsBackAndWhatHasToBeWrittenFirstFailsInTime(
            @TempDir Path directory) {
        OwnPostgres first = OwnPostgres.start(OwnPostgres.freePort(), directory.resolve("data"), false);
        open.add(first);
        Database database = database(first.url());
        var limits = new AuditLimits(5, 1 << 20, 300, 10, 400, 1_000_000, 100);
        AuditWriter writer = writer(database, "a", limits, List.of());
        join(writer.append(entry(1)));
        first.close();

        long begun = System.nanoTime();
        CompletionException late = assertThrows(CompletionException.class, () -> join(writer.append(entry(2))));
        assertInstanceOf(ArchiveAway.class, late.getCause());
        assertTrue(System.nanoTime() - begun < 5_000_000_000L, "it is told in time");
        Await.until("it is seen to be away", () -> database.state() == Database.State.AWAY);
        writer.record(entry(3));
        Await.until("the writer has it in its hand", () -> writer.waiting() == 0);
        for (int i = 0; i < limits.waitingMax() + 2; i++) {
            writer.record(entry(4 + i));
        }
        assertEquals(2, writer.lost());

        OwnPostgres again = OwnPostgres.start(first.port(), directory.resolve("data"), false);
        open.add(again);
        Await.until("what waited is written, and what was lost is said", () -> writer.written() == 8);
        assertEquals("{\"entries\":2}", one(database, "select body from audit where kind = 'audit.lost'"));
        join(heads(database, writer, "a"));
        assertTrue(verify(database).isWhole(), () -> verify(database).findings().toString());
    }

    @Test
    void entriesWaitAsLongAsTheirBytesAreWithinTheLimitAndNotOneByteMore() {
        var there = new AtomicBoolean();
        Database database = TestPostgres.open(TestPostgres.freshUrl(), LIMITS, there::get);
        open.add(database);
        long each = Weight.of(entry(1).body());
        AuditWriter writer = writer(database, "a", limited(3 * each), List.of());
        AuditWriter smaller = writer(database, "b", limited(3 * each - 1), List.of());
        for (AuditWriter one : List.of(writer, smaller)) {
            for (int n = 1; n <= 3; n++) {
                one.record(entry(n));
            }
        }
        assertEquals(0, writer.lost());
        assertEquals(3 * each, writer.waitingBytes());
        assertEquals(1, smaller.lost());
        assertEquals(2 * each, smaller.waitingBytes());
        CompletionException full = assertThrows(CompletionException.class, () -> join(writer.append(entry(4))));
        assertTrue(full.getCause().getMessage().contains("too much waits"), full.getCause()::getMessage);
        there.set(true);
        Await.until(
                "what waited is written, and what was lost is said",
                () -> writer.written() == 3 && smaller.written() == 3);
        Await.until("nothing takes room", () -> writer.waitingBytes() == 0 && smaller.waitingBytes() == 0);
        join(writer.append(entry(5)));
    }

    private static AuditLimits limited(long bytes) {
        return new AuditLimits(50, bytes, 5_000, 10, 400, 1_000_000, 100);
    }

    @Test
    void withoutPostgresqlWhatHasToBeWrittenFirstIsRefusedAtOnce() {
        Database off = Database.off();
        open.add(off);
        AuditWriter writer = writer(off, "a");
        assertInstanceOf(
                ArchiveAway.class,
                assertThrows(CompletionException.class, () -> join(writer.append(entry(1))))
                        .getCause());
        writer.record(entry(1));
        assertEquals(0, writer.waiting());
    }

    @Test
    void aBodyOfTheLimitIsKeptAndOneByteMoreIsNamedByItsHash() {
        Database database = database(TestPostgres.freshUrl());
        AuditWriter writer = writer(database, "a");
        int room = AUDIT.bodyBytesMax() - "{\"t\":\"\"}".length();
        join(writer.append(new Entry("k.k", null, Actor.GATEWAY, Map.of("t", "x".repeat(room)))));
        join(writer.append(new Entry("k.k", null, Actor.GATEWAY, Map.of("t", "x".repeat(room + 1)))));
        assertEquals("" + AUDIT.bodyBytesMax(), one(database, "select length(body) from audit where seq = 1"));
        assertTrue(one(database, "select body from audit where seq = 2")
                .contains("\"bytes\":" + (AUDIT.bodyBytesMax() + 1)));
    }

    @Test
    void anEntryThatCannotBeWrittenHarmsNoOther() {
        Database database = database(TestPostgres.freshUrl());
        AuditWriter writer = writer(database, "a");
        CompletionStage<Written> bad =
                writer.append(new Entry("k.k", null, Actor.GATEWAY, Map.of("no tree", new Object())));
        CompletionStage<Written> good =
                writer.append(new Entry("k.k", "a\0b", Actor.GATEWAY, Map.of("t", "a\0b\uD800")));
        assertThrows(CompletionException.class, () -> join(bad));
        assertEquals(1, join(good).seq());
        assertEquals("{\"t\":\"a\\ufffdb\uFFFD\"}", one(database, "select body from audit"));
        join(heads(database, writer, "a"));
        assertTrue(verify(database).isWhole());
    }

    @Test
    void signsWhatHasMovedAndNothingElse() {
        Database database = database(TestPostgres.freshUrl());
        AuditWriter a = writer(database, "a");
        join(a.append(entry(1)));
        List<List<SignedHead>> signed = new CopyOnWriteArrayList<>();
        AuditHeads heads = heads(database, a, "a", signed::add);
        Await.until("the first beat has signed", () -> signed.size() == 1);
        Await.until("and said so in the chain", () -> a.written() == 2);
        heads.sign();
        Await.until("it has looked again", () -> signed.size() == 2);
        assertEquals(1, signed.get(0).size());
        assertTrue(HeadKey.isGenuine(signed.get(0).getFirst()));
        assertArrayEquals(KEY.publicKey(), signed.get(0).getFirst().key());
        assertEquals(List.of(), signed.get(1), "its own word about its own head is no news");
        assertFalse(HeadKey.isGenuine(new SignedHead(
                "a",
                9,
                new byte[32],
                "a",
                1,
                KEY.publicKey(),
                signed.get(0).getFirst().signature())));
    }

    @Test
    void verifiesTheWholeTrailAndNamesALinkThatWasChanged() throws Exception {
        Database database = database(TestPostgres.freshUrl());
        AuditWriter writer = writer(database, "a");
        join(writer.append(entry(1)));
        join(writer.append(entry(2)));
        var signed = new CompletableFuture<List<SignedHead>>();
        var heads = heads(database, writer, "a", signed::complete);
        heads.sign();
        signed.join();
        Await.until("the heads stand in the chain", () -> writer.written() == 3);
        Verifier.Report whole = join(new AuditRows(database, KEY.publicKey(), 10).verify());
        assertTrue(whole.isWhole(), () -> whole.findings().toString());
        assertEquals(3, whole.links());

        HeadKey other = HeadKey.of("another key of 32 characters !!!".getBytes());
        assertInstanceOf(
                Finding.Forged.class,
                join(new AuditRows(database, other.publicKey(), 10).verify())
                        .findings()
                        .getFirst());

        join(database.submit(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set session_replication_role = replica");
                statement.execute("update audit set body = '{\"n\": 7}' where seq = 2");
                return statement.execute("set session_replication_role = origin");
            }
        }));
        Verifier.Report broken = join(new AuditRows(database, KEY.publicKey(), 10).verify());
        assertEquals(List.of(new Finding.Changed("a", 2)), broken.findings());
    }

    @Test
    void readsPageByPageAndByCallKindAndTime() {
        Database database = database(TestPostgres.freshUrl());
        AuditWriter writer = writer(database, "a");
        for (int i = 0; i < 7; i++) {
            join(writer.append(entry(i)));
        }
        join(writer.append(new Entry("thing_.done", null, new Actor("anna", "supervisor"), Map.of())));
        var reader = new AuditRows(database, KEY.publicKey(), 10);
        List<Object> seen = new ArrayList<>();
        AuditReader.Place after = null;
        do {
            AuditReader.Page page = join(reader.read(new AuditReader.Query(null, "thing.*", null, null, after, 3)));
            page.entries().forEach(entry -> seen.add(entry.get("seq")));
            after = page.next();
        } while (after != null);
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L), seen);
        assertEquals(
                1,
                join(reader.read(new AuditReader.Query(Calls.id(3), null, null, null, null, 10)))
                        .entries()
                        .size());
        assertEquals(
                0,
                join(reader.read(new AuditReader.Query(null, null, null, 1L, null, 10)))
                        .entries()
                        .size());
        Map<String, Object> last = join(reader.read(new AuditReader.Query(null, "thing_.done", 1L, null, null, 10)))
                .entries()
                .getFirst();
        assertEquals("anna", last.get("actor"));
        assertEquals("supervisor", last.get("role"));
    }

    @Test
    void writesAFileThatReadsBackAsTheSameLinks(@TempDir Path directory) throws Exception {
        Database database = database(TestPostgres.freshUrl());
        Path path = directory.resolve("audit.jsonl");
        List<Link> links = new CopyOnWriteArrayList<>();
        try (var file = new AuditFile(path, "a")) {
            AuditWriter writer = writer(database, "a", AUDIT, List.of(file::links, links::addAll));
            join(writer.append(
                    new Entry("k.k", null, Actor.agent("x"), Map.of("t", "one\nline \u2028 \uD83D\uDE00 \"q\""))));
            join(writer.append(entry(1)));
            Await.until("both are told", () -> links.size() == 2);
            file.heads(List.of(KEY.sign("a", 2, links.get(1).hash(), "a", 5), KEY.sign("b", 2, new byte[32], "a", 5)));
        }
        List<String> lines = Files.readAllLines(path);
        assertEquals(3, lines.size(), "the head of another node is not in this node's file");
        var verifier = new Verifier(HeadKey::isGenuine, 10);
        for (String line : lines.reversed().stream()
                .sorted(java.util.Comparator.comparing(l -> !l.contains("\"head\"")))
                .toList()) {
            AuditLines.read(line, new AuditLines.Reader() {
                @Override
                public void link(Link link) {
                    links.add(link);
                }

                @Override
                public void head(SignedHead head) {
                    verifier.head(head);
                }
            });
        }
        links.subList(2, 4).stream()
                .sorted(java.util.Comparator.comparing(Link::seq))
                .forEach(verifier::link);
        assertTrue(verifier.finish(null).isWhole());
    }

    @Test
    void twoGatewaysThatComeUpTogetherMakeOneSchema() throws SQLException {
        String url = TestPostgres.freshUrl();
        Database one = TestPostgres.open(url, LIMITS);
        Database other = TestPostgres.open(url, LIMITS);
        open.add(one);
        open.add(other);
        Await.up(one);
        Await.up(other);
        try (Connection connection = TestPostgres.source(url).getConnection();
                var rows = connection
                        .createStatement()
                        .executeQuery("select count(*) from flyway_schema_history where not success")) {
            rows.next();
            assertEquals(0, rows.getInt(1));
        }
    }
}
