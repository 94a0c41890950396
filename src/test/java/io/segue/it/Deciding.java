package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.bench.GatewayProcess;
import io.segue.demo.Gateway;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What agents ask of people and what people answer, over the wires that both use. */
final class Deciding {
    private Deciding() {}

    /** Somebody's decision. */
    static HttpResponse<String> decide(Gateway at, String list, String id, JsonObject decision) {
        return at.send("POST", "/" + list + "/" + id, decision.encode());
    }

    static HttpResponse<String> redeem(Gateway at, String id, JsonObject what) {
        return at.send("POST", "/signoffs/" + id + "/redeem", what.encode());
    }

    /** The agent asks leave for a payment. */
    static void ask(TestCall call, String id, double amount) {
        call.bot().tell("action", action(id, amount)).join();
    }

    /** The public keys of tokens, as a gateway publishes them. */
    static JsonObject keys(GatewayProcess gateway) throws IOException {
        try (InputStream published =
                gateway.http().resolve("/.well-known/jwks.json").toURL().openStream()) {
            return new JsonObject(new String(published.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static JsonObject action(String id, double amount) {
        return new JsonObject()
                .put("id", id)
                .put("type", "payment.authorize")
                .put("amount", amount)
                .put("currency", "USD")
                .put("summary", "pays")
                .put("payload", new JsonObject().put("to", "x"));
    }

    static JsonObject turn(String id, String text) {
        return new JsonObject().put("id", id).put("speaker", "agent").put("text", text);
    }

    static JsonObject decision(String word) {
        return new JsonObject().put("decision", word);
    }

    static JsonObject token(String token) {
        return new JsonObject().put("token", token);
    }

    static String forged(String token) {
        String[] parts = token.split("\\.");
        return parts[0] + "." + parts[1] + "." + "A".repeat(parts[2].length());
    }

    static List<Object> maps(JsonObject keys) {
        return keys.getJsonArray("keys").stream()
                .map(key -> (Object) ((JsonObject) key).getMap())
                .toList();
    }

    static Optional<JsonObject> pending(Gateway gateway, String list, String id) {
        return gateway.get("/" + list + "?state=pending").flatMap(found -> found.getJsonArray("items").stream()
                .map(item -> (JsonObject) item)
                .filter(item -> item.getString("id").equals(id))
                .findFirst());
    }

    static JsonObject body(int status, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        return new JsonObject(response.body());
    }

    static void refused(int status, String kind, HttpResponse<String> response) {
        assertEquals("urn:segue:problem:" + kind, body(status, response).getString("type"));
    }

    static JsonObject heard(TestCall call, String event) {
        return Until.found("an event " + event, () -> last(call, event));
    }

    static Optional<JsonObject> last(TestCall call, String event) {
        return call.bot().heard().stream()
                .filter(h -> h.event().equals(event))
                .map(h -> h.frame().getJsonObject(event))
                .reduce((one, other) -> other);
    }

    static long count(TestCall call, String event) {
        return call.bot().heard().stream().filter(h -> h.event().equals(event)).count();
    }
}
