package io.segue.net;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A browser's WebSocket: what comes down it, and how it ended. */
final class WebPhone implements AutoCloseable {
    static final String SENT_BY = "df7jal23ls0d.invalid";

    final WebSocket socket;
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Short> closed = new CompletableFuture<>();

    private WebPhone(WebSocket socket) {
        this.socket = socket;
        socket.textMessageHandler(received::add);
        socket.closeHandler(over -> closed.complete(socket.closeStatusCode()));
        socket.exceptionHandler(e -> {});
    }

    /** @param origin of the page; none: no browser */
    static WebSocketConnectOptions to(int port, String origin, String... subProtocols) {
        WebSocketConnectOptions options =
                new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI("/sip");
        if (origin != null) {
            options.addHeader("Origin", origin);
        }
        if (subProtocols.length > 0) {
            options.setSubProtocols(List.of(subProtocols));
        }
        return options;
    }

    static WebPhone open(Vertx vertx, int port) throws Exception {
        return open(vertx, to(port, "http://127.0.0.1:" + port, "sip"));
    }

    /** An {@link io.vertx.core.http.UpgradeRejectedException} as the cause says what else was answered. */
    static WebPhone open(Vertx vertx, WebSocketConnectOptions options) throws Exception {
        WebSocketClient client = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxFrameSize(4 * 1024 * 1024).setMaxMessageSize(4 * 1024 * 1024));
        CompletableFuture<WebPhone> open = new CompletableFuture<>();
        client.connect(options)
                .onSuccess(socket -> open.complete(new WebPhone(socket)))
                .onFailure(open::completeExceptionally);
        return open.get(10, TimeUnit.SECONDS);
    }

    void send(String text) {
        socket.writeTextMessage(text);
    }

    void sendBinary(String text) {
        socket.writeBinaryMessage(Buffer.buffer(text));
    }

    void sendInPieces(String text, int pieces) {
        int length = (text.length() + pieces - 1) / pieces;
        for (int i = 0; i < pieces; i++) {
            String piece = text.substring(i * length, Math.min(text.length(), (i + 1) * length));
            boolean last = i == pieces - 1;
            socket.writeFrame(
                    i == 0
                            ? WebSocketFrame.textFrame(piece, last)
                            : WebSocketFrame.continuationFrame(Buffer.buffer(piece), last));
        }
    }

    String request(String method, String branch, String... extraHeaders) {
        return Text.request(method, "WS", SENT_BY, branch, extraHeaders);
    }

    String receive() throws InterruptedException {
        String next = received.poll(10, TimeUnit.SECONDS);
        assertNotNull(next, "nothing came");
        return next;
    }

    boolean quiet() {
        return received.isEmpty();
    }

    /** The close status, once it is closed. */
    int closed() throws Exception {
        Short status = closed.get(10, TimeUnit.SECONDS);
        return status == null ? 1006 : status;
    }

    @Override
    public void close() {
        socket.close();
    }
}
