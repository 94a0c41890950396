package io.segue.store;

import static io.segue.store.Changes.bare;
import static io.segue.store.Changes.delete;
import static io.segue.store.Changes.put;
import static io.segue.store.Changes.write;
import static io.segue.store.Changes.written;
import static io.segue.store.Gateways.await;
import static io.segue.store.Gateways.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.registry.Documents.Change;
import io.segue.flow.registry.Documents.Expected;
import io.segue.flow.registry.Documents.Kind;
import io.segue.flow.registry.Documents.Outcome;
import io.segue.flow.registry.Documents.Unfiled;
import io.segue.flow.registry.Documents.Written;
import io.vertx.redis.client.Command;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisDocumentsTest extends OnRedis {
    private Store a;
    private Store b;

    @BeforeEach
    void open() {
        a = gateways.gateway("a");
        b = gateways.gateway("b");
        await("up", () -> a.up() && b.up());
    }

    /** What a gateway's registry would hold. */
    private static Map<String, Map<String, Object>> follow(Store store) {
        var held = new ConcurrentHashMap<String, Map<String, Object>>();
        store.documents().listen((kind, id, document) -> {
            if (document == null) {
                held.remove(kind + " " + id);
            } else {
                held.put(kind + " " + id, bare(document));
            }
        });
        return held;
    }

    @Test
    void aChangeIsThereForItsGatewayAtOnceAndForTheOthersSoon() {
        Map<String, Map<String, Object>> there = follow(b);
        Map<String, Object> agent =
                Map.of("name", "Ünï\n\"x\"", "numbers", List.of("+1555*"), "policy", Map.of("threshold", 0.85), "n", 3);
        get(put(a, Kind.AGENT, "bot", agent));
        assertEquals(agent, bare(get(a.documents().all(Kind.AGENT)).get("bot")));
        await("told", () -> agent.equals(there.get("AGENT bot")));
        assertEquals(Map.of(), get(a.documents().all(Kind.HUMAN)));
        assertTrue(get(delete(b, Kind.AGENT, "bot")));
        await("told", there::isEmpty);
        assertFalse(get(delete(b, Kind.AGENT, "bot")));
        await("gone", () -> get(a.documents().all(Kind.AGENT)).isEmpty());
    }

    @Test
    void whoListensLateIsToldEverything() {
        get(put(a, Kind.QUEUE, "q", Map.of("name", "Q")));
        get(put(a, Kind.TRUNK, "t", Map.of("addresses", List.of("203.0.113.0/24"))));
        Store late = gateways.gateway("late");
        Map<String, Map<String, Object>> held = follow(late);
        await("told", () -> held.size() == 2);
        assertEquals(Map.of("name", "Q"), held.get("QUEUE q"));
    }

    @Test
    void theLastOfManyChangesFromTwoGatewaysStandsEverywhere() {
        Map<String, Map<String, Object>> atA = follow(a);
        Map<String, Map<String, Object>> atB = follow(b);
        for (int i = 0; i < 200; i++) {
            put(a, Kind.HUMAN, "h", Map.of("by", "a", "n", i));
            put(b, Kind.HUMAN, "h", Map.of("by", "b", "n", i));
        }
        get(put(a, Kind.HUMAN, "h", Map.of("last", true)));
        await(
                "b has sent all",
                () -> gateways.redis(Command.GET, "segue:{documents}:number").toInteger() == 401);
        await("the same everywhere", () -> {
            Map<String, Object> inRedis = Json.read(
                    gateways.redis(Command.HGET, "segue:{documents}:human", "h").toString());
            return bare(inRedis).equals(atA.get("HUMAN h")) && bare(inRedis).equals(atB.get("HUMAN h"));
        });
    }

    @Test
    void aListenerThatThrowsHarmsNoOther() {
        var told = new CopyOnWriteArrayList<String>();
        a.documents().listen((kind, id, document) -> {
            throw new IllegalStateException("of the test");
        });
        a.documents().listen((kind, id, document) -> told.add(id));
        get(put(a, Kind.QUEUE, "q", Map.of()));
        await("told", () -> told.equals(List.of("q")));
    }

    @Test
    void leavesOutWhatIsNoJson() {
        get(put(a, Kind.QUEUE, "good", Map.of("name", "Q")));
        gateways.redis(Command.HSET, "segue:{documents}:queue", "bad", "{");
        Store late = gateways.gateway("late");
        Map<String, Map<String, Object>> held = follow(late);
        await("told", () -> held.containsKey("QUEUE good"));
        assertEquals(
                java.util.Set.of("good"), get(late.documents().all(Kind.QUEUE)).keySet());
    }

    @Test
    void takesADocumentOfTheLargestSizeAndNotOneByteMore() {
        int max = Limits.defaults().documentBytesMax();
        int overhead = Json.write(Map.of("text", "")).length();
        get(put(a, Kind.AGENT, "fits", Map.of("text", "x".repeat(max - overhead))));
        assertThrows(
                IllegalArgumentException.class,
                () -> put(a, Kind.AGENT, "over", Map.of("text", "x".repeat(max + 1 - overhead))));
    }

    private static long version(Outcome outcome) {
        return ((Number) written(outcome).stored().get("version")).longValue();
    }

    @Test
    void countsVersionsOverAllGatewaysAndOverADeletion() {
        assertEquals(1, version(get(put(a, Kind.AGENT, "bot", Map.of("n", 1)))));
        assertEquals(2, version(get(put(b, Kind.AGENT, "bot", Map.of("n", 2)))));
        assertEquals(1, version(get(put(b, Kind.QUEUE, "bot", Map.of("n", 1)))));
        assertTrue(get(delete(a, Kind.AGENT, "bot")));
        assertEquals(4, version(get(put(b, Kind.AGENT, "bot", Map.of("n", 2)))));
    }

    @Test
    void makesNoVersionOfWhatChangesNothing() {
        for (Map<String, Object> document : List.of(Map.<String, Object>of(), Map.<String, Object>of("n", 1))) {
            Written first = written(get(put(a, Kind.AGENT, "bot", document)));
            Written again = written(get(put(b, Kind.AGENT, "bot", document)));
            assertTrue(first.changed());
            assertFalse(again.changed());
            assertEquals(first.stored(), again.stored());
        }
    }

    @Test
    void goesOnFromADocumentWithoutAVersion() {
        gateways.redis(Command.HSET, "segue:{documents}:agent", "old", "{\"n\":1}");
        assertFalse(written(get(put(a, Kind.AGENT, "old", Map.of("n", 1)))).changed());
        assertEquals(1, version(get(write(a, Kind.AGENT, "old", Map.of("n", 2), new Expected.Version(0)))));
    }

    @Test
    void ofTwoWhoChangeTheSameVersionOneWinsAndTheOtherIsTold() {
        get(put(a, Kind.AGENT, "bot", Map.of("n", 0)));
        var one = write(a, Kind.AGENT, "bot", Map.of("by", "a"), new Expected.Version(1));
        var other = write(b, Kind.AGENT, "bot", Map.of("by", "b"), new Expected.Version(1));
        List<Outcome> outcomes = List.of(get(one), get(other));
        assertEquals(1, outcomes.stream().filter(o -> o instanceof Outcome.Done).count());
        assertEquals(
                1, outcomes.stream().filter(new Outcome.Otherwise(0)::equals).count());
    }

    @Test
    void aConditionOfBeingThereOrAbsentHolds() {
        assertEquals(new Outcome.Otherwise(0), get(write(a, Kind.AGENT, "bot", Map.of(), new Expected.There())));
        assertEquals(1, version(get(write(a, Kind.AGENT, "bot", Map.of(), new Expected.Absent()))));
        assertEquals(new Outcome.Otherwise(0), get(write(a, Kind.AGENT, "bot", Map.of("n", 1), new Expected.Absent())));
        assertEquals(2, version(get(write(a, Kind.AGENT, "bot", Map.of("n", 1), new Expected.There()))));
    }

    @Test
    void changesAllOrNothing() {
        get(put(a, Kind.QUEUE, "q", Map.of("n", 1)));
        Change created = new Change(Kind.AGENT, "bot", Map.of(), new Expected.Absent(), null);
        Change changed = new Change(Kind.QUEUE, "q", Map.of("n", 2), new Expected.Version(7), null);
        assertEquals(new Outcome.Otherwise(1), get(a.documents().write(List.of(created, changed))));
        assertEquals(Map.of(), get(a.documents().all(Kind.AGENT)));
        Change rightly = new Change(Kind.QUEUE, "q", null, new Expected.Version(1), null);
        Outcome.Done done = (Outcome.Done) get(a.documents().write(List.of(created, rightly)));
        assertEquals(2, done.written().size());
        await(
                "told",
                () -> get(b.documents().all(Kind.QUEUE)).isEmpty()
                        && get(b.documents().all(Kind.AGENT)).size() == 1);
    }

    private static Change noted(String id, int n) {
        return new Change(
                Kind.AGENT, id, Map.of("n", n), new Expected.Anyhow(), Map.of("by", "ada", "document", Map.of("n", n)));
    }

    @Test
    void keepsTheMemoOfAChangeUntilItIsFiled() {
        get(a.documents().write(List.of(noted("x", 1), noted("x", 2), noted("y", 1))));
        get(a.documents().write(List.of(noted("y", 1))));
        List<Unfiled> unfiled = get(b.documents().unfiled(10));
        assertEquals(
                List.of("x 1", "x 2", "y 1"),
                unfiled.stream().map(u -> u.id() + " " + u.version()).toList());
        assertEquals("ada", unfiled.getFirst().memo().get("by"));
        assertEquals(2, get(b.documents().unfiled(2)).size());
        get(b.documents().filed(unfiled.subList(0, 2)));
        assertEquals(List.of(unfiled.getLast()), get(a.documents().unfiled(10)));
    }

    @Test
    void takesAsManyUnfiledChangesAsTheLimitAndNotOneMore() {
        Store small = gateways.gateway("small", Gateways.limits().withUnfiled(2), human -> null, call -> {});
        await("up", small::up);
        get(small.documents().write(List.of(noted("x", 1), noted("x", 2))));
        assertEquals(new Outcome.Full(), get(small.documents().write(List.of(noted("x", 3)))));
        assertEquals(3, version(get(put(small, Kind.AGENT, "x", Map.of("n", 3)))));
        get(small.documents().filed(get(small.documents().unfiled(1))));
        assertEquals(4, version(get(small.documents().write(List.of(noted("x", 4))))));
    }
}
