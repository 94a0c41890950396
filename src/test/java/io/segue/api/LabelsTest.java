package io.segue.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.segue.flow.record.EventLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Labelling.Profile.class)
class LabelsTest extends Labelling {
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
}
