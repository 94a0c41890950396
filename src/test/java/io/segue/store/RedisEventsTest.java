package io.segue.store;

import static io.segue.store.Gateways.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.record.EventLog;
import io.vertx.redis.client.Command;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisEventsTest extends OnRedis {
    private Store a;
    private Store b;

    @BeforeEach
    void open() {
        a = gateways.gateway("a", Gateways.limits().withEvents(200, 100, 50), human -> null, call -> {});
        b = gateways.gateway("b");
        await("up", () -> a.up() && b.up());
    }

    /** Notes what it gets: a type each, or {@code reset}. */
    private static class Notes implements EventLog.Listener {
        final List<String> got = new CopyOnWriteArrayList<>();
        final List<String> ids = new CopyOnWriteArrayList<>();

        @Override
        public void event(String id, String type, Map<String, Object> data) {
            ids.add(id);
            got.add(type + "=" + data.get("n"));
        }

        @Override
        public void reset() {
            got.add("reset");
        }

        @Override
        public void refused() {
            got.add("refused");
        }
    }

    private static void publish(Store by, int from, int to) {
        IntStream.rangeClosed(from, to).forEach(n -> by.events().publish("e", Map.of("n", n)));
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(n -> "e=" + n).toList();
    }

    @Test
    void sendsWhatEveryGatewayPublishesFromNowOnInOrder() {
        publish(a, 1, 3);
        var early = new Notes();
        b.events().subscribe("0-0", early);
        await("first three, or a reset", () -> !early.got.isEmpty());
        await("published", () -> gateways.redis(Command.XLEN, "segue:events").toInteger() == 3);
        var notes = new Notes();
        a.events().subscribe(null, notes);
        publish(a, 4, 40);
        await("all", () -> notes.got.size() >= 37);
        assertEquals(
                numbers(4, 40),
                notes.got.stream()
                        .filter(e -> Integer.parseInt(e.substring(2)) > 3)
                        .toList());
        await("others too", () -> early.got.contains("e=40"));
    }

    @Test
    void goesOnAfterTheLastEventIdWithoutALossOrARepetition() {
        var first = new Notes();
        var subscription = a.events().subscribe(null, first);
        publish(a, 1, 30);
        await("thirty", () -> first.got.size() == 30);
        subscription.close();
        String last = first.ids.get(9);
        var second = new Notes();
        Thread.startVirtualThread(() -> publish(b, 31, 130));
        b.events().subscribe(last, second);
        await("the rest", () -> second.got.size() >= 120);
        assertEquals(numbers(11, 130), second.got);
    }

    @Test
    void anIdOlderThanTheCapIsReset() {
        var first = new Notes();
        var subscription = a.events().subscribe(null, first);
        publish(a, 1, 1);
        await("one", () -> first.got.size() == 1);
        subscription.close();
        publish(a, 2, 1_000);
        await("all written", () -> gateways.redis(Command.XREVRANGE, "segue:events", "+", "-", "COUNT", 1)
                .get(0)
                .get(1)
                .get(3)
                .toString()
                .equals("{\"n\":1000}"));
        assertTrue(gateways.redis(Command.XLEN, "segue:events").toInteger() < 400);
        var late = new Notes();
        a.events().subscribe(first.ids.getFirst(), late);
        await("reset", () -> late.got.equals(List.of("reset")));
        publish(a, 1_001, 1_001);
        await("goes on", () -> late.got.equals(List.of("reset", "e=1001")));
        for (String wrong : List.of("99999999999999-0", "nonsense", "")) {
            var notes = new Notes();
            a.events().subscribe(wrong, notes);
            await("reset for '" + wrong + "'", () -> notes.got.equals(List.of("reset")));
        }
    }

    @Test
    void aSlowSubscriberStartsAnewAndSlowsNobody() throws Exception {
        var hold = new CountDownLatch(1);
        var slow = new Notes() {
            @Override
            public void event(String id, String type, Map<String, Object> data) {
                try {
                    hold.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                super.event(id, type, data);
            }
        };
        var quick = new Notes();
        a.events().subscribe(null, slow);
        a.events().subscribe(null, quick);
        publish(a, 1, 52);
        await("the quick one has all", () -> quick.got.size() >= 52 || quick.got.contains("reset"));
        await("noticed", () -> a.counters().subscribersReset.sum() >= 1);
        hold.countDown();
        await("reset", () -> slow.got.contains("reset"));
        publish(a, 53, 53);
        await("goes on", () -> slow.got.contains("e=53") && quick.got.contains("e=53"));
        // At most the one it was busy with comes before it starts anew.
        assertTrue(slow.got.indexOf("reset") <= 1, slow.got::toString);
        assertEquals("e=53", slow.got.getLast());
    }

    @Test
    void aListenerThatThrowsIsClosedAlone() {
        var bad = new Notes() {
            @Override
            public void event(String id, String type, Map<String, Object> data) {
                throw new IllegalStateException("of the test");
            }
        };
        var good = new Notes();
        a.events().subscribe(null, bad);
        a.events().subscribe(null, good);
        publish(a, 1, 2);
        await("good", () -> good.got.equals(numbers(1, 2)));
    }

    @Test
    void refusesOneSubscriberMoreThanTheLimit() {
        for (int i = 0; i < Limits.defaults().events().subscribersMax(); i++) {
            a.events().subscribe(null, new Notes());
        }
        var oneMore = new Notes();
        a.events().subscribe(null, oneMore);
        await("refused", () -> oneMore.got.equals(List.of("refused")));
    }
}
