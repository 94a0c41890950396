package io.segue.store;

import static io.segue.store.Gateways.await;
import static io.segue.store.Gateways.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.record.CallStore;
import io.segue.flow.record.CallStore.CallRecord;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisCallsTest extends OnRedis {
    private final Set<String> fenced = ConcurrentHashMap.newKeySet();
    private Store a;
    private Store b;

    @BeforeEach
    void open() {
        a = gateways.gateway("a", Gateways.limits(), human -> null, fenced::add);
        b = gateways.gateway("b", Gateways.limits(), human -> null, fenced::add);
        await("up", () -> a.up() && b.up());
    }

    static CallRecord record(String call, String owner, long epoch, long version, boolean ended) {
        return new CallRecord(
                call,
                owner,
                epoch,
                version,
                List.of("leg-" + call, "human-" + call),
                ended,
                Map.of("state", "v" + version, "n", (int) version));
    }

    private static void awaitVersion(Store reader, String call, long version) {
        await(
                "version " + version + " of " + call,
                () -> get(reader.calls().find(call)).map(CallRecord::version).orElse(-1L) == version);
    }

    private String field(String call, String field) {
        Response value = gateways.redis(Command.HGET, RedisCalls.key(call), field);
        return value == null ? "" : value.toString();
    }

    @Test
    void anotherGatewayReadsWhatOneHasWritten() {
        a.calls().save(record("c1", "a", 1, 1, false));
        awaitVersion(b, "c1", 1);
        CallRecord read = get(b.calls().find("c1")).orElseThrow();
        assertEquals(record("c1", "a", 1, 1, false), read);
        await("indexed", () -> get(b.calls().findBySipCallId("human-c1")).isPresent());
        assertEquals(
                "c1", get(b.calls().findBySipCallId("leg-c1")).orElseThrow().callId());
        assertTrue(get(b.calls().findBySipCallId("leg-c2")).isEmpty());
        assertTrue(get(b.calls().find("c2")).isEmpty());
    }

    @Test
    void acceptsGapsInTheVersionAndNoStepBack() {
        a.calls().save(record("c1", "a", 1, 1, false));
        awaitVersion(b, "c1", 1);
        a.calls().save(record("c1", "a", 1, 7, false));
        awaitVersion(b, "c1", 7);
        a.calls().save(record("c1", "a", 1, 5, false));
        a.calls().save(record("c1", "a", 1, 9, false));
        awaitVersion(b, "c1", 9);
        assertEquals("v9", get(b.calls().find("c1")).orElseThrow().document().get("state"));
    }

    @Test
    void refusesAnOwnerWithoutTheEpochAndTellsThem() {
        a.calls().save(record("c1", "a", 2, 5, false));
        awaitVersion(b, "c1", 5);
        b.calls().save(record("c1", "b", 2, 9, false));
        await("fenced", () -> b.counters().refused.sum() == 1 && fenced.contains("c1"));
        gateways.redis(Command.HSET, RedisCalls.key("c1"), "epoch", 3);
        fenced.clear();
        a.calls().save(record("c1", "a", 2, 6, false));
        await("fenced", () -> fenced.contains("c1"));
        assertEquals("5", field("c1", "version"));
        assertEquals("a", field("c1", "owner"));
    }

    @Test
    void refusesAnOlderVersionOfTheSameOwnerFromElsewhere() {
        a.calls().save(record("c1", "a", 1, 5, false));
        awaitVersion(b, "c1", 5);
        b.calls().save(record("c1", "a", 1, 4, false));
        await("refused", () -> b.counters().refused.sum() == 1);
        assertEquals("5", field("c1", "version"));
        assertTrue(fenced.isEmpty());
    }

    @Test
    void aMissingKeyIsMadeAgainByItsOwner() {
        a.calls().save(record("c1", "a", 1, 1, false));
        awaitVersion(b, "c1", 1);
        gateways.redis(Command.DEL, RedisCalls.key("c1"));
        a.calls().save(record("c1", "a", 1, 2, false));
        awaitVersion(b, "c1", 2);
    }

    @Test
    void theLastOfManyQuickRecordsIsTheOneThatStands() {
        for (int version = 1; version <= 2_000; version++) {
            a.calls().save(record("c" + version % 10, "a", 1, version, false));
        }
        for (int call = 0; call < 10; call++) {
            awaitVersion(b, "c" + call, call == 0 ? 2_000 : 1_990 + call);
        }
        await("all sent", () -> a.counters().written.sum() >= 10);
        assertTrue(a.counters().written.sum() <= 2_000);
        assertEquals(0, a.counters().refused.sum());
    }

    @Test
    void liveRecordsAreKeptAliveAndEndedOnesExpire() {
        Store brief =
                gateways.gateway("c", Gateways.limits().withCallTimes(600, 1_500, 100), human -> null, fenced::add);
        await("up", brief::up);
        brief.calls().save(record("live", "c", 1, 1, false));
        brief.calls().save(record("gone", "c", 1, 1, true));
        awaitVersion(b, "live", 1);
        awaitVersion(b, "gone", 1);
        await("expired", () -> get(b.calls().find("gone")).isEmpty());
        assertTrue(get(b.calls().find("live")).isPresent());
        assertTrue(get(b.calls().findBySipCallId("leg-live")).isPresent());
        assertTrue(get(b.calls().findBySipCallId("leg-gone")).isEmpty());
        assertEquals(
                List.of("live"),
                get(b.calls().list(10)).stream().map(CallRecord::callId).toList());
    }

    @Test
    void aRecordOfADeadGatewayExpires() throws Exception {
        Store brief =
                gateways.gateway("c", Gateways.limits().withCallTimes(400, 1_500, 100), human -> null, fenced::add);
        await("up", brief::up);
        brief.calls().save(record("orphan", "c", 1, 1, false));
        awaitVersion(b, "orphan", 1);
        brief.close();
        await("expired", () -> get(b.calls().find("orphan")).isEmpty());
    }

    @Test
    void listsTheNewestFirst() {
        for (String call : List.of("c1", "c2", "c3")) {
            a.calls().save(record(call, "a", 1, 1, false));
            await("listed", () -> get(b.calls().list(10)).stream()
                    .anyMatch(record -> record.callId().equals(call)));
        }
        a.calls().save(record("c1", "a", 1, 2, true));
        awaitVersion(b, "c1", 2);
        assertEquals(
                List.of("c3", "c2"),
                get(b.calls().list(2)).stream().map(CallRecord::callId).toList());
        assertEquals(List.of(), get(b.calls().list(0)));
    }

    @Test
    void takesAsManyCallsAsTheLimitAndCountsOneMore() {
        Store small = gateways.gateway("c", Gateways.limits().withCalls(3, 4_096), human -> null, fenced::add);
        await("up", small::up);
        IntStream.rangeClosed(1, 4).forEach(call -> small.calls().save(record("s" + call, "c", 1, 1, false)));
        awaitVersion(b, "s3", 1);
        await("counted", () -> small.counters().unwritten.sum() == 1);
        assertTrue(get(b.calls().find("s4")).isEmpty());
    }

    @Test
    void writesARecordOfTheLargestSizeAndNotOneByteMore() {
        int overhead = Json.write(Map.of("text", "")).length();
        Store small = gateways.gateway("c", Gateways.limits().withCalls(10, 1_000), human -> null, fenced::add);
        await("up", small::up);
        CallStore calls = small.calls();
        calls.save(new CallRecord("fits", "c", 1, 1, List.of(), false, Map.of("text", "x".repeat(1_000 - overhead))));
        calls.save(new CallRecord("over", "c", 1, 1, List.of(), false, Map.of("text", "x".repeat(1_001 - overhead))));
        awaitVersion(b, "fits", 1);
        await("counted", () -> small.counters().unwritten.sum() == 1);
        assertEquals("", field("over", "version"));
    }

    @Test
    void aRecordThatIsNoTreeHarmsNoOther() {
        a.calls().save(new CallRecord("bad", "a", 1, 1, List.of(), false, Map.of("x", new Object())));
        a.calls().save(record("good", "a", 1, 1, false));
        awaitVersion(b, "good", 1);
        assertEquals(1, a.counters().unwritten.sum());
    }

    @Test
    void tagsEveryKeyOfACall() {
        a.calls().save(record("c1", "a", 1, 1, false));
        awaitVersion(b, "c1", 1);
        assertEquals(1, gateways.redis(Command.EXISTS, "segue:call:{c1}").toInteger());
        assertTrue(gateways.redis(Command.PTTL, "segue:call:{c1}").toLong() > 3_500_000);
    }
}
