package io.segue.store;

import static io.segue.store.Gateways.await;
import static io.segue.store.Gateways.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.record.StoreAway;
import io.vertx.redis.client.Command;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisCourierTest extends OnRedis {
    private Store a;
    private Store b;

    @BeforeEach
    void open() {
        a = gateways.gateway("a");
        b = gateways.gateway("b");
        await("up", () -> a.up() && b.up());
        await("b hears", () -> !String.valueOf(failure(Map.of("warm", 1))).contains("not there"));
    }

    private String failure(Map<String, Object> order) {
        b.courier().answer(echo -> CompletableFuture.completedStage(Map.of("echo", echo)));
        try {
            a.courier().ask("b", order).toCompletableFuture().get(5, TimeUnit.SECONDS);
            return "";
        } catch (Exception e) {
            return String.valueOf(e.getCause());
        }
    }

    @Test
    void anOrderReachesTheOtherAndItsAnswerComesBack() {
        b.courier()
                .answer(order ->
                        CompletableFuture.completedStage(Map.of("did", order.get("do"), "list", List.of(1, "x"))));
        assertEquals(
                Map.of("did", "it", "list", List.of(1, "x")), get(a.courier().ask("b", Map.of("do", "it"))));
    }

    @Test
    void manyOrdersAtOnceGetEachItsOwnAnswer() {
        b.courier().answer(order -> CompletableFuture.supplyAsync(() -> Map.of("n", order.get("n"))));
        List<CompletableFuture<Map<String, Object>>> asked = IntStream.range(0, 200)
                .mapToObj(n -> a.courier().ask("b", Map.of("n", n)).toCompletableFuture())
                .toList();
        for (int n = 0; n < asked.size(); n++) {
            assertEquals(Map.of("n", n), get(asked.get(n)));
        }
    }

    @Test
    void aGatewayThatIsNotThereIsSaidAtOnce() {
        ExecutionException failed = assertThrows(
                ExecutionException.class,
                () -> a.courier().ask("c", Map.of()).toCompletableFuture().get());
        assertTrue(assertInstanceOf(StoreAway.class, failed.getCause())
                .getMessage()
                .contains("gateway c is not there"));
    }

    @Test
    void aGatewayThatDoesNotAnswerIsGivenUp() {
        b.courier().answer(order -> new CompletableFuture<>());
        ExecutionException failed = assertThrows(
                ExecutionException.class,
                () -> a.courier().ask("b", Map.of()).toCompletableFuture().get());
        assertTrue(failed.getCause().getMessage().contains("has not answered"));
    }

    @Test
    void anOrderThatNoGatewayHasSentIsNotDone() {
        var did = new ConcurrentLinkedQueue<Map<String, Object>>();
        b.courier().answer(order -> {
            did.add(order);
            return CompletableFuture.completedStage(Map.of());
        });
        long before = b.counters().messagesRefused.sum();
        for (String forged : List.of(
                "{\"from\":\"a\",\"ref\":\"1\",\"order\":{\"outcome\":\"approved\",\"by\":\"sam\"}}",
                "AAAA.{\"what\":\"order\",\"from\":\"a\",\"to\":\"b\",\"ref\":\"1\",\"at\":1,\"body\":{}}",
                "no JSON at all")) {
            gateways.redis(Command.PUBLISH, RedisCourier.orders("b"), forged);
        }
        await("all are refused", () -> b.counters().messagesRefused.sum() == before + 3);
        assertEquals(Map.of(), get(a.courier().ask("b", Map.of("do", "it"))));
        assertEquals(List.of(Map.of("do", "it")), List.copyOf(did));
    }

    @Test
    void anAnswerThatNoGatewayHasSentIsNotHeard() {
        b.courier().answer(order -> new CompletableFuture<>());
        var orders = new ConcurrentLinkedQueue<String>();
        gateways.listen(RedisCourier.orders("b"), orders::add);
        var asked = a.courier().ask("b", Map.of("do", "it")).toCompletableFuture();
        await("the order is on the wire", () -> !orders.isEmpty());
        String order = orders.element();
        Object ref = Json.read(order.substring(order.indexOf('.') + 1)).get("ref");
        long before = a.counters().messagesRefused.sum();
        gateways.redis(
                Command.PUBLISH,
                RedisCourier.answers("a"),
                "AAAA.{\"ref\":\"" + ref + "\",\"body\":{\"answer\":\"decided\"}}");
        await("it is refused", () -> a.counters().messagesRefused.sum() == before + 1);
        ExecutionException failed = assertThrows(ExecutionException.class, asked::get);
        assertTrue(failed.getCause().getMessage().contains("has not answered"));
    }

    @Test
    void aGatewayWithAnotherKeyIsNotBelievedAndIsToldSoAtOnce() {
        Store stranger =
                gateways.gateway("s", System::currentTimeMillis, "another key".getBytes(StandardCharsets.UTF_8));
        await("up", stranger::up);
        await("the stranger hears", () -> refusal(stranger).contains("does not believe the order"));
    }

    @Test
    void aGatewayWhoseClockIsWrongIsNotBelievedAndIsToldSoAtOnce() {
        Store late =
                gateways.gateway("l", () -> System.currentTimeMillis() - Seal.AGE_MS_MAX - 5_000, Gateways.SIGNING_KEY);
        await("up", late::up);
        await("it hears", () -> refusal(late).contains("does not believe the order"));
    }

    private static String refusal(Store asking) {
        ExecutionException failed = assertThrows(
                ExecutionException.class,
                () -> asking.courier().ask("b", Map.of()).toCompletableFuture().get());
        return String.valueOf(failed.getCause().getMessage());
    }
}
