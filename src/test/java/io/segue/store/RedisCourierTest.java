package io.segue.store;

import static io.segue.store.Gateways.await;
import static io.segue.store.Gateways.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.record.StoreAway;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
}
