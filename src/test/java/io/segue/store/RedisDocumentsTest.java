package io.segue.store;

import static io.segue.store.Gateways.await;
import static io.segue.store.Gateways.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.Documents.Kind;
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
                held.put(kind + " " + id, document);
            }
        });
        return held;
    }

    @Test
    void aChangeIsThereForItsGatewayAtOnceAndForTheOthersSoon() {
        Map<String, Map<String, Object>> there = follow(b);
        Map<String, Object> agent =
                Map.of("name", "Ünï\n\"x\"", "numbers", List.of("+1555*"), "policy", Map.of("threshold", 0.85), "n", 3);
        get(a.documents().put(Kind.AGENT, "bot", agent));
        assertEquals(Map.of("bot", agent), get(a.documents().all(Kind.AGENT)));
        await("told", () -> agent.equals(there.get("AGENT bot")));
        assertEquals(Map.of(), get(a.documents().all(Kind.HUMAN)));
        assertTrue(get(b.documents().delete(Kind.AGENT, "bot")));
        await("told", there::isEmpty);
        assertFalse(get(b.documents().delete(Kind.AGENT, "bot")));
        await("gone", () -> get(a.documents().all(Kind.AGENT)).isEmpty());
    }

    @Test
    void whoListensLateIsToldEverything() {
        get(a.documents().put(Kind.QUEUE, "q", Map.of("name", "Q")));
        get(a.documents().put(Kind.TRUNK, "t", Map.of("addresses", List.of("203.0.113.0/24"))));
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
            a.documents().put(Kind.HUMAN, "h", Map.of("by", "a", "n", i));
            b.documents().put(Kind.HUMAN, "h", Map.of("by", "b", "n", i));
        }
        get(a.documents().put(Kind.HUMAN, "h", Map.of("last", true)));
        await(
                "b has sent all",
                () -> gateways.redis(Command.GET, "segue:{documents}:number").toInteger() == 401);
        await("the same everywhere", () -> {
            Map<String, Object> inRedis = Json.read(
                    gateways.redis(Command.HGET, "segue:{documents}:human", "h").toString());
            return inRedis.equals(atA.get("HUMAN h")) && inRedis.equals(atB.get("HUMAN h"));
        });
    }

    @Test
    void aListenerThatThrowsHarmsNoOther() {
        var told = new CopyOnWriteArrayList<String>();
        a.documents().listen((kind, id, document) -> {
            throw new IllegalStateException("of the test");
        });
        a.documents().listen((kind, id, document) -> told.add(id));
        get(a.documents().put(Kind.QUEUE, "q", Map.of()));
        await("told", () -> told.equals(List.of("q")));
    }

    @Test
    void leavesOutWhatIsNoJson() {
        get(a.documents().put(Kind.QUEUE, "good", Map.of("name", "Q")));
        gateways.redis(Command.HSET, "segue:{documents}:queue", "bad", "{");
        Store late = gateways.gateway("late");
        Map<String, Map<String, Object>> held = follow(late);
        await("told", () -> held.containsKey("QUEUE good"));
        assertEquals(Map.of("good", Map.of("name", "Q")), get(late.documents().all(Kind.QUEUE)));
    }

    @Test
    void takesADocumentOfTheLargestSizeAndNotOneByteMore() {
        int max = Limits.defaults().documentBytesMax();
        int overhead = Json.write(Map.of("text", "")).length();
        get(a.documents().put(Kind.AGENT, "fits", Map.of("text", "x".repeat(max - overhead))));
        assertThrows(IllegalArgumentException.class, () -> a.documents()
                .put(Kind.AGENT, "over", Map.of("text", "x".repeat(max + 1 - overhead))));
    }
}
