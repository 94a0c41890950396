package io.segue.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpWebhooksTest {
    private final AtomicInteger ids = new AtomicInteger();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> signatures = new CopyOnWriteArrayList<>();
    private final List<Integer> answers = new CopyOnWriteArrayList<>();
    private Vertx vertx;
    private HttpServer server;

    @BeforeEach
    void open() throws Exception {
        vertx = Vertx.vertx();
        server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    /** Answers with the next of {@link #answers}, the last one for ever; 0 is no answer. */
    private void answer(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            int number = bodies.size();
            signatures.add(request.getHeader(Signature.HEADER));
            bodies.add(body.toString());
            int status = answers.get(Math.min(number, answers.size() - 1));
            if (status == 302) {
                request.response().putHeader("Location", "/elsewhere");
            }
            if (status > 0) {
                request.response().setStatusCode(status).end("x".repeat(10_000));
            }
        });
    }

    private HttpWebhooks webhooks(Limits limits) {
        return webhooks(limits, server.actualPort());
    }

    private HttpWebhooks webhooks(Limits limits, int port) {
        return new HttpWebhooks(
                vertx,
                URI.create("http://127.0.0.1:" + port + "/hook"),
                "secret",
                limits,
                () -> 1_790_000_000_000L,
                () -> 0,
                () -> "id" + ids.incrementAndGet());
    }

    private static Limits limits(int tries, int waiting) {
        return new Limits(tries, 600_000, 300, 10, 40, waiting, 2, 1_000);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not in time");
            LockSupport.parkNanos(2_000_000);
        }
    }

    @Test
    void postsWhatHappenedWithASignatureOverTimeAndBody() {
        answers.add(204);
        HttpWebhooks webhooks = webhooks(limits(3, 10));
        webhooks.post("handoff", Map.of("callId", "c1"));
        await(() -> webhooks.delivered.sum() == 1);
        assertEquals(
                "{\"id\":\"id1\",\"type\":\"handoff\",\"at\":1790000000000,\"data\":{\"callId\":\"c1\"}}",
                bodies.getFirst());
        assertEquals(
                Signature.of("secret", 1_790_000_000L, bodies.getFirst().getBytes(StandardCharsets.UTF_8)),
                signatures.getFirst());
    }

    @Test
    void signsAsAKnownVectorOfHmacSha256() {
        // Made with: printf '1.{}' | openssl dgst -sha256 -hmac key
        assertEquals("t=1,v1=" + VECTOR, Signature.of("key", 1, "{}".getBytes(StandardCharsets.UTF_8)));
    }

    private static final String VECTOR = "1ba6b8171186efc613e8bcc0cbdab2748f24984d7c5a84faa2637afa0e40d224";

    @Test
    void triesAgainAfterFaultsOfTheReceiverWithTheSameBody() {
        answers.addAll(List.of(500, 503, 429, 408, 0, 200));
        HttpWebhooks webhooks = webhooks(limits(6, 10));
        webhooks.post("call", Map.of());
        await(() -> webhooks.delivered.sum() == 1);
        assertEquals(6, bodies.size());
        assertEquals(1, bodies.stream().distinct().count());
        assertEquals(5, webhooks.retries.sum());
    }

    @Test
    void givesUpAfterTheLastTryAndNotBefore() {
        answers.add(500);
        HttpWebhooks webhooks = webhooks(limits(3, 10));
        webhooks.post("call", Map.of());
        await(() -> webhooks.failed.sum() == 1);
        assertEquals(3, bodies.size());
        assertEquals(0, webhooks.pending());
    }

    @Test
    void aRefusalOrARedirectIsNotTriedAgainNorFollowed() {
        answers.addAll(List.of(400, 410, 302));
        HttpWebhooks webhooks = webhooks(limits(3, 10));
        for (int i = 1; i <= 3; i++) {
            int sent = i;
            webhooks.post("call", Map.of());
            await(() -> webhooks.failed.sum() == sent);
        }
        assertEquals(3, bodies.size());
    }

    @Test
    void aDeadReceiverCostsABoundedNumberOfPushesAndNeverWaits() throws Exception {
        int nobody;
        try (var socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        HttpWebhooks webhooks = webhooks(limits(2, 10), nobody);
        long start = System.nanoTime();
        for (int i = 0; i < 11; i++) {
            webhooks.post("call", Map.of());
        }
        assertTrue(System.nanoTime() - start < 1_000_000_000L);
        await(() -> webhooks.pending() == 0);
        assertTrue(webhooks.dropped.sum() <= 1);
        assertEquals(11, webhooks.failed.sum() + webhooks.dropped.sum());
    }

    @Test
    void holdsAsManyPushesAsTheLimitAndDropsOneMore() {
        answers.add(0);
        HttpWebhooks webhooks = webhooks(new Limits(1, 600_000, 60_000, 10, 40, 10, 2, 1_000));
        for (int i = 0; i < 10; i++) {
            webhooks.post("call", Map.of());
        }
        assertEquals(10, webhooks.pending());
        assertEquals(0, webhooks.dropped.sum());
        webhooks.post("call", Map.of());
        assertEquals(10, webhooks.pending());
        assertEquals(1, webhooks.dropped.sum());
        webhooks.close();
    }

    @Test
    void dropsABodyOneByteOverTheLimit() {
        answers.add(200);
        HttpWebhooks webhooks = webhooks(limits(1, 10));
        int overhead = "{\"id\":\"id1\",\"type\":\"t\",\"at\":1790000000000,\"data\":{\"x\":\"\"}}".length();
        webhooks.post("t", Map.of("x", "x".repeat(1_000 - overhead)));
        webhooks.post("t", Map.of("x", "x".repeat(1_001 - overhead)));
        await(() -> webhooks.delivered.sum() == 1);
        assertEquals(1, webhooks.dropped.sum());
        assertEquals(1, bodies.size());
    }

    @Test
    void waitsTwiceAsLongEachTimeUpToTheLimit() {
        Limits limits = Limits.defaults();
        assertEquals(250, Push.backoffMs(limits, 1, 0));
        assertEquals(500, Push.backoffMs(limits, 1, 1));
        assertEquals(1_000, Push.backoffMs(limits, 2, 1));
        assertEquals(60_000, Push.backoffMs(limits, 60, 1));
    }

    @Test
    void knowsWhichAnswersMayChange() {
        for (int status : List.of(408, 429, 500, 503, 599)) {
            assertTrue(Push.worthAnotherTry(status), "" + status);
        }
        for (int status : List.of(301, 400, 401, 404, 410, 413)) {
            assertFalse(Push.worthAnotherTry(status), "" + status);
        }
    }

    @Test
    void refusesWhatIsNoHttpAddress() {
        for (String wrong : List.of("ftp://example.org/x", "file:///etc/passwd", "/hook", "http:///x")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new HttpWebhooks(
                            vertx, URI.create(wrong), "s", Limits.defaults(), () -> 0, () -> 0, () -> "id"),
                    wrong);
        }
    }
}
