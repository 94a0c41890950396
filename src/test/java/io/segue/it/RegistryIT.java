package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.archive.TestPostgres;
import io.segue.bench.GatewayProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is configured, through the packaged gateway with a PostgreSQL: as a file, with its versions, by who has signed in. */
class RegistryIT {
    private static final String KEY = "Bearer 0123456789abcdef";
    private static GatewayProcess one;
    private static GatewayProcess other;

    @BeforeAll
    static void start() {
        one = gateway("registry-one", TestPostgres.freshUrl());
        other = gateway("registry-other", "");
        Until.holds("PostgreSQL is known to be there", () -> one.metric("segue_archive_up", "") == 1);
    }

    private static GatewayProcess gateway(String name, String postgres) {
        Map<String, String> keys = Map.of("SEGUE_API_KEYS", "ada:admin:0123456789abcdef");
        return FlowGateway.start(
                name,
                postgres.isEmpty()
                        ? keys
                        : Map.of(
                                "SEGUE_API_KEYS",
                                "ada:admin:0123456789abcdef",
                                "QUARKUS_DATASOURCE_JDBC_URL",
                                postgres));
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
    }

    private static HttpResponse<String> send(
            GatewayProcess gateway, String method, String path, String key, String type, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.http().resolve("/api/v1" + path))
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!key.isEmpty()) {
            request.header("Authorization", key);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static HttpResponse<String> json(GatewayProcess gateway, String method, String path, JsonObject body)
            throws IOException, InterruptedException {
        return send(gateway, method, path, KEY, "application/json", body.isEmpty() ? "" : body.encode());
    }

    private static HttpResponse<String> yaml(GatewayProcess gateway, String method, String query, String body)
            throws IOException, InterruptedException {
        return send(gateway, method, "/registry.yaml" + query, KEY, "application/yaml", body);
    }

    @Test
    void goesToAnotherGatewayAsAFileAndBackWithoutADifference() throws Exception {
        // Other tests' agents and humans have secrets, which no file carries.
        yaml(one, "PUT", "?prune=true", "{agents: {}, queues: {}, humans: {}}");
        json(one, "PUT", "/queues/billing", new JsonObject().put("name", "Billing & Zürich: 1"));
        json(
                one,
                "PUT",
                "/humans/fred",
                new JsonObject().put("contact", "sip:fred@192.0.2.9").put("role", "specialist"));
        json(
                one,
                "PUT",
                "/agents/moved",
                new JsonObject()
                        .put("owner", "human:fred")
                        .put("url", "wss://bot.example/media")
                        .put("numbers", new JsonArray().add("+15550177"))
                        .put("queue", "billing"));
        String file = yaml(one, "GET", "", "").body();
        HttpResponse<String> plan = yaml(other, "PUT", "?dryRun=true", file);
        assertEquals(200, plan.statusCode(), plan.body());
        assertEquals(404, json(other, "GET", "/agents/moved", new JsonObject()).statusCode());
        assertEquals(200, yaml(other, "PUT", "", file).statusCode());
        assertEquals(file, yaml(other, "GET", "", "").body());
        JsonObject again = new JsonObject(yaml(one, "PUT", "?prune=true", file).body());
        assertTrue(again.getJsonArray("changed").isEmpty(), again::encode);
        assertTrue(again.getJsonArray("deleted").isEmpty(), again::encode);
    }

    @Test
    void keepsEveryVersionInPostgresAndGoesBack() throws Exception {
        JsonObject agent = new JsonObject()
                .put("owner", "team")
                .put("url", "wss://bot.example/media")
                .put("auth", new JsonObject().put("type", "bearer").put("secret", "s3cret-of-the-bot"));
        assertEquals(201, json(one, "PUT", "/agents/kept", agent).statusCode());
        assertEquals(
                200,
                json(
                                one,
                                "PUT",
                                "/agents/kept?note=slower",
                                agent.copy().put("policy", new JsonObject().put("threshold", 0.6)))
                        .statusCode());
        JsonArray items = Until.found("the versions are there", () -> versions("kept"));
        assertEquals(2, items.size(), items.encode());
        assertEquals("slower", items.getJsonObject(0).getString("note"));
        assertEquals(
                "policy.threshold",
                items.getJsonObject(0).getJsonArray("changes").getJsonObject(0).getString("field"));
        assertFalse(items.encode().contains("s3cret"));
        HttpResponse<String> restored = json(one, "POST", "/agents/kept/versions/1/restore", new JsonObject());
        assertEquals(200, restored.statusCode(), restored.body());
        assertEquals(
                0.85, new JsonObject(restored.body()).getJsonObject("policy").getDouble("threshold"));
        assertEquals("\"3\"", restored.headers().firstValue("ETag").orElse(""));
        assertEquals(
                503,
                json(other, "GET", "/agents/kept/versions", new JsonObject()).statusCode());
    }

    private static java.util.Optional<JsonArray> versions(String agent) {
        try {
            HttpResponse<String> answer = json(one, "GET", "/agents/" + agent + "/versions", new JsonObject());
            return answer.statusCode() == 200
                    ? java.util.Optional.of(new JsonObject(answer.body()).getJsonArray("items"))
                    : java.util.Optional.empty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aHumanSignsInAndDoesWhatTheirRoleLetsThem() throws Exception {
        json(
                one,
                "PUT",
                "/humans/sue",
                new JsonObject().put("password", "open sesame").put("role", "supervisor"));
        HttpResponse<String> session = send(
                one,
                "POST",
                "/session",
                "",
                "application/json",
                new JsonObject()
                        .put("human", "sue")
                        .put("password", "open sesame")
                        .encode());
        assertEquals(200, session.statusCode(), session.body());
        String token = "Bearer " + new JsonObject(session.body()).getString("token");
        assertEquals(
                201,
                send(one, "PUT", "/queues/sues", token, "application/json", "{}")
                        .statusCode());
        assertEquals(
                403,
                send(one, "PUT", "/registry.yaml", token, "application/yaml", "{}")
                        .statusCode());
        assertEquals(
                401,
                send(other, "GET", "/queues", token, "application/json", "").statusCode());
    }
}
