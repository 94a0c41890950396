package io.segue.it;

import io.segue.bench.GatewayProcess;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads {@code GET /events} as a console does. */
final class EventStream implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Event> events = new CopyOnWriteArrayList<>();

    /** One of them. */
    record Event(String type, JsonObject data) {}

    private EventStream() {}

    /** Returns once the gateway has begun to answer: what happens from now on is read. */
    static EventStream open(GatewayProcess process) throws IOException, InterruptedException {
        EventStream stream = new EventStream();
        HttpRequest request = HttpRequest.newBuilder(process.http().resolve("/api/v1/events"))
                .header("Authorization", process.authorization())
                .build();
        HttpResponse<Stream<String>> response = stream.client.send(request, HttpResponse.BodyHandlers.ofLines());
        if (response.statusCode() != 200) {
            throw new AssertionError("GET /events was answered " + response.statusCode());
        }
        Thread.ofVirtual().start(() -> stream.read(response.body()));
        return stream;
    }

    private void read(Stream<String> lines) {
        String[] type = {""};
        try (lines) {
            lines.forEach(line -> {
                if (line.startsWith("event:")) {
                    type[0] = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    events.add(new Event(type[0], new JsonObject(line.substring(5))));
                }
            });
        } catch (java.io.UncheckedIOException e) {
            // It was closed.
        }
    }

    /** The first of a type that is as asked for, once it has come. */
    JsonObject event(String type, Predicate<JsonObject> such) {
        return Until.found("an event " + type, () -> events.stream()
                .filter(event -> event.type().equals(type) && such.test(event.data()))
                .map(Event::data)
                .findFirst());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
