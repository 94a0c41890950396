package io.segue.demo;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** A running gateway as anybody outside knows it: where it takes calls, and its REST interface. */
public final class Gateway implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

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

    /** Where it takes calls. */
    public InetSocketAddress sip() {
        return sip;
    }

    /** Writes a document. */
    public void put(String path, JsonObject document) {
        exchange("PUT", path, document.encode());
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

    private void exchange(String method, String path, String body) {
        HttpResponse<String> response = send(method, path, body);
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
