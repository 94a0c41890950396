package io.segue.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.segue.flow.oversight.SignoffArchive.Redeemed;
import io.segue.flow.oversight.SignoffArchive.Whose;
import io.segue.flow.record.ArchiveAway;
import io.segue.signoff.Request.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArchivedSignoffsTest {
    private static final Limits LIMITS = new Limits(4, 100, 3, 50, 20, 1_000);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final String url = TestPostgres.freshUrl();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void keepsWhatWasAskedAndWhatCameOfIt() {
        ArchivedSignoffs signoffs = signoffs();
        signoffs.keep(Kind.SIGNOFF, document("c-s1", "pending"));
        signoffs.keep(Kind.SIGNOFF, document("c-s1", "approved"));
        Await.until(
                "it is approved",
                () -> join(signoffs.list(Kind.SIGNOFF, "approved", 10, null)).size() == 1);
        Map<String, Object> found = join(signoffs().find(Kind.SIGNOFF, "c-s1")).orElseThrow();
        assertEquals("approved", found.get("state"));
        assertEquals("sam", ((Map<?, ?>) found.get("decision")).get("by"));
        assertEquals(List.of(), join(signoffs.list(Kind.APPROVAL, "approved", 10, null)));
        assertEquals(Optional.empty(), join(signoffs.find(Kind.APPROVAL, "c-s1")));
    }

    @Test
    void anOlderStateThatComesLaterUndoesNothing() {
        ArchivedSignoffs one = signoffs();
        ArchivedSignoffs other = signoffs();
        one.keep(Kind.SIGNOFF, document("c-s1", "rejected"));
        Await.until(
                "it is there",
                () -> join(one.list(Kind.SIGNOFF, "rejected", 10, null)).size() == 1);
        other.keep(Kind.SIGNOFF, document("c-s1", "pending"));
        other.keep(Kind.SIGNOFF, document("c-s2", "pending"));
        Await.until(
                "what came after it is there",
                () -> join(one.list(Kind.SIGNOFF, "pending", 10, null)).size() == 1);
        assertEquals(
                "rejected", join(one.find(Kind.SIGNOFF, "c-s1")).orElseThrow().get("state"));
    }

    @Test
    void ofManyWhoRedeemAtOnceOneIsFirst() {
        ArchivedSignoffs here = signoffs();
        ArchivedSignoffs there = signoffs();
        List<CompletableFuture<Redeemed>> all = IntStream.range(0, 40)
                .mapToObj(n -> (n % 2 == 0 ? here : there)
                        .redeem("c-s1", "office-" + n, 1_000 + n)
                        .toCompletableFuture())
                .toList();
        List<Redeemed> redeemed = all.stream().map(CompletableFuture::join).toList();
        List<Redeemed> first = redeemed.stream().filter(Redeemed::first).toList();
        assertEquals(1, first.size());
        redeemed.stream().filter(r -> !r.first()).forEach(r -> {
            assertEquals(first.getFirst().by(), r.by());
            assertEquals(first.getFirst().at(), r.at());
        });
    }

    @Test
    void takesAnyTextThatAnAgentMaySend() {
        ArchivedSignoffs signoffs = signoffs();
        Map<String, Object> document = document("c-s1", "pending");
        document.put(
                "action",
                Map.of("id", "a\u0000'; drop table signoff; --", "type", "<script>", "payload", Map.of("k", "\ud800")));
        signoffs.keep(Kind.SIGNOFF, document);
        Await.until(
                "it is there",
                () -> join(signoffs.list(Kind.SIGNOFF, "pending", 10, null)).size() == 1);
        assertEquals(0, signoffs.lost());
    }

    @Test
    void whatWaitsIsBoundedByBytesAndLosesItsEvidenceFirst() {
        Map<String, Object> bare = document("c-s1", "pending");
        Map<String, Object> whole = document("c-s1", "pending");
        whole.put("evidence", Map.of("turns", List.of(Map.of("text", "I am Anna"))));
        ArchivedSignoffs roomy = waiting(Weight.of(whole));
        roomy.keep(Kind.SIGNOFF, whole);
        assertEquals(whole, join(roomy.find(Kind.SIGNOFF, "c-s1")).orElseThrow());
        roomy.keep(Kind.SIGNOFF, document("c-s2", "pending"));
        assertEquals(1, roomy.lost());
        ArchivedSignoffs narrow = waiting(Weight.of(whole) - 1);
        narrow.keep(Kind.SIGNOFF, whole);
        assertEquals(bare, join(narrow.find(Kind.SIGNOFF, "c-s1")).orElseThrow());
        assertEquals(0, narrow.lost());
        ArchivedSignoffs narrower = waiting(Weight.of(bare) - 1);
        narrower.keep(Kind.SIGNOFF, whole);
        assertEquals(1, narrower.lost());
    }

    @Test
    void whatWaitedAndWasWrittenTakesNoRoom() {
        var there = new AtomicBoolean();
        Database database = away(there::get);
        ArchivedSignoffs signoffs = new ArchivedSignoffs(database, Weight.of(document("c-s1", "approved")));
        signoffs.keep(Kind.SIGNOFF, document("c-s1", "pending"));
        signoffs.keep(Kind.SIGNOFF, document("c-s1", "approved"));
        there.set(true);
        Await.up(database);
        Await.until(
                "it is written",
                () -> join(signoffs.list(Kind.SIGNOFF, "approved", 10, null)).size() == 1);
        Await.until("there is room for another", () -> {
            signoffs.keep(Kind.SIGNOFF, document("c-s2", "approved"));
            return join(signoffs.list(Kind.SIGNOFF, "approved", 10, null)).size() == 2;
        });
    }

    @Test
    void aHumansOwnAreFoundHoweverManyOthersThereAre() {
        Database database = TestPostgres.open(url, LIMITS);
        open.add(database);
        Await.up(database);
        var calls = new ArchivedCalls(database, LIMITS);
        calls.keep(Calls.ended(1));
        Await.until("the call is archived", () -> calls.written() == 1);
        ArchivedSignoffs signoffs = new ArchivedSignoffs(database);
        signoffs.keep(Kind.SIGNOFF, ofCall(Calls.id(1), 1));
        signoffs.keep(Kind.SIGNOFF, ofCall(Calls.id(2), 2));
        for (int n = 3; n < 20; n++) {
            signoffs.keep(Kind.SIGNOFF, ofCall(Calls.id(n), n));
        }
        Await.until(
                "all are there",
                () -> join(signoffs.list(Kind.SIGNOFF, "approved", 100, null)).size() == 19);
        assertEquals(List.of(Calls.id(1)), calls(signoffs, new Whose("anna", Set.of())));
        assertEquals(List.of(Calls.id(2), Calls.id(1)), calls(signoffs, new Whose("anna", Set.of(Calls.id(2)))));
        assertEquals(List.of(), calls(signoffs, new Whose("hal", Set.of())));
    }

    private static List<Object> calls(ArchivedSignoffs signoffs, Whose whose) {
        return join(signoffs.list(Kind.SIGNOFF, "approved", 2, whose)).stream()
                .map(document -> document.get("call"))
                .toList();
    }

    /** The higher the number the newer. */
    private static Map<String, Object> ofCall(String call, int n) {
        Map<String, Object> document = document(call + "-s1", "approved");
        document.put("call", call);
        document.put("askedAt", 1_700_000_000_000L + n);
        return document;
    }

    private ArchivedSignoffs waiting(long bytesMax) {
        return new ArchivedSignoffs(away(() -> false), bytesMax);
    }

    private Database away(BooleanSupplier there) {
        Database database = TestPostgres.open(url, LIMITS, there);
        open.add(database);
        return database;
    }

    @Test
    void withoutPostgresqlNothingIsRedeemed() {
        ArchivedSignoffs off = new ArchivedSignoffs(Database.off());
        off.keep(Kind.SIGNOFF, document("c-s1", "pending"));
        CompletionException failed =
                assertThrows(CompletionException.class, () -> join(off.redeem("c-s1", "office", 1)));
        assertInstanceOf(ArchiveAway.class, failed.getCause());
        assertFalse(failed.getCause().getMessage().isBlank());
    }

    private ArchivedSignoffs signoffs() {
        Database database = TestPostgres.open(url, LIMITS);
        open.add(database);
        Await.up(database);
        return new ArchivedSignoffs(database);
    }

    private static Map<String, Object> document(String id, String state) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", id);
        document.put("kind", "signoff");
        document.put("call", "c");
        document.put("node", "a");
        document.put("agent", "refunds");
        document.put("state", state);
        document.put("askedAt", 1_700_000_000_000L);
        document.put("deadlineAt", 1_700_000_120_000L);
        document.put(
                "action",
                Map.of(
                        "id",
                        "a9",
                        "type",
                        "payment.authorize",
                        "amount",
                        420.5,
                        "currency",
                        "USD",
                        "payload",
                        Map.of()));
        if (!state.equals("pending")) {
            document.put(
                    "decision", Map.of("outcome", state, "by", "sam", "role", "specialist", "at", 1_700_000_001_000L));
        }
        return document;
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
