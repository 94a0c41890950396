package io.segue.api;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.segue.audit.Entry;
import io.segue.audit.Written;
import io.segue.flow.record.AuditTrail;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(OrdersInTheTrailTest.Profile.class)
class OrdersInTheTrailTest {
    /** With a trail that tells what had been done when it got an entry. */
    public static final class Profile extends Outside.Base {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return and(WatchedTrail.class);
        }
    }

    @Alternative
    @Singleton
    static class WatchedTrail implements AuditTrail {
        private final List<String> entries = new CopyOnWriteArrayList<>();
        private final ScriptedCalls calls;

        WatchedTrail(ScriptedCalls calls) {
            this.calls = calls;
        }

        @Override
        public CompletionStage<Written> append(Entry entry) {
            return new CompletableFuture<>();
        }

        @Override
        public void record(Entry entry) {
            entries.add(entry.kind() + " after " + calls.orders.size());
        }
    }

    @Inject
    WatchedTrail trail;

    @Inject
    ScriptedCalls calls;

    @ParameterizedTest
    @CsvSource({"handoff,handoff.ordered", "return,call.returned", "hangup,call.hungup"})
    void anOrderIsOnItsWayToTheTrailBeforeTheCallIsToldAndDoesNotWaitForIt(String order, String kind) {
        order(order, ScriptedCalls.HAS, 202);
        assertEquals(List.of(kind + " after 0"), trail.entries);
        assertEquals(1, calls.orders.size());
    }

    @Test
    void whatACallRefusesIsSaidOfTheOrder() {
        order("handoff", ScriptedCalls.BUSY, 409);
        assertEquals(List.of("handoff.ordered after 0", "order.refused after 0"), trail.entries);
    }

    private void order(String order, String call, int status) {
        trail.entries.clear();
        calls.orders.clear();
        given().header("Authorization", "Bearer " + Outside.SUPERVISOR)
                .contentType("application/json")
                .post("/api/v1/calls/" + call + "/" + order)
                .then()
                .statusCode(status);
    }
}
