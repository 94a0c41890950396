package io.segue.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.segue.flow.record.ArchiveAway;
import io.segue.flow.review.Insights;
import io.segue.insight.By;
import io.segue.insight.CallLine;
import io.segue.insight.Finding;
import io.segue.insight.LoopMetric;
import io.segue.insight.Query;
import io.segue.insight.Row;
import io.segue.insight.Trend;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(InsightTest.Profile.class)
class InsightTest {
    @Inject
    ScriptedInsights insights;

    @BeforeEach
    void there() {
        insights.away = false;
        insights.rows = 1;
    }

    private static ValidatableResponse get(String query) {
        return given().header("Authorization", "Bearer " + Outside.REVIEWER)
                .urlEncodingEnabled(false)
                .get("/api/v1/insights" + query)
                .then();
    }

    private static void refuses(String query, String field, String what) {
        get(query)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].field", equalTo(field))
                .body("errors[0].message", containsString(what));
    }

    @Test
    void showsEachFigureWithItsN() {
        get("?agent=bot&by=version")
                .statusCode(200)
                .body("items[0].version", equalTo(3))
                .body("items[0].calls", equalTo(0))
                .body("items[0].handoffRate.value", nullValue())
                .body("items[0].handoffRate.n", equalTo(0))
                .body("items[0].handoffMs.p99", nullValue())
                .body("items[0].edgeConfidence.n", equalTo(0))
                .body("more", equalTo(false));
    }

    @Test
    void asksForTheLastFourWeeksByDayUnlessToldOtherwise() {
        get("").statusCode(200);
        assertEquals(List.of(By.DAY), insights.asked.by());
        assertEquals(Duration.ofDays(28), Duration.between(insights.asked.from(), insights.asked.to()));
        get("?by=total&agent=a&version=2&policy=canary&intent=i&queue=q&from=2026-03-01&to=2026-03-08T12:00:00Z")
                .statusCode(200);
        Instant from = Instant.parse("2026-03-01T00:00:00Z");
        Instant to = Instant.parse("2026-03-08T12:00:00Z");
        assertEquals(new Query("a", 2, "canary", "i", "q", List.of(), from, to, from, to), insights.asked);
        get("?by=agent,week").statusCode(200);
        assertEquals(List.of(By.AGENT, By.WEEK), insights.asked.by());
    }

    @Test
    void namesTheParameterThatIsWrong() {
        refuses("?by=hour", "by", "has to be total, or some of agent, version");
        refuses("?by=day,day", "by", "each once");
        refuses("?by=version", "agent", "a version is an agent's");
        refuses("?version=2", "agent", "a version is an agent's");
        refuses("?agent=a&version=0", "version", "has to be a whole number from 1");
        refuses("?policy=draft", "policy", "has to be current or canary");
        refuses("?from=yesterday", "from", "has to be a day such as");
        refuses("?to=2026-13-01", "to", "has to be a day such as");
        refuses("?from=2026-03-02&to=2026-03-02", "from", "has to be before to");
        get("?from=2025-01-01&to=2026-02-05").statusCode(200);
        refuses("?from=2025-01-01&to=2026-02-06", "from", "400 days");
        get("?intent=" + "x".repeat(256)).statusCode(200);
        refuses("?intent=" + "x".repeat(257), "intent", "256 characters or fewer");
        refuses("?queue=%00", "queue", "no U+0000");
    }

    @Test
    void cutsALongAnswerOffAndSaysSo() {
        insights.rows = 1_000;
        get("?by=total").body("items", hasSize(1_000)).body("more", equalTo(false));
        insights.rows = 1_001;
        get("?by=total").body("items", hasSize(1_000)).body("more", equalTo(true));
    }

    @Test
    void listsWhatMovesTheWrongWay() {
        get("/alarms")
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].agent", equalTo("bot"))
                .body("items[0].metric", equalTo("edit_rate"))
                .body("items[0].state", equalTo("worse"))
                .body("items[0].before.value", equalTo(0.1f))
                .body("items[0].after.n", equalTo(200));
        get("/alarms?state=all").body("items", hasSize(2));
        get("/alarms?state=too_few").body("items[0].z", nullValue()).body("items[0].before.n", equalTo(3));
        get("/alarms?state=bad").statusCode(400).body("errors[0].field", equalTo("state"));
    }

    @Test
    void listsTheCallsBehindAFigureUpToTwoHundred() {
        insights.rows = 200;
        get("/calls?agent=bot&queue=billing&from=2026-11-01&to=2026-11-02")
                .statusCode(200)
                .body("more", equalTo(false))
                .body("items", hasSize(200))
                .body("items[0].id", equalTo("c1"))
                .body("items[0].outcome", equalTo("contained"))
                .body("items[0].queue", nullValue());
        assertEquals("billing", insights.asked.queue());
        insights.rows = 201;
        get("/calls").body("more", equalTo(true)).body("items", hasSize(200));
        get("/calls?from=nonsense").statusCode(400).body("errors[0].field", equalTo("from"));
    }

    @Test
    void saysThatTheArchiveIsAway() {
        insights.away = true;
        get("").statusCode(503).body("detail", equalTo("PostgreSQL is away"));
        get("/calls").statusCode(503);
        get("/alarms").statusCode(503).header("Retry-After", "1");
    }

    /** The other ports, and figures without an archive. */
    public static final class Profile extends Outside.Base {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return and(ScriptedInsights.class);
        }
    }

    @Alternative
    @Singleton
    static class ScriptedInsights implements Insights {
        volatile boolean away;
        volatile int rows;
        volatile Query asked;

        @Override
        public CompletionStage<List<Row>> rows(Query query, int atMost) {
            if (away) {
                return CompletableFuture.failedFuture(new ArchiveAway("PostgreSQL is away"));
            }
            asked = query;
            Row none = Row.NONE;
            Row row = new Row(
                    query.by().equals(List.of(By.VERSION)) ? Map.of(By.VERSION, "3") : Map.of(),
                    none.calls(),
                    none.handoffRate(),
                    none.reached(),
                    none.handoffMs(),
                    none.waitMs(),
                    none.deadAirMs(),
                    none.resolutionSeconds(),
                    none.survival(),
                    none.lasted(),
                    none.sentimentShift(),
                    none.interventionRate(),
                    none.editRate(),
                    none.randomEditRate(),
                    none.rejectRate(),
                    none.confidence(),
                    none.edgeConfidence());
            return CompletableFuture.completedFuture(Collections.nCopies(Math.min(rows, atMost), row));
        }

        @Override
        public CompletionStage<List<CallLine>> calls(Query query, int atMost) {
            if (away) {
                return CompletableFuture.failedFuture(new ArchiveAway("PostgreSQL is away"));
            }
            asked = query;
            CallLine call = new CallLine(
                    "c1", "bot", null, "+1555", Instant.EPOCH, Instant.ofEpochMilli(9), "caller_hung_up", "contained");
            return CompletableFuture.completedFuture(Collections.nCopies(Math.min(rows, atMost), call));
        }

        @Override
        public CompletionStage<List<Finding>> findings() {
            return away
                    ? CompletableFuture.failedFuture(new ArchiveAway("PostgreSQL is away"))
                    : CompletableFuture.completedFuture(List.of(
                            finding(new Trend(LoopMetric.EDIT_RATE, 0.1, 100, 0.4, 200, 5.0, Trend.State.WORSE)),
                            finding(new Trend(
                                    LoopMetric.EDGE_CONFIDENCE, 0.7, 3, null, 0, null, Trend.State.TOO_FEW))));
        }

        private static Finding finding(Trend trend) {
            return new Finding("bot", trend, Instant.EPOCH, Instant.EPOCH);
        }
    }
}
