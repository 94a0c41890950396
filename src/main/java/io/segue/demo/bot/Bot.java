package io.segue.demo.bot;

import io.segue.demo.ear.Slips;
import io.segue.demo.ear.Voice;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A scripted AI agent on a real WebSocket server, with an event loop of its own. It finds the script of a call by the caller's number.
 * Where the gateway connects decides about the handshake: {@code /} accepts, {@code /refuse/<status>} refuses, {@code /late/<ms>} accepts
 * after a while, {@code /never} leaves it open.
 */
public final class Bot implements AutoCloseable {
    private static final int TICK_MS = 2;

    private final Vertx vertx;
    private final HttpServer server;
    private final Slips slips = new Slips();
    private final Map<String, Expected> expected = new ConcurrentHashMap<>();
    private final Map<String, String[]> cuts = new HashMap<>();
    private final List<BotCall> speaking = new ArrayList<>();
    private final BlockingQueue<BotCall> unexpected = new LinkedBlockingQueue<>();
    private final io.vertx.core.Context loop;
    private volatile Script otherwise = Script.discarding();
    private volatile long accepted;

    private record Expected(Script script, CompletableFuture<BotCall> call) {}

    private Bot(String address) {
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(2)
                .setUseDaemonThread(true));
        loop = vertx.getOrCreateContext();
        HttpServerOptions options = new HttpServerOptions()
                .setHost(address)
                .setPort(0)
                .setTcpNoDelay(true)
                .setMaxWebSocketFrameSize(1 << 20)
                .setMaxWebSocketMessageSize(1 << 20)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
        server = vertx.createHttpServer(options)
                .requestHandler(this::handshake)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        loop.runOnContext(go -> vertx.setPeriodic(TICK_MS, id -> tick()));
    }

    /** Opens a bot on a free port of an address. */
    public static Bot open(String address) {
        return new Bot(address);
    }

    /** Where it listens; with a path that says how it takes the handshake. */
    public URI url(String path) {
        return URI.create("ws://127.0.0.1:" + server.actualPort() + path);
    }

    /** How late its own thread was. */
    public Slips slips() {
        return slips;
    }

    /** Sockets it has accepted so far. */
    public long accepted() {
        return accepted;
    }

    /** What it does with the call of a certain caller; the answer comes with {@code start}. */
    public CompletableFuture<BotCall> expect(String from, Script script) {
        CompletableFuture<BotCall> call = new CompletableFuture<>();
        expected.put(from, new Expected(script, call));
        return call;
    }

    /** What it does with callers it does not expect. */
    public void otherwise(Script script) {
        otherwise = script;
    }

    /** The next call that was not expected; null when none came in time. */
    public @Nullable BotCall next(long timeoutMs) throws InterruptedException {
        return unexpected.poll(timeoutMs, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    <T> CompletableFuture<T> on(Supplier<T> what) {
        CompletableFuture<T> done = new CompletableFuture<>();
        loop.runOnContext(go -> {
            try {
                done.complete(what.get());
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    /** A voice in frames; on the event loop. */
    String[] cut(Voice voice, int frameMs) {
        return cuts.computeIfAbsent(
                voice.who() + voice.mulaw().length + "/" + frameMs, key -> Frames.cut(voice.mulaw(), frameMs));
    }

    private void tick() {
        long now = System.nanoTime();
        for (int i = 0; i < speaking.size(); i++) {
            speaking.get(i).speakUntil(now, slips);
        }
    }

    private void handshake(HttpServerRequest request) {
        String[] path = request.path().split("/", -1);
        switch (path.length > 1 ? path[1] : "") {
            case "never" -> request.pause();
            case "refuse" ->
                request.response()
                        .setStatusCode(Integer.parseInt(path[2]))
                        .end()
                        .onFailure(e -> {});
            case "late" -> {
                request.pause();
                vertx.setTimer(Integer.parseInt(path[2]), id -> accept(request));
            }
            default -> accept(request);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void accept(HttpServerRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        request.toWebSocket().onSuccess(socket -> {
            accepted = accepted + 1;
            new Opening(socket, Map.copyOf(headers));
        });
    }

    /** A socket on which {@code start} has not come yet. */
    private final class Opening {
        private final ServerWebSocket socket;
        private final Map<String, String> headers;
        private @Nullable BotCall call;

        Opening(ServerWebSocket socket, Map<String, String> headers) {
            this.socket = socket;
            this.headers = headers;
            socket.textMessageHandler(this::take);
            socket.exceptionHandler(e -> {});
            socket.closeHandler(closed -> {
                if (call != null) {
                    speaking.remove(call);
                    call.gone();
                }
            });
        }

        private void take(String text) {
            if (call != null) {
                call.take(text);
                return;
            }
            try {
                JsonObject frame = new JsonObject(text);
                if (frame.getString("event", "").equals("start")) {
                    start(frame);
                }
            } catch (DecodeException | ClassCastException e) {
                socket.close((short) 1003, "start expected");
            }
        }

        private void start(JsonObject frame) {
            String from = Frames.of(frame).parameter(frame, "from_number");
            Expected plan = expected.remove(from);
            Script script = plan == null ? otherwise : plan.script();
            BotCall made = new BotCall(Bot.this, socket, frame, script, headers);
            call = made;
            if (script.voice() != null) {
                speaking.add(made);
            }
            for (Script.Step step : script.steps()) {
                vertx.setTimer(Math.max(1, step.afterMs()), id -> step.what().accept(made));
            }
            if (plan == null) {
                unexpected.add(made);
            } else {
                plan.call().complete(made);
            }
        }
    }
}
