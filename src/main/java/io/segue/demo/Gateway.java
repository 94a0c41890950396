package io.segue.demo;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A running gateway as anybody outside knows it: where it takes calls, and its REST interface. */
public final class Gateway implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofMillis(200);
    private static final int UNAVAILABLE = 503;

    private final InetSocketAddress sip;
    private final URI rest;
    private final String authorization;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /**
     * @param sip where it takes calls, UDP
     * @param rest the base of its REST interface, up to and with {@code /api/v1}
     * @param authorization the value of the Authorization header, {@code Bearer <secret>}; empty: none is sent
     */
    public Gateway(InetSocketAddress sip, URI rest, String authorization) {
        this.sip = sip;
        this.rest = rest;
        this.authorization = authorization;
    }

    /** The one on this machine, at these ports. */
    static Gateway here(int sipPort, int httpPort, @Nullable String authorization) {
        return new Gateway(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), sipPort),
                URI.create("http://127.0.0.1:" + httpPort + "/api/v1"),
                authorization == null ? "" : authorization);
    }

    /** Where it takes calls. */
    public InetSocketAddress sip() {
        return sip;
    }

    /** Writes a document. A gateway that has just started may not have its PostgreSQL yet, and says so: it is asked again. */
    public void put(String path, JsonObject document) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        HttpResponse<String> response = send("PUT", path, document.encode());
        while (response.statusCode() == UNAVAILABLE && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(AGAIN.toNanos());
            response = send("PUT", path, document.encode());
        }
        good("PUT", path, response);
    }

    /** Orders something. */
    public void post(String path, JsonObject document) {
        exchange("POST", path, document.encode());
    }

    /** Removes a document; one that is gone already is fine. */
    public void delete(String path) {
        send("DELETE", path, "");
    }

    /** Reads a document, if it is there. */
    public Optional<JsonObject> get(String path) {
        HttpResponse<String> response = send("GET", path, "");
        return response.statusCode() == 200 ? Optional.of(new JsonObject(response.body())) : Optional.empty();
    }

    /** What it answered, whatever that is. */
    public record Answer(int status, String body) {
        public boolean isGood() {
            return status / 100 == 2;
        }

        /** The sentence of a problem (RFC 9457), else the body. */
        public String why() {
            try {
                JsonObject problem = new JsonObject(body);
                String detail = problem.getString("detail", problem.getString("title", body));
                return problem.containsKey("errors") ? detail + " " + problem.getValue("errors") : detail;
            } catch (DecodeException | ClassCastException e) {
                return body;
            }
        }
    }

    /** Asks for something that may be refused. Throws {@link DemoFailed} when nobody answers. */
    public Answer ask(String method, String path, @Nullable JsonObject body) {
        HttpResponse<String> response = send(method, path, body == null ? "" : body.encode());
        return new Answer(response.statusCode(), response.body());
    }

    private void exchange(String method, String path, String body) {
        good(method, path, send(method, path, body));
    }

    private static void good(String method, String path, HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) {
            throw new DemoFailed(
                    method + " " + path + " was answered " + response.statusCode() + ": " + response.body());
        }
    }

    /** Asks for something, whatever is answered; an empty body is none. */
    public HttpResponse<String> send(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(rest + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new DemoFailed(method + " " + rest + path
                    + " failed: no gateway answers there; is it running, and is this its address?");
        } catch (IOException e) {
            throw new DemoFailed(method + " " + rest + path + " failed: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailed("interrupted");
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
