package io.segue.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody's web server that takes the gateway's pushes, or at first refuses them. */
final class Receiver {
    /** A push, taken or not. */
    record Push(long arrivalNanos, JsonObject body, String signature, int answered) {
        String type() {
            return body.getString("type");
        }

        JsonObject data() {
            return body.getJsonObject("data");
        }
    }

    private final HttpServer server;
    private final List<Push> pushes = new CopyOnWriteArrayList<>();
    private final Map<String, AtomicInteger> refusals = new ConcurrentHashMap<>();

    Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "webhook receiver");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::take);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    }

    /** Answers 500 to the next so many contexts of a call. */
    void refuse(String call, int times) {
        refusals.put(call, new AtomicInteger(times));
    }

    /** The pushes of a type about a call, in the order they came. */
    List<Push> of(String type, String call) {
        return pushes.stream()
                .filter(p -> p.type().equals(type))
                .filter(p -> call.equals(p.data().getString("call"))
                        || call.equals(p.data().getString("id")))
                .toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonObject body =
                    new JsonObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            String call = body.getJsonObject("data").getString("call", "");
            AtomicInteger left = refusals.get(call);
            boolean refused = body.getString("type").equals("context") && left != null && left.getAndDecrement() > 0;
            int status = refused ? 500 : 204;
            String signature = exchange.getRequestHeaders().getFirst("X-Segue-Signature");
            pushes.add(new Push(System.nanoTime(), body, signature == null ? "" : signature, status));
            exchange.sendResponseHeaders(status, -1);
        }
    }
}
