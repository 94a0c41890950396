package io.segue.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.segue.flow.record.ArchiveAway;
import io.segue.flow.review.PastCalls;
import io.segue.policy.Shadow.PastCall;
import io.segue.turn.Speaker;
import io.segue.turn.Turn;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ShadowTest.Profile.class)
class ShadowTest {
    private static final Instant BEGIN = Instant.parse("2026-01-12T09:00:00Z");

    @Inject
    MemoryArchive archive;

    @BeforeEach
    void anAgent() {
        archive.count = 1_500;
        archive.away = false;
        asked("PUT", "/api/v1/agents/bot", "{\"owner\":\"team\",\"url\":\"wss://bot.example/s\"}", Outside.ADMIN);
    }

    @AfterEach
    void none() {
        asked("DELETE", "/api/v1/agents/bot", "", Outside.ADMIN).statusCode(204);
    }

    private static ValidatableResponse asked(String method, String path, String body, String key) {
        return given().header("Authorization", "Bearer " + key)
                .contentType(ContentType.JSON)
                .body(body)
                .request(method, path)
                .then();
    }

    private static ValidatableResponse shadow(String body) {
        return asked("POST", "/api/v1/agents/bot/shadow", body, Outside.SUPERVISOR);
    }

    @Test
    void saysWhatTheDraftWouldHaveHandedOffAndWhichCallsDiffer() {
        // Every fourth call has a turn of 0.5, every other fourth one of 0.87.
        shadow("{\"policy\":{\"threshold\":0.9}}")
                .statusCode(200)
                .body("calls", equalTo(1_500))
                .body("turns", equalTo(3_000))
                .body("handoffs.current", equalTo(375))
                .body("handoffs.draft", equalTo(750))
                .body("differ", equalTo(375))
                .body("differences", hasSize(375))
                .body("differences[0].call", equalTo("call-1498"))
                .body("differences[0].current", equalTo(null))
                .body("differences[0].draft.turn", equalTo("t2"))
                .body("differences[0].draft.reason", equalTo("low_confidence"))
                .body("differences[0].draft.detail", equalTo("confidence 0.87 below 0.9"))
                .body("more", equalTo(false));
    }

    @Test
    void listsAThousandDifferencesAndCountsThemAll() {
        shadow("{\"policy\":{\"rules\":[{\"id\":\"r\",\"then\":{\"do\":\"handoff\"}}]}}")
                .body("differ", equalTo(1_500))
                .body("differences", hasSize(1_000));
    }

    @Test
    void takesACallLimitAndSaysWhereToGoOn() {
        String next = shadow("{\"policy\":{},\"limit\":1499}")
                .body("calls", equalTo(1_499))
                .body("more", equalTo(true))
                .extract()
                .path("next");
        shadow("{\"policy\":{},\"after\":\"" + next + "\"}")
                .body("calls", equalTo(1))
                .body("more", equalTo(false))
                .body("next", equalTo(null));
        shadow("{\"policy\":{},\"limit\":100001}").statusCode(400);
        shadow("{\"policy\":{},\"limit\":0}").statusCode(400);
    }

    @Test
    void answersWithinItsTimeWithAsManyCallsAsItGotDone() {
        archive.count = Integer.MAX_VALUE;
        shadow("{\"policy\":{},\"limit\":100000}").statusCode(200).body("more", equalTo(true));
    }

    @Test
    void takesCallsOfATimeOnly() {
        shadow("{\"policy\":{},\"from\":\"2026-01-12T09:00:10Z\",\"to\":\"2026-01-12T09:00:20Z\"}")
                .body("calls", equalTo(10));
        shadow("{\"policy\":{},\"from\":\"yesterday\",\"after\":\"x\"}")
                .statusCode(400)
                .body("errors[0].field", equalTo("from"))
                .body("errors[0].message", equalTo("has to be a time such as 2026-01-31T00:00:00Z"))
                .body("errors[1].message", equalTo("has to be the next of an earlier answer"));
    }

    @Test
    void refusesADraftAsItWouldRefuseThePolicy() {
        shadow("{}").statusCode(400).body("errors[0].field", equalTo("policy"));
        shadow("{\"policy\":{\"threshold\":1.7}}").statusCode(400).body("errors[0].field", equalTo("policy.threshold"));
    }

    @Test
    void answers503WithoutAnArchiveAnd404WithoutTheAgent() {
        archive.away = true;
        shadow("{\"policy\":{}}")
                .statusCode(503)
                .contentType("application/problem+json")
                .body("detail", equalTo("PostgreSQL is away"));
        asked("POST", "/api/v1/agents/nobody/shadow", "{\"policy\":{}}", Outside.ADMIN)
                .statusCode(404)
                .body("detail", containsString("nobody"));
    }

    @Test
    void isForThoseWhoMaySeeToAPolicy() {
        for (String key : List.of(Outside.HUMAN, Outside.REVIEWER, Outside.SPECIALIST)) {
            asked("POST", "/api/v1/agents/bot/shadow", "{\"policy\":{}}", key).statusCode(403);
        }
    }

    /** The other ports, and an archive in memory. */
    public static final class Profile extends Outside.Base {
        /** A page of the replay may take a second of a machine that is busy. */
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
            settings.put("segue.api.timeout", "3s");
            return settings;
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return and(MemoryArchive.class);
        }
    }

    /** Calls of two turns, one a second; the latest first. */
    @Alternative
    @Singleton
    static class MemoryArchive implements PastCalls {
        volatile int count;
        volatile boolean away;

        @Override
        public CompletionStage<Page> page(Query query, @Nullable Place after, int sizeMax) {
            if (away) {
                return CompletableFuture.failedFuture(new ArchiveAway("PostgreSQL is away"));
            }
            int top = after == null ? count : (int) (after.began().getEpochSecond() - BEGIN.getEpochSecond());
            List<PastCall> calls = IntStream.iterate(top - 1, i -> i >= 0, i -> i - 1)
                    .mapToObj(MemoryArchive::call)
                    .filter(call -> query.from() == null || !call.answered().isBefore(query.from()))
                    .filter(call -> query.to() == null || call.answered().isBefore(query.to()))
                    .limit(sizeMax + 1L)
                    .toList();
            boolean more = calls.size() > sizeMax;
            List<PastCall> page = more ? calls.subList(0, sizeMax) : calls;
            return CompletableFuture.supplyAsync(() -> new Page(
                    page,
                    more ? new Place(page.getLast().answered(), page.getLast().id()) : null));
        }

        private static PastCall call(int i) {
            double low = i % 4 == 0 ? 0.5 : i % 4 == 2 ? 0.87 : 0.99;
            return new PastCall("call-" + i, BEGIN.plusSeconds(i), List.of(turn("t1", 0.99), turn("t2", low)), null);
        }

        private static Turn turn(String id, double confidence) {
            return new Turn(id, Speaker.CALLER, "hello", null, confidence, null, null, Map.of(), 0, 0, false);
        }
    }
}
