package io.segue.store;

import static io.segue.store.Gateways.await;
import static io.segue.store.Gateways.get;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.signoff.Request.Kind;
import io.vertx.redis.client.Command;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisBoardTest extends OnRedis {
    private Store a;
    private Store b;

    @BeforeEach
    void open() {
        a = gateways.gateway("a");
        b = gateways.gateway("b");
        await("up", () -> a.up() && b.up());
    }

    @Test
    void everyGatewaySeesWhatWaitsAndNoLongerWhatIsDecided() {
        put(a, "c-s1", System.currentTimeMillis() + 60_000);
        await("b sees it", () -> ids(b, Kind.SIGNOFF).equals(List.of("c-s1")));
        assertEquals(List.of("c-s1"), ids(a, Kind.SIGNOFF));
        assertEquals(List.of(), ids(b, Kind.APPROVAL));
        a.board().remove(Kind.SIGNOFF, "c-s1");
        await("b sees it gone", () -> ids(b, Kind.SIGNOFF).isEmpty());
    }

    @Test
    void whatALostGatewayLeftIsTakenAwayAMinuteAfterItsDeadline() {
        long now = System.currentTimeMillis();
        put(a, "c-s1", now - 61_000);
        put(a, "c-s2", now - 50_000);
        await(
                "they are there",
                () -> gateways.redis(Command.HLEN, RedisBoard.key(Kind.SIGNOFF)).toLong() == 2);
        assertEquals(List.of("c-s2"), ids(b, Kind.SIGNOFF));
        await(
                "one is gone",
                () -> gateways.redis(Command.HLEN, RedisBoard.key(Kind.SIGNOFF)).toLong() == 1);
    }

    @Test
    void aRedisThatLostItsMemoryGetsThemAgain() {
        put(a, "c-s1", System.currentTimeMillis() + 60_000);
        await("b sees it", () -> ids(b, Kind.SIGNOFF).equals(List.of("c-s1")));
        gateways.redis(Command.DEL, RedisBoard.key(Kind.SIGNOFF));
        gateways.redis(Command.CLIENT, "KILL", "TYPE", "normal", "SKIPME", "yes");
        await("b sees it again", () -> ids(b, Kind.SIGNOFF).equals(List.of("c-s1")));
    }

    @Test
    void whatIsTooLargeIsShownWithoutItsEvidence() {
        a.board()
                .put(
                        Kind.APPROVAL,
                        "c-t1",
                        Map.of(
                                "id",
                                "c-t1",
                                "node",
                                "a",
                                "deadlineAt",
                                System.currentTimeMillis() + 60_000,
                                "evidence",
                                Map.of("text", "x".repeat(Limits.defaults().documentBytesMax()))),
                        System.currentTimeMillis() + 60_000);
        await("b sees it", () -> ids(b, Kind.APPROVAL).equals(List.of("c-t1")));
        assertEquals(false, get(b.board().all(Kind.APPROVAL)).getFirst().containsKey("evidence"));
    }

    @Test
    void asMuchIsShownAsThereIsRoomForAndWhoWaitsInAnyCase() {
        long deadline = System.currentTimeMillis() + 60_000;
        Map<String, Object> whole = Map.of(
                "id", "c-s1", "node", "n", "deadlineAt", deadline, "action", Map.of("id", "a1"), "evidence", Map.of());
        Map<String, Object> bare =
                Map.of("id", "c-s1", "node", "n", "deadlineAt", deadline, "action", Map.of("id", "a1"));
        Map<String, Object> head = Map.of("id", "c-s1", "node", "n", "deadlineAt", deadline, "leftOut", true);
        int bytes = Json.write(whole).length();
        int less = Json.write(bare).length();
        assertEquals(whole, shown("whole", bytes, whole, deadline));
        assertEquals(bare, shown("bare", bytes - 1, whole, deadline));
        assertEquals(bare, shown("just", less, whole, deadline));
        assertEquals(head, shown("head", less - 1, whole, deadline));
    }

    @Test
    void whatIsDecidedMakesRoom() {
        long deadline = System.currentTimeMillis() + 60_000;
        Map<String, Object> one = Map.of("id", "c-s1", "node", "n", "deadlineAt", deadline, "evidence", Map.of());
        Store store = board("roomy", Json.write(one).length());
        for (int n = 0; n < 3; n++) {
            store.board().put(Kind.SIGNOFF, "c-s1", one, deadline);
            store.board().put(Kind.SIGNOFF, "c-s1", one, deadline);
            assertEquals(List.of(one), get(store.board().all(Kind.SIGNOFF)));
            store.board().remove(Kind.SIGNOFF, "c-s1");
        }
    }

    private Map<String, Object> shown(String node, int room, Map<String, Object> document, long deadline) {
        Store store = board(node, room);
        store.board().put(Kind.SIGNOFF, "c-s1", document, deadline);
        Map<String, Object> shown = get(store.board().all(Kind.SIGNOFF)).getFirst();
        store.board().remove(Kind.SIGNOFF, "c-s1");
        return shown;
    }

    private Store board(String node, int room) {
        Store store = gateways.gateway(node, Gateways.limits().withBoard(room), human -> null, callId -> {});
        await("up", store::up);
        return store;
    }

    private static void put(Store by, String id, long deadline) {
        by.board().put(Kind.SIGNOFF, id, Map.of("id", id, "node", "a", "deadlineAt", deadline), deadline);
    }

    private static List<String> ids(Store store, Kind kind) {
        return get(store.board().all(kind)).stream()
                .map(document -> String.valueOf(document.get("id")))
                .toList();
    }
}
