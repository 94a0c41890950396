package io.segue.store;

import static io.segue.store.Gateways.await;
import static io.segue.store.Gateways.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.desk.Desk;
import io.segue.flow.desk.Desk.After;
import io.segue.flow.desk.Desk.Outcome;
import io.segue.human.PresenceState;
import io.segue.store.dev.OwnRedis;
import io.vertx.redis.client.Command;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StandbyDeskTest {
    private static OwnRedis redis;
    private Gateways gateways;
    private Store here;
    private Store there;

    @BeforeAll
    static void startRedis() {
        redis = OwnRedis.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void open() {
        gateways = new Gateways(redis.uri());
        gateways.redis(Command.FLUSHALL);
        gateways.roster.queue("q", List.of("anna", "bert"));
        here = gateways.gateway("a");
        there = gateways.gateway("b");
        await("up", () -> here.up() && there.up());
    }

    @AfterEach
    void close() throws Exception {
        gateways.close();
    }

    private void available(String... humans) {
        for (String human : humans) {
            get(here.desk().choose(human, true));
        }
    }

    /** The keeper as Redis has it. */
    private String keeper(String human) {
        var keeper = gateways.redis(Command.HGET, "segue:{humans}:keepers", human);
        return keeper == null ? null : keeper.toString();
    }

    private void standsByHere(String human) {
        here.desk().keep(human, true);
        await("kept", () -> "a".equals(keeper(human)));
    }

    @Test
    void aHumanWhoStandsByIsTakenAtOnceAndByNobodyElse() {
        available("anna");
        standsByHere("anna");
        assertTrue(get(here.desk().take("anna", "call-v1", "call", 60_000)));
        assertEquals(List.of(), reserve(here, "h1", 1));
        await("the other gateway knows", () -> reserve(there, "h2", 1).isEmpty());
        assertFalse(get(there.desk().take("anna", "other-v1", "other", 60_000)));
        here.desk().release("anna", "call-v1", Desk.After.SAME_PLACE);
        await("anna is free", () -> reserve(here, "h3", 1).equals(List.of("anna")));
    }

    private static List<String> reserve(Store on, String handoff, int atMost) {
        var request = new Desk.Request(handoff, "call-" + handoff, "q", Set.of(), Set.of(), atMost, 60_000, false);
        return get(on.desk().reserve(request)) instanceof Outcome.Reserved some ? some.humans() : List.of();
    }

    private static PresenceState seenBy(Store store, String human) {
        return get(store.desk().presences()).stream()
                .filter(p -> p.human().equals(human))
                .findFirst()
                .orElseThrow()
                .state();
    }

    @Test
    void whoStandsByHereIsReservedByNobodyElse() {
        available("anna", "bert");
        standsByHere("anna");
        assertEquals(List.of("bert"), reserve(there, "h1", 2));
        assertEquals(List.of("anna"), reserve(here, "h2", 1));
        assertEquals(List.of(), reserve(here, "h3", 1));
        await("the other gateway sees it", () -> seenBy(there, "anna") == PresenceState.RESERVED);
    }

    @Test
    void takesTurnsWithThoseWhoseLegIsNotHere() {
        available("bert", "anna");
        standsByHere("anna");
        assertEquals(List.of("bert"), reserve(here, "h1", 1));
        assertEquals(List.of("anna"), reserve(here, "h2", 1));
    }

    @Test
    void whatIsReservedHereIsReleasedAsAnyOther() {
        available("anna", "bert");
        standsByHere("anna");
        assertEquals(List.of("anna"), reserve(here, "h1", 1));
        here.desk().state("anna", "h1", PresenceState.TALKING);
        here.desk().release("anna", "h1", After.END_OF_LINE);
        assertEquals(List.of("bert"), reserve(here, "h2", 1));
        await("anna again", () -> reserve(here, "h3", 1).equals(List.of("anna")));
    }

    @Test
    void aLegThatIsGoneMakesTheHumanEverybodysAgain() {
        available("anna");
        standsByHere("anna");
        assertEquals(List.of(), reserve(there, "h1", 1));
        here.desk().keep("anna", false);
        await("not kept", () -> keeper("anna") == null);
        assertEquals(List.of("anna"), reserve(there, "h2", 1));
    }

    @Test
    void aGatewayThatIsGoneKeepsNobody() throws Exception {
        available("anna");
        standsByHere("anna");
        assertEquals(List.of(), reserve(there, "h1", 1));
        here.close();
        await("free for others", () -> reserve(there, "h2", 1).equals(List.of("anna")));
    }

    @Test
    void keepsAgainWhatRedisForgot() {
        available("anna");
        standsByHere("anna");
        gateways.redis(Command.CLIENT, "KILL", "TYPE", "normal");
        await("away seen", () -> !here.up() || "a".equals(keeper("anna")));
        await("kept again", () -> here.up() && "a".equals(keeper("anna")));
        assertEquals(List.of("anna"), reserve(here, "h1", 1));
    }

    @Test
    void neverReservesAHumanTwiceWhileBothGatewaysTryAndLegsComeAndGo() {
        available("anna", "bert");
        Map<String, AtomicReference<String>> holders =
                Map.of("anna", new AtomicReference<>(), "bert", new AtomicReference<>());
        Set<String> doubled = ConcurrentHashMap.newKeySet();
        var got = new AtomicInteger();
        List<Thread> tries = List.of(here, there).stream()
                .map(store -> Thread.ofVirtual().start(() -> {
                    for (int i = 0; i < 400; i++) {
                        String handoff = "h" + System.identityHashCode(store) + "-" + i;
                        if (store == here && i % 40 == 0) {
                            store.desk().keep("anna", i % 80 == 0);
                        }
                        for (String human : reserve(store, handoff, 1)) {
                            if (!holders.get(human).compareAndSet(null, handoff)) {
                                doubled.add(human + " by " + handoff);
                            }
                            got.incrementAndGet();
                            holders.get(human).set(null);
                            store.desk().release(human, handoff, After.END_OF_LINE);
                        }
                    }
                }))
                .toList();
        await("all have tried", () -> tries.stream().noneMatch(Thread::isAlive));
        assertEquals(Set.of(), doubled);
        assertTrue(got.get() > 100, "only " + got + " reservations");
    }
}
