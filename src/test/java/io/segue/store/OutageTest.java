package io.segue.store;

import static io.segue.store.Changes.bare;
import static io.segue.store.Changes.put;
import static io.segue.store.Changes.written;
import static io.segue.store.Gateways.await;
import static io.segue.store.Gateways.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.desk.Desk;
import io.segue.flow.desk.Desk.After;
import io.segue.flow.desk.Desk.Outcome;
import io.segue.flow.record.StoreAway;
import io.segue.flow.registry.Documents.Kind;
import io.segue.human.PresenceState;
import io.segue.store.dev.OwnRedis;
import io.vertx.redis.client.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis goes away and comes back: Debian's, with and without the memory it had. */
class OutageTest {
    private static final Path SERVER = Path.of("/usr/bin/redis-server");
    private static final List<String> HUMANS =
            IntStream.range(0, 20).mapToObj(i -> "human" + i).toList();

    @TempDir
    Path directory;

    @BeforeAll
    static void needsRedis() {
        Assumptions.assumeTrue(
                Files.isExecutable(SERVER), "needs " + SERVER + ": install the Debian package redis-server");
    }

    private static Limits limits() {
        return Limits.defaults().withDeskTimes(100, 1_000, 1_500);
    }

    private static Desk.Request request(String handoff, int atMost) {
        return new Desk.Request(handoff, "call-" + handoff, "q", Set.of(), Set.of(), atMost, 60_000, false);
    }

    private static List<String> reserve(Store at, String handoff, int atMost) {
        return get(at.desk().reserve(request(handoff, atMost))) instanceof Outcome.Reserved some
                ? some.humans()
                : List.of();
    }

    /** Who holds whom; fails where two do. */
    private static final class Held {
        private final Map<String, String> by = new HashMap<>();

        void add(String handoff, List<String> humans) {
            humans.forEach(human -> assertEquals(null, by.put(human, handoff), human + " is reserved twice"));
        }
    }

    private static void save(Store at, String owner, int version, boolean ended) {
        for (int i = 0; i < 50; i++) {
            at.calls().save(RedisCallsTest.record(owner + i, owner, 1, version, ended && i == 0));
        }
    }

    private void goesAwayAndComesBack(Path memory) throws Exception {
        OwnRedis redis = OwnRedis.start(SERVER);
        int port = redis.port();
        redis.close();
        redis = OwnRedis.start(SERVER, port, memory);
        try (var gateways = new Gateways(redis.uri())) {
            gateways.roster.queue("q", HUMANS);
            Store a = gateways.gateway("a", limits(), human -> null, call -> {});
            Store b = gateways.gateway("b", limits(), human -> null, call -> {});
            await("up", () -> a.up() && b.up());
            get(put(a, Kind.AGENT, "bot", Map.of("name", "Bot")));
            await("told", () -> get(b.documents().all(Kind.AGENT)).containsKey("bot"));
            for (String human : HUMANS) {
                get(a.desk().choose(human, true));
            }
            save(a, "a", 1, false);
            save(b, "b", 1, false);
            var held = new Held();
            for (Store store : List.of(a, b)) {
                await("settled", () -> reserve(store, "probe", 99).size() == HUMANS.size() || letGo(store, "probe"));
                letGo(store, "probe");
            }
            await("all are free", () -> free(a) == HUMANS.size() && free(b) == HUMANS.size());
            held.add("a-before", reserve(a, "a-before", 3));
            held.add("b-before", reserve(b, "b-before", 3));
            assertEquals(6, held.by.size());
            await("both know", () -> free(a) == 14 && free(b) == 14);
            await(
                    "written",
                    () -> a.counters().written.sum() >= 50
                            && b.counters().written.sum() >= 50);
            var events = new CopyOnWriteArrayList<String>();
            b.events().subscribe(null, listener(events));

            redis.close();
            await("away", () -> !a.up() && !b.up());

            save(a, "a", 2, false);
            save(b, "b", 3, true);
            a.events().publish("waited", Map.of("n", 1));
            var failed = Assertions.assertThrows(ExecutionException.class, () -> put(a, Kind.AGENT, "late", Map.of())
                    .toCompletableFuture()
                    .get());
            assertTrue(failed.getCause() instanceof StoreAway);
            assertEquals(2, get(a.calls().find("a7")).orElseThrow().version());
            assertEquals("Bot", get(b.documents().all(Kind.AGENT)).get("bot").get("name"));
            a.desk().release("human0", "a-before", After.END_OF_LINE);
            a.desk().state("human1", "a-before", PresenceState.TALKING);
            List<String> alone = new ArrayList<>();
            for (Store store : List.of(a, b)) {
                String handoff = store == a ? "a-away" : "b-away";
                List<String> got = reserve(store, handoff, 4);
                assertFalse(got.isEmpty(), "nobody for " + handoff + " although Redis is all that is missing");
                if (got.contains("human0")) {
                    held.by.remove("human0");
                }
                held.add(handoff, got);
                alone.addAll(got);
            }
            held.by.remove("human0", "a-before");

            redis = OwnRedis.start(SERVER, port, memory);
            for (int i = 0; i < 200; i++) {
                for (Store store : List.of(a, b)) {
                    held.add(
                            "back" + i + (store == a ? "a" : "b"),
                            reserve(store, "back" + i + (store == a ? "a" : "b"), 1));
                }
            }
            await("back", () -> a.up() && b.up());
            await("settled", () -> {
                held.add("after", reserve(a, "after", 99));
                return held.by.size() == HUMANS.size();
            });
            for (String human : alone) {
                String record = gateways.redis(Command.HGET, "segue:{humans}:desk", human)
                        .toString();
                assertTrue(
                        record.contains("|" + held.by.get(human) + "|"),
                        record + " is not held by " + held.by.get(human));
            }
            assertTrue(gateways.redis(Command.HGET, "segue:{humans}:desk", "human1")
                    .toString()
                    .contains("|TALKING|"));
            assertEquals(
                    0, a.counters().conflicts.sum() + b.counters().conflicts.sum());
            for (int i = 0; i < 50; i++) {
                String call = "" + i;
                await("call a" + i, () -> version(gateways, "a" + call) == 2);
                await("call b" + i, () -> version(gateways, "b" + call) == 3);
            }
            await("the event that waited", () -> events.contains("waited"));
            assertEquals(
                    Map.of("name", "Bot"),
                    bare(get(b.documents().all(Kind.AGENT)).get("bot")));
            // A memory lost or not, versions go on.
            assertEquals(
                    2,
                    written(get(put(b, Kind.AGENT, "bot", Map.of("name", "Bot 2"))))
                            .stored()
                            .get("version"));
            assertEquals(
                    List.of("bot"),
                    List.copyOf(get(b.documents().all(Kind.AGENT)).keySet()));
            await(
                    "the documents are there again",
                    () -> gateways.redis(Command.HEXISTS, "segue:{documents}:agent", "bot")
                                    .toInteger()
                            == 1);
            get(put(a, Kind.AGENT, "late", Map.of("name", "Late")));
            await("told", () -> get(b.documents().all(Kind.AGENT)).size() == 2);
        } finally {
            redis.close();
        }
    }

    private static boolean letGo(Store store, String handoff) {
        HUMANS.forEach(human -> store.desk().release(human, handoff, After.SAME_PLACE));
        return false;
    }

    private static long free(Store store) {
        return get(store.desk().presences()).stream()
                .filter(p -> p.state() == PresenceState.AVAILABLE)
                .count();
    }

    private static long version(Gateways gateways, String call) {
        var value = gateways.redis(Command.HGET, RedisCalls.key(call), "version");
        return value == null ? -1 : value.toLong();
    }

    private static io.segue.flow.record.EventLog.Listener listener(List<String> types) {
        return new io.segue.flow.record.EventLog.Listener() {
            @Override
            public void event(String id, String type, Map<String, Object> data) {
                types.add(type);
            }

            @Override
            public void reset() {
                types.add("reset");
            }
        };
    }

    @Test
    void callsAndReservationsGoOnWithoutRedisAndAreThereAgainWhenItComesBackAsItWas() throws Exception {
        goesAwayAndComesBack(directory);
    }

    @Test
    void callsAndReservationsGoOnWithoutRedisAndAreThereAgainWhenItComesBackEmpty() throws Exception {
        goesAwayAndComesBack(null);
    }

    @Test
    void aRedisThatHangsIsAwayUntilItAnswers() throws Exception {
        try (var redis = OwnRedis.start(SERVER);
                var gateways = new Gateways(redis.uri())) {
            gateways.roster.queue("q", HUMANS);
            Store a = gateways.gateway("a", limits(), human -> null, call -> {});
            await("up", a::up);
            for (String human : HUMANS) {
                get(a.desk().choose(human, true));
            }
            long pid = redis.server().pid();
            signal("STOP", pid);
            try {
                var held = new Held();
                held.add("h1", reserve(a, "h1", 2));
                assertEquals(2, held.by.size());
                await("noticed", () -> !a.up());
                a.calls().save(RedisCallsTest.record("c1", "a", 1, 1, false));
                signal("CONT", pid);
                await("up again", a::up);
                await("written", () -> version(gateways, "c1") == 1);
                held.add("h2", reserve(a, "h2", 99));
                assertEquals(HUMANS.size(), held.by.size());
            } finally {
                signal("CONT", pid);
            }
        }
    }

    private static void signal(String name, long pid) throws Exception {
        assertEquals(0, new ProcessBuilder("kill", "-" + name, "" + pid).start().waitFor());
    }

    @Test
    void saysHowMuchOfWhatMayWaitForRedisWaits() throws Exception {
        OwnRedis redis = OwnRedis.start(SERVER);
        redis.close();
        try (var gateways = new Gateways(redis.uri())) {
            Store a = gateways.gateway("a", limits().withEvents(100, 10, 100), human -> null, call -> {});
            for (int i = 1; i <= 9; i++) {
                a.events().publish("waits", Map.of("n", i));
            }
            await("nine of ten", () -> a.waiting() == 0.9);
            a.events().publish("waits", Map.of("n", 10));
            await("ten of ten", () -> a.waiting() == 1);
            a.events().publish("waits", Map.of("n", 11));
            await("one past", () -> a.counters().eventsDropped.sum() == 1);
            assertEquals(1, a.waiting());
            try (var later = OwnRedis.start(SERVER, redis.port(), null)) {
                await("written", () -> a.waiting() == 0);
            }
        }
    }

    @Test
    void aGatewayStartsWithoutRedisAndFindsItLater() throws Exception {
        OwnRedis redis = OwnRedis.start(SERVER);
        redis.close();
        try (var gateways = new Gateways(redis.uri())) {
            Store a = gateways.gateway("a", limits(), human -> null, call -> {});
            a.calls().save(RedisCallsTest.record("c1", "a", 1, 1, false));
            assertEquals(1, get(a.calls().find("c1")).orElseThrow().version());
            try (var later = OwnRedis.start(SERVER, redis.port(), null)) {
                await("up", a::up);
                await("written", () -> version(gateways, "c1") == 1);
            }
        }
    }
}
