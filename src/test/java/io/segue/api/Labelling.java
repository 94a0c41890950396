package io.segue.api;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTestProfile.TestResourceEntry;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.segue.api.review.Redacting;
import io.segue.archive.PostgresTestResource;
import io.segue.flow.record.Webhooks;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;

/** Calls with turns to label, over REST, on a real PostgreSQL; every test begins without labels. */
abstract class Labelling {
    static final String HAS = ScriptedCalls.HAS;
    static final String OTHER = ScriptedCalls.OTHER;

    static final String REJECTED = "{\"label\":\"rejected\",\"reason\":\"wrong amount\",\"severity\":\"high\"}";

    @Inject
    AgroalDataSource source;

    @Inject
    Pushes pushes;

    @Inject
    MemoryEvents events;

    @BeforeEach
    void nothingIsThere() {
        awaited(() -> given().get("/q/health/well").asString().contains("\"postgresql\": \"up\"")
                || given().get("/q/health/well").asString().contains("\"postgresql\":\"up\""));
        sql("truncate call cascade");
        sql("truncate label, review_lease");
        pushes.posted.clear();
    }

    void sql(String statement) {
        try (Connection connection = source.getConnection();
                Statement open = connection.createStatement()) {
            open.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static void awaited(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not within 20 s");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    static ValidatableResponse asked(String method, String path, String body, String key, String... headers) {
        var request = given().header("Authorization", "Bearer " + key).contentType(ContentType.JSON);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.body(body)
                .urlEncodingEnabled(false)
                .request(method, "/api/v1" + path)
                .then();
    }

    static ValidatableResponse label(String call, String turn, String body, String key, String... headers) {
        return asked("PUT", "/calls/" + call + "/turns/" + turn + "/label", body, key, headers);
    }

    static ValidatableResponse get(String path, String key) {
        return asked("GET", path, "", key);
    }

    /** A call that is over: a turn of the caller's between two of the agent's. */
    void archived(String call, int n) {
        sql("insert into call (id, node, agent, started_at, document) values ('" + call
                + "', 'n', 'refunds', now() - interval '1 hour' + interval '1 second' * " + n + ", '{}')");
        sql("insert into turn (call, ordinal, id, speaker, text, intent, confidence) values ('" + call
                + "', 0, 't0', 'agent', 'Hello 4111', null, null), ('" + call
                + "', 1, 't1', 'caller', 'My <b>money</b>', 'refund', 0.2), ('" + call
                + "', 2, 't2', 'agent', 'Let me see', null, null)");
    }

    /** Switches a PostgreSQL and calls with turns on. */
    public static final class Profile extends Outside.Base {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("segue.api.timeout", "10s");
            return settings;
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(
                    MemoryDocuments.class,
                    MemoryVersions.class,
                    MemoryDesk.class,
                    MemoryEvents.class,
                    CallsWithTurns.class,
                    Pushes.class,
                    NoCards.class);
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(PostgresTestResource.class));
        }
    }

    /** Remembers what is pushed. */
    @Alternative
    @Singleton
    static class Pushes implements Webhooks {
        final List<Map<String, Object>> posted = new CopyOnWriteArrayList<>();

        @Override
        public void post(String type, Map<String, Object> data) {
            assertEquals("label", type);
            posted.add(data);
        }
    }

    /** Knows one card. */
    @Alternative
    @Singleton
    static class NoCards implements Redacting {
        @Override
        public String of(String text) {
            return text.replace("4111", "****");
        }
    }

    /** The scripted calls with turns: t1 the caller's, t3 a human's, t2 and t4 the agent's. */
    @Alternative
    @Singleton
    static class CallsWithTurns extends ScriptedCalls {
        @Override
        public CompletionStage<Optional<Map<String, Object>>> get(String callId) {
            return super.get(callId)
                    .thenCompose(found -> CompletableFuture.completedStage(found.map(call -> {
                        Map<String, Object> document = new HashMap<>(call);
                        document.put("agent", "refunds");
                        document.put(
                                "turns",
                                List.of(
                                        Map.of("id", "t0", "speaker", "caller", "text", "Hello"),
                                        Map.of("id", "t1", "speaker", "caller", "text", "My money", "intent", "refund"),
                                        Map.of("id", "t2", "speaker", "agent", "text", "Let me see"),
                                        Map.of("id", "t3", "speaker", "human", "text", "Hi"),
                                        Map.of("id", "t4", "speaker", "agent", "text", "Bye")));
                        return document;
                    })));
        }
    }
}
