package io.segue.agentlink;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A bot on a real WebSocket server: what it was sent, and what it says when told to. */
final class Bot implements AutoCloseable {
    static final JsonMapper JSON = new JsonMapper();

    final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    final CompletableFuture<ServerWebSocket> socket = new CompletableFuture<>();
    final CompletableFuture<String> closed = new CompletableFuture<>();
    final CompletableFuture<MultiMap> headers = new CompletableFuture<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final String scheme;

    Bot() throws Exception {
        this(new HttpServerOptions(), socket -> {});
    }

    Bot(HttpServerOptions options, Handler<ServerWebSocket> greet) throws Exception {
        scheme = options.isSsl() ? "wss" : "ws";
        server = vertx.createHttpServer(options.setHost("127.0.0.1")
                        .setPort(0)
                        .setMaxWebSocketFrameSize(4 << 20)
                        .setMaxWebSocketMessageSize(4 << 20))
                .connectionHandler(connection -> {
                    connections.incrementAndGet();
                    connection.closeHandler(none -> connections.decrementAndGet());
                })
                .webSocketHandler(socket -> {
                    headers.complete(socket.headers());
                    socket.textMessageHandler(this::record);
                    socket.closeHandler(none -> closed.complete(socket.closeStatusCode() + " " + socket.closeReason()));
                    greet.handle(socket);
                    this.socket.complete(socket);
                });
        server.listen().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    URI url() {
        return URI.create(scheme + "://127.0.0.1:" + server.actualPort() + "/bot");
    }

    void say(String frame) throws Exception {
        ServerWebSocket open = socket.get(10, TimeUnit.SECONDS);
        open.writeTextMessage(frame);
    }

    JsonNode next() throws InterruptedException {
        JsonNode frame = frames.poll(10, TimeUnit.SECONDS);
        assertNotNull(frame, "the bot was sent nothing");
        return frame;
    }

    /** The frames up to the one with this event. */
    List<JsonNode> upTo(String event) throws InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        do {
            all.add(next());
        } while (!all.getLast().path("event").asText().equals(event));
        return all;
    }

    String closedWith() throws Exception {
        return closed.get(10, TimeUnit.SECONDS);
    }

    /** Whether every connection comes to its end within the deadline. */
    boolean allClose() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (connections.get() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        return connections.get() == 0;
    }

    static String twilioAudio(byte first, int bytes) {
        byte[] ulaw = new byte[bytes];
        ulaw[0] = first;
        return "{\"event\":\"media\",\"streamSid\":\"MZ1\",\"media\":{\"payload\":\""
                + Base64.getEncoder().encodeToString(ulaw) + "\"}}";
    }

    private void record(String text) {
        try {
            frames.add(JSON.readTree(text));
        } catch (IOException malformed) {
            throw new AssertionError("the gateway sent no JSON: " + text, malformed);
        }
    }

    @Override
    public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
