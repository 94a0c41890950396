package io.segue.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is offered for review, and what follows from the labels: agreement, feedback and calibration. */
@QuarkusTest
@TestProfile(Labelling.Profile.class)
class ReviewsTest extends Labelling {
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

    @Test
    void aHumanIsOfferedTurnsOfTheCallsThatCameToThem() {
        archived(HAS, 1);
        archived(OTHER, 2);
        sql("insert into handoff (id, call, human) values ('h', '" + HAS + "', 'ann')");
        get("/reviews/next", Outside.HUMAN).statusCode(200).body("call", equalTo(HAS));
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
}
