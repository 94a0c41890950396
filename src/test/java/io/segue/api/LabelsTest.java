package io.segue.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile.TestResourceEntry;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.segue.api.review.Redacting;
import io.segue.archive.PostgresTestResource;
import io.segue.flow.record.EventLog;
import io.segue.flow.record.Webhooks;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Labels, reviews, feedback and calibration over REST, on a real PostgreSQL. */
@QuarkusTest
@TestProfile(LabelsTest.Profile.class)
class LabelsTest {
    private static final String HAS = Outside.ScriptedCalls.HAS;
    private static final String OTHER = Outside.ScriptedCalls.OTHER;
    private static final String REJECTED = "{\"label\":\"rejected\",\"reason\":\"wrong amount\",\"severity\":\"high\"}";

    @Inject
    AgroalDataSource source;

    @Inject
    Pushes pushes;

    @Inject
    Outside.MemoryEvents events;

    @BeforeEach
    void nothingIsThere() {
        awaited(() -> given().get("/q/health/well").asString().contains("\"postgresql\": \"up\"")
                || given().get("/q/health/well").asString().contains("\"postgresql\":\"up\""));
        sql("truncate call cascade");
        sql("truncate label, review_lease");
        pushes.posted.clear();
    }

    private void sql(String statement) {
        try (Connection connection = source.getConnection();
                Statement open = connection.createStatement()) {
            open.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaited(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not within 20 s");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static ValidatableResponse asked(String method, String path, String body, String key, String... headers) {
        var request = given().header("Authorization", "Bearer " + key).contentType(ContentType.JSON);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.body(body)
                .urlEncodingEnabled(false)
                .request(method, "/api/v1" + path)
                .then();
    }

    private static ValidatableResponse label(String call, String turn, String body, String key, String... headers) {
        return asked("PUT", "/calls/" + call + "/turns/" + turn + "/label", body, key, headers);
    }

    private static ValidatableResponse get(String path, String key) {
        return asked("GET", path, "", key);
    }

    @Test
    void setsALabelWhoseAuthorAndRoleComeFromTheKey() {
        List<Map<String, Object>> heard = new CopyOnWriteArrayList<>();
        EventLog.Subscription subscription = events.subscribe(null, new EventLog.Listener() {
            @Override
            public void event(String id, String type, Map<String, Object> data) {
                if (type.equals("label")) {
                    heard.add(data);
                }
            }

            @Override
            public void reset() {}
        });
        label(
                        OTHER,
                        "t2",
                        "{\"label\":\"edited\",\"text\":\"Five days.\",\"reason\":\"policy 7\",\"severity\":\"low\"}",
                        Outside.SPECIALIST)
                .statusCode(201)
                .header("ETag", equalTo("\"1\""))
                .body("label", equalTo("edited"))
                .body("text", equalTo("Five days."))
                .body("severity", equalTo("low"))
                .body("reviewer", equalTo("key:sam"))
                .body("role", equalTo("specialist"))
                .body("version", equalTo(1))
                .body("at", notNullValue());
        get("/calls/" + OTHER + "/labels", Outside.REVIEWER)
                .statusCode(200)
                .body("items[0].turn", equalTo("t2"))
                .body("items[0].reviewer", equalTo("key:sam"));
        assertEquals(1, heard.size());
        assertEquals("key:sam", heard.getFirst().get("reviewer"));
        assertEquals(null, heard.getFirst().get("text"));
        subscription.close();
        Map<String, Object> pushed = pushes.posted.getFirst();
        assertEquals("Let me see", pushed.get("original"));
        assertEquals("Five days.", pushed.get("text"));
        assertEquals("refunds", pushed.get("agent"));
        awaited(() ->
                get("/audit?call=" + OTHER, Outside.ADMIN).extract().asString().contains("label.set"));
    }

    @Test
    void takesNoAuthorFromTheBody() {
        label(OTHER, "t2", "{\"label\":\"approved\",\"reviewer\":\"somebody\"}", Outside.SPECIALIST)
                .statusCode(400)
                .body("errors[0].field", equalTo("reviewer"));
    }

    @Test
    void labelsTurnsOfTheAgentAndIntentsOfTheCallerAndNothingElse() {
        label(OTHER, "t1", "{\"label\":\"edited\",\"text\":\"cancel_order\"}", Outside.REVIEWER)
                .statusCode(201);
        label(OTHER, "t1", "{\"label\":\"edited\",\"text\":\"refund\"}", Outside.REVIEWER)
                .statusCode(400)
                .body("errors[0].field", equalTo("text"));
        label(OTHER, "t2", "{\"label\":\"edited\",\"text\":\"Let me see\"}", Outside.REVIEWER)
                .statusCode(400);
        label(OTHER, "t0", REJECTED, Outside.REVIEWER).statusCode(409);
        label(OTHER, "t3", REJECTED, Outside.REVIEWER).statusCode(409);
    }

    @Test
    void saysThatThereIsNoSuchTurnOrCall() {
        label(OTHER, "nope", REJECTED, Outside.REVIEWER).statusCode(404).body("detail", containsString("turn"));
        label(OTHER, "%3Cscript%3E%0D%0A", REJECTED, Outside.REVIEWER).statusCode(404);
        label("0".repeat(32), "t2", REJECTED, Outside.REVIEWER).statusCode(404);
        label("nonsense", "t2", REJECTED, Outside.REVIEWER).statusCode(404);
    }

    @Test
    void aHumanLabelsTurnsOfTheCallsThatCameToThem() {
        label(HAS, "t2", REJECTED, Outside.HUMAN).statusCode(201).body("role", equalTo("human"));
        label(OTHER, "t2", REJECTED, Outside.HUMAN).statusCode(404);
    }

    @Test
    void namesEachFieldThatIsWrong() {
        for (String[] wrong : new String[][] {
            {"{}", "label"},
            {"{\"label\":\"good\"}", "label"},
            {"{\"label\":\"edited\"}", "text"},
            {"{\"label\":\"approved\",\"text\":\"x\"}", "text"},
            {"{\"label\":\"approved\",\"severity\":\"low\"}", "severity"},
            {"{\"label\":\"rejected\",\"severity\":\"huge\"}", "severity"},
            {"{\"label\":\"rejected\",\"reason\":7}", "reason"},
            {"{\"label\":\"rejected\",\"reason\":\"" + "x".repeat(2_001) + "\"}", "reason"},
            {"{\"label\":\"rejected\",\"lable\":1}", "lable"},
        }) {
            label(OTHER, "t2", wrong[0], Outside.REVIEWER)
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("errors.field", hasItem(wrong[1]));
        }
        label(OTHER, "t2", "{\"label\":\"rejected\",\"reason\":\"" + "x".repeat(2_000) + "\"}", Outside.REVIEWER)
                .statusCode(201);
    }

    @Test
    void tellsWhoHasLabelledItAndTakesAChangeOfTheVersionThatIsThere() {
        label(OTHER, "t2", REJECTED, Outside.SPECIALIST).statusCode(201);
        label(OTHER, "t2", REJECTED, Outside.REVIEWER)
                .statusCode(409)
                .body("detail", startsWith("key:sam (specialist) labelled it rejected at "))
                .body("detail", containsString("If-Match: \"1\""));
        label(OTHER, "t2", REJECTED, Outside.REVIEWER, "If-Match", "\"2\"")
                .statusCode(412)
                .body("detail", containsString("version 1"));
        label(OTHER, "t2", REJECTED, Outside.REVIEWER, "If-Match", "1")
                .statusCode(400)
                .body("errors[0].field", equalTo("If-Match"));
        label(OTHER, "t2", "{\"label\":\"approved\"}", Outside.REVIEWER, "If-Match", "\"1\"")
                .statusCode(200)
                .header("ETag", equalTo("\"2\""))
                .body("reviewer", equalTo("key:rex"));
    }

    @Test
    void ofTwoReviewersAtOnceOneWinsAndTheOtherIsTold() throws Exception {
        for (String turn : List.of("t2", "t4")) {
            CyclicBarrier together = new CyclicBarrier(2);
            List<Response> answers = new CopyOnWriteArrayList<>();
            List<Thread> both = new ArrayList<>();
            for (String key : List.of(Outside.SPECIALIST, Outside.REVIEWER)) {
                both.add(Thread.ofVirtual().start(() -> {
                    try {
                        together.await();
                        answers.add(label(OTHER, turn, REJECTED, key).extract().response());
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }));
            }
            for (Thread one : both) {
                one.join();
            }
            assertEquals(
                    List.of(201, 409),
                    answers.stream().map(Response::statusCode).sorted().toList());
            String winner = answers.stream()
                    .filter(answer -> answer.statusCode() == 201)
                    .findFirst()
                    .orElseThrow()
                    .path("reviewer");
            answers.stream()
                    .filter(answer -> answer.statusCode() == 409)
                    .forEach(answer -> assertTrue(answer.<String>path("detail").startsWith(winner + " ")));
        }
    }

    @Test
    void offersATurnWithWhatIsAroundItAndKeepsItForWhoeverAsked() {
        archived(OTHER, 1);
        String path = "/reviews/next?agent=refunds";
        get(path, Outside.REVIEWER)
                .statusCode(200)
                .body("call", equalTo(OTHER))
                .body("turn.id", equalTo("t1"))
                .body("turn.confidence", equalTo(0.2f))
                .body("turns.id", equalTo(List.of("t0", "t1", "t2")))
                .body("context", equalTo("/api/v1/calls/" + OTHER + "/context"))
                .body("label", equalTo("/api/v1/calls/" + OTHER + "/turns/t1/label"))
                .body("leaseUntil", notNullValue());
        label(OTHER, "t1", REJECTED, Outside.SPECIALIST)
                .statusCode(409)
                .body("detail", startsWith("key:rex has it before them until "));
        label(OTHER, "t1", REJECTED, Outside.REVIEWER).statusCode(201).body("slice", notNullValue());
        get("/reviews/next?agent=other", Outside.REVIEWER).statusCode(204);
        get("/reviews/next?agent=%3Cscript%3E", Outside.REVIEWER)
                .statusCode(400)
                .body("errors[0].field", equalTo("agent"));
    }

    /** A call that is over: a turn of the caller's between two of the agent's. */
    private void archived(String call, int n) {
        sql("insert into call (id, node, agent, started_at, document) values ('" + call
                + "', 'n', 'refunds', now() - interval '1 hour' + interval '1 second' * " + n + ", '{}')");
        sql("insert into turn (call, ordinal, id, speaker, text, intent, confidence) values ('" + call
                + "', 0, 't0', 'agent', 'Hello 4111', null, null), ('" + call
                + "', 1, 't1', 'caller', 'My <b>money</b>', 'refund', 0.2), ('" + call
                + "', 2, 't2', 'agent', 'Let me see', null, null)");
    }

    @Test
    void saysHowFarReviewersAgreeOverallAndByRole() {
        archived(OTHER, 1);
        sql("insert into label (call, turn, second, mark, reviewer, role, at, version, second_lot) values"
                + " ('" + OTHER + "', 't0', false, 'approved', 'a', 'specialist', now(), 1, 0),"
                + " ('" + OTHER + "', 't0', true, 'approved', 'b', 'specialist', now(), 1, 0),"
                + " ('" + OTHER + "', 't1', false, 'rejected', 'a', 'specialist', now(), 1, 0),"
                + " ('" + OTHER + "', 't1', true, 'rejected', 'b', 'specialist', now(), 1, 0),"
                + " ('" + OTHER + "', 't2', false, 'approved', 'a', 'specialist', now(), 1, 0),"
                + " ('" + OTHER + "', 't2', true, 'rejected', 'c', 'human', now(), 1, 0)");
        get("/reviews/agreement?agent=refunds", Outside.REVIEWER)
                .statusCode(200)
                .body("overall.turns", equalTo(3))
                .body("overall.kappa", equalTo(0.4f))
                .body("roles.specialist.turns", equalTo(2))
                .body("roles.specialist.kappa", equalTo(1.0f))
                .body("roles.'human+specialist'.turns", equalTo(1))
                .body("roles.'human+specialist'.kappa", equalTo(0.0f));
    }

    @Test
    void streamsFeedbackOverAllPages() {
        sql(
                "insert into call (id, node, agent, started_at, document)"
                        + " select md5(i::text), 'n', 'refunds', now() - interval '1 hour', '{}' from generate_series(1, 250) i");
        sql(
                "insert into turn (call, ordinal, id, speaker, text) select md5(i::text), o, 't' || o,"
                        + " case o when 0 then 'caller' else 'agent' end, 'turn ' || o || ' 4111' from generate_series(1, 250) i, generate_series(0, 2) o");
        sql(
                "insert into label (call, turn, mark, text, reviewer, role, at, version, second_lot)"
                        + " select md5(i::text), 't1', 'edited', 'better', 'ann', 'specialist', now(), 1, 0 from generate_series(1, 250) i");
        String sft = get("/feedback.jsonl?format=sft&agent=refunds", Outside.SUPERVISOR)
                .statusCode(200)
                .contentType("application/x-ndjson")
                .extract()
                .asString();
        List<String> lines = sft.lines().toList();
        assertEquals(250, lines.size());
        assertEquals(
                Set.of(
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"turn 0 4111\"},{\"role\":\"assistant\",\"content\":\"better\"}]}"),
                Set.copyOf(lines));
        assertEquals(500, lines("format=unpaired").size());
        assertEquals(
                250, lines("format=preference&label=edited&from=2000-01-01").size());
        assertEquals(List.of(), lines("format=preference&label=rejected"));
        assertEquals(List.of(), lines("format=sft&to=2000-01-01T00:00:00Z"));
        assertTrue(lines("format=unpaired&redact=true").stream().noneMatch(line -> line.contains("4111")));
    }

    private static List<String> lines(String query) {
        return get("/feedback.jsonl?" + query, Outside.SUPERVISOR)
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .toList();
    }

    @Test
    void refusesParametersThatItCannotTakeByName() {
        for (String[] wrong : new String[][] {
            {"label=approved", "format"},
            {"format=xml", "format"},
            {"format=sft&from=yesterday", "from"},
            {"format=sft&from=2026-02-01&to=2026-01-01", "to"},
            {"format=sft&label=good", "label"},
            {"format=sft&redact=maybe", "redact"},
            {"format=sft&agent=a%0D%0Ab", "agent"},
        }) {
            get("/feedback.jsonl?" + wrong[0], Outside.SUPERVISOR)
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("errors.field", equalTo(List.of(wrong[1])));
        }
    }

    /** 400 calls with one turn each: at 0.55 half are right, at 0.85 nine of ten, at 0.95 all. */
    private void labelled() {
        sql("insert into call (id, node, agent, started_at, document)"
                + " select md5(i::text), 'n', 'bot', now() - interval '1 hour', '{}' from generate_series(1, 600) i");
        sql(
                "insert into turn (call, ordinal, id, speaker, text, intent, confidence) select md5(i::text), 0, 't0', 'caller', 'x', 'refund',"
                        + " case i % 3 when 0 then 0.55 when 1 then 0.85 else 0.95 end from generate_series(1, 600) i");
        sql("insert into label (call, turn, mark, reviewer, role, at, version, second_lot)"
                + " select md5(i::text), 't0', case when i % 3 = 0 and i % 2 = 0 or i % 3 = 1 and i % 10 = 0 then 'rejected' else 'approved' end,"
                + " 'ann', 'specialist', now(), 1, 0 from generate_series(1, 600) i");
    }

    private static void anAgent() {
        asked(
                "PUT",
                "/agents/bot",
                "{\"owner\":\"team\",\"url\":\"wss://bot.example/s\",\"policy\":{\"intents\":{\"refund\":{\"risk\":0.9}}}}",
                Outside.ADMIN);
    }

    @Test
    void proposesAThresholdWithWhatItWouldDoAndChecksItOnOtherCalls() {
        anAgent();
        labelled();
        get("/agents/bot/calibration?errorBudget=0.05", Outside.REVIEWER)
                .statusCode(200)
                .body("agent", equalTo("bot"))
                .body("target.errorBudget", equalTo(0.05f))
                .body("overall.labels", equalTo(600))
                .body("intents[0].intent", equalTo("refund"))
                .body("intents[0].turns", equalTo(600))
                .body("intents[0].threshold", equalTo(0.85f))
                .body("intents[0].bins.size()", equalTo(10))
                .body("intents[0].bins[5].accuracy", equalTo(0.5f))
                .body("intents[0].bins[8].accuracy", equalTo(0.9f))
                .body("intents[0].bins[9].accuracy", equalTo(1.0f))
                .body("intents[0].calibrationError", equalTo(0.05f))
                .body("intents[0].proposal.threshold", equalTo(0.56f))
                .body("intents[0].proposal.learnt.labels", notNullValue())
                .body("intents[0].proposal.checked.error", notNullValue())
                .body("intents[0].proposal.checked.interventionRate", notNullValue());
        get("/agents/bot/calibration?slice=random", Outside.REVIEWER)
                .body("intents[0].proposal.refused", containsString("needs 50 labels"));
        get("/agents/bot/calibration?errorBudget=2", Outside.REVIEWER)
                .statusCode(400)
                .body("errors[0].field", equalTo("errorBudget"));
        get("/agents/bot/calibration?errorBudget=0.1&interventionRate=0.1", Outside.REVIEWER)
                .statusCode(400)
                .body("errors[0].field", equalTo("interventionRate"));
        get("/agents/nobody/calibration", Outside.REVIEWER).statusCode(404);
        assertEquals(1, lines("format=calibration&agent=bot").size());
    }

    @Test
    void anAcceptedProposalIsAChangeOfThePolicyBySomebody() {
        anAgent();
        labelled();
        String path = "/agents/bot/calibration/proposals/refund/accept";
        asked("POST", path, "{\"threshold\":0.6,\"errorBudget\":0.05}", Outside.ADMIN)
                .statusCode(409)
                .body("detail", equalTo("the proposal is 0.56 now"));
        asked("POST", path, "{\"errorBudget\":0.05}", Outside.ADMIN)
                .statusCode(400)
                .body("errors[0].field", equalTo("threshold"));
        asked("POST", path.replace("refund", "unknown"), "{\"threshold\":0.56}", Outside.ADMIN)
                .statusCode(404);
        asked("POST", path, "{\"threshold\":0.56,\"errorBudget\":0.05}", Outside.ADMIN)
                .statusCode(200)
                .body("policy.intents.refund.threshold", equalTo(0.56f))
                .body("policy.intents.refund.risk", equalTo(0.9f));
        get("/agents/bot", Outside.ADMIN).body("policy.intents.refund.threshold", equalTo(0.56f));
        awaited(() -> get("/audit", Outside.ADMIN).extract().asString().contains("calibration.accepted"));
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
                    Outside.MemoryDocuments.class,
                    Outside.MemoryVersions.class,
                    Outside.MemoryDesk.class,
                    Outside.MemoryEvents.class,
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
    static class CallsWithTurns extends Outside.ScriptedCalls {
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
