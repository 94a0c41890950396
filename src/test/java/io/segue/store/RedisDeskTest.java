package io.segue.store;

import static io.segue.store.Gateways.await;
import static io.segue.store.Gateways.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.desk.Desk;
import io.segue.flow.desk.Desk.After;
import io.segue.flow.desk.Desk.Outcome;
import io.segue.flow.desk.Staff.Member;
import io.segue.human.PresenceState;
import io.vertx.redis.client.Command;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisDeskTest extends OnRedis {
    private Desk desk;

    @BeforeEach
    void open() {
        Store store = gateways.gateway("a");
        await("up", store::up);
        desk = store.desk();
    }

    private void team(String... humans) {
        gateways.roster.queue("q", List.of(humans));
        for (String human : humans) {
            get(desk.choose(human, true));
        }
    }

    private static Desk.Request request(String handoff, int atMost, long leaseMs, boolean prewarm, String... except) {
        return new Desk.Request(handoff, "call-" + handoff, "q", Set.of(), Set.of(except), atMost, leaseMs, prewarm);
    }

    private List<String> reserve(Desk on, Desk.Request request) {
        return switch (get(on.reserve(request))) {
            case Outcome.Reserved reserved -> reserved.humans();
            case Outcome.NoneFree none -> List.of();
        };
    }

    private List<String> reserve(String handoff) {
        return reserve(desk, request(handoff, 1, 60_000, false));
    }

    private PresenceState stateOf(String human) {
        return get(desk.presences()).stream()
                .filter(p -> p.human().equals(human))
                .findFirst()
                .orElseThrow()
                .state();
    }

    @Test
    void reservesTheLongestIdleFirstAndNobodyTwice() {
        team("c", "a", "b");
        assertEquals(List.of("c"), reserve("h1"));
        assertEquals(List.of("a", "b"), reserve(desk, request("h2", 5, 60_000, false)));
        assertInstanceOf(Outcome.NoneFree.class, get(desk.reserve(request("h3", 1, 60_000, false))));
    }

    @Test
    void whoWasNotAskedKeepsTheirPlaceAndWhoTalkedGoesToTheEndOfTheLine() {
        team("a", "b", "c");
        assertEquals(List.of("a"), reserve("h1"));
        desk.release("a", "h1", After.SAME_PLACE);
        assertEquals(List.of("a"), reserve("h2"));
        desk.state("a", "h2", PresenceState.RINGING);
        desk.state("a", "h2", PresenceState.TALKING);
        desk.release("a", "h2", After.END_OF_LINE);
        assertEquals(List.of("b", "c", "a"), reserve(desk, request("h3", 3, 60_000, false)));
    }

    @Test
    void twoUnansweredInARowMakeAHumanAwayAndATalkBetweenThemDoesNot() {
        team("a");
        reserve("h1");
        desk.release("a", "h1", After.UNANSWERED);
        reserve("h2");
        desk.state("a", "h2", PresenceState.TALKING);
        desk.release("a", "h2", After.END_OF_LINE);
        reserve("h3");
        desk.release("a", "h3", After.UNANSWERED);
        assertEquals(List.of("a"), reserve("h4"));
        desk.release("a", "h4", After.UNANSWERED);
        assertEquals(List.of(), reserve("h5"));
        assertEquals(PresenceState.AWAY, stateOf("a"));
        assertEquals(PresenceState.AVAILABLE, get(desk.choose("a", true)).state());
        assertEquals(List.of("a"), reserve("h6"));
    }

    @Test
    void aLostLegMakesAHumanAway() {
        team("a");
        reserve("h1");
        desk.release("a", "h1", After.AWAY);
        assertEquals(List.of(), reserve("h2"));
        assertEquals(PresenceState.AWAY, stateOf("a"));
    }

    @Test
    void takesOneHumanWhateverTheyChoseUnlessSomebodyHasThem() {
        team("a", "b");
        assertTrue(get(desk.take("a", "call-v1", "call", 60_000)));
        assertEquals(List.of("b"), reserve(desk, request("h1", 2, 60_000, false)));
        assertFalse(get(desk.take("b", "call-v1", "call", 60_000)));
        assertFalse(get(desk.take("a", "other-v1", "other", 60_000)));
        desk.state("a", "call-v1", PresenceState.TALKING);
        await("talking", () -> stateOf("a") == PresenceState.TALKING);
        get(desk.choose("a", false));
        desk.release("a", "call-v1", After.SAME_PLACE);
        await("away", () -> stateOf("a") == PresenceState.AWAY);
        assertTrue(get(desk.take("a", "other-v1", "other", 60_000)));
        desk.release("a", "other-v1", After.SAME_PLACE);
        await("away again", () -> stateOf("a") == PresenceState.AWAY);
    }

    @Test
    void onlyTheHandoffThatHoldsAHumanCanReleaseThem() {
        team("a");
        reserve("h1");
        desk.release("a", "h2", After.END_OF_LINE);
        desk.state("a", "h2", PresenceState.TALKING);
        assertEquals(List.of(), reserve("h3"));
        assertEquals(PresenceState.RESERVED, stateOf("a"));
    }

    @Test
    void asksForEverySkillAndLeavesOutWhoWasTried() {
        gateways.roster.queue(
                "q",
                new Member("a", Set.of()),
                new Member("b", Set.of("german")),
                new Member("c", Set.of("german", "refunds")));
        for (String human : List.of("a", "b", "c")) {
            get(desk.choose(human, true));
        }
        var german = new Desk.Request("h1", "c1", "q", Set.of("german"), Set.of("b"), 3, 60_000, false);
        assertEquals(List.of("c"), reserve(desk, german));
        assertEquals(List.of("a"), reserve(desk, request("h2", 1, 60_000, false, "b")));
    }

    @Test
    void preWarmsAtMostAFifthOfTheFreeHumansOfAQueue() {
        team(IntStream.range(0, 10).mapToObj(i -> "h" + i).toArray(String[]::new));
        assertEquals(List.of("h0"), reserve(desk, request("w1", 1, 60_000, true)));
        assertEquals(List.of("h1"), reserve(desk, request("w2", 3, 60_000, true)));
        assertEquals(List.of(), reserve(desk, request("w3", 1, 60_000, true)));
        assertEquals(List.of("h2"), reserve("r1"));
        desk.release("h2", "r1", After.SAME_PLACE);
        desk.release("h0", "w1", After.SAME_PLACE);
        assertEquals(List.of("h0"), reserve(desk, request("w4", 2, 60_000, true)));
    }

    @Test
    void alwaysAllowsOnePreWarmAndASecondOneOnlyOnceTheFirstTalks() {
        team("a", "b");
        assertEquals(List.of("a"), reserve(desk, request("w1", 1, 60_000, true)));
        assertEquals(List.of(), reserve(desk, request("w2", 1, 60_000, true)));
        desk.state("a", "w1", PresenceState.TALKING);
        assertEquals(List.of("b"), reserve(desk, request("w3", 1, 60_000, true)));
    }

    @Test
    void anExpiredReservationFreesTheHumanAtTheirPlaceAndTellsWhoWaits() {
        team("a", "b");
        assertEquals(List.of("a"), reserve(desk, request("h1", 1, 300, false)));
        assertEquals(List.of("b"), reserve("h2"));
        var told = new AtomicInteger();
        Desk.Cancel watch = desk.whenFree("q", told::incrementAndGet);
        await("told", () -> told.get() > 0);
        assertEquals(List.of("a"), reserve("h3"));
        watch.cancel();
        int before = told.get();
        desk.release("a", "h3", After.SAME_PLACE);
        assertEquals(List.of("a"), reserve("h4"));
        assertEquals(before, told.get());
    }

    @Test
    void aRenewedReservationDoesNotExpire() {
        team("a");
        reserve(desk, request("h1", 1, 400, false));
        long until = System.nanoTime() + 1_200_000_000L;
        await("time passes", () -> {
            desk.renew("a", "h1");
            return System.nanoTime() > until;
        });
        assertEquals(List.of(), reserve("h2"));
        await("expired once nobody renews", () -> reserve("h3").equals(List.of("a")));
    }

    @Test
    void whoGoesAwayWhileTalkingIsAwayAfterwards() {
        team("a");
        reserve("h1");
        desk.state("a", "h1", PresenceState.TALKING);
        assertEquals(PresenceState.TALKING, get(desk.choose("a", false)).state());
        desk.release("a", "h1", After.END_OF_LINE);
        assertEquals(List.of(), reserve("h2"));
        assertEquals(PresenceState.AWAY, stateOf("a"));
    }

    @Test
    void choosingAvailableTwiceKeepsThePlace() {
        team("a", "b");
        get(desk.choose("a", true));
        assertEquals(List.of("a"), reserve("h1"));
    }

    @Test
    void anotherGatewaySeesReservationsAndHearsOfFreedHumans() {
        team("a");
        Store other = gateways.gateway("b");
        await("up", other::up);
        reserve("h1");
        assertEquals(List.of(), reserve(other.desk(), request("h2", 1, 60_000, false)));
        await("seen", () -> get(other.desk().presences()).getFirst().state() == PresenceState.RESERVED);
        var told = new AtomicInteger();
        other.desk().whenFree("q", told::incrementAndGet);
        desk.release("a", "h1", After.SAME_PLACE);
        await("told", () -> told.get() > 0);
        assertEquals(List.of("a"), reserve(other.desk(), request("h3", 1, 60_000, false)));
    }

    @Test
    void goesOnWhenRedisForgetsItsScripts() {
        team("a");
        gateways.redis(Command.SCRIPT, "FLUSH");
        assertEquals(List.of("a"), reserve("h1"));
    }

    @Test
    void refusesIdsThatWouldBreakItsRecords() {
        assertThrows(IllegalArgumentException.class, () -> desk.choose("a|b", true));
        assertThrows(IllegalArgumentException.class, () -> desk.release("a", "h\n1", After.AWAY));
        assertThrows(IllegalArgumentException.class, () -> desk.state("a", "h1", PresenceState.AVAILABLE));
    }

    @Test
    void whoseStandbyLegIsLostIsAwayUntilItIsUpUnlessTheyChoseToBeAway() {
        team("a");
        desk.standbyLeg("a", false);
        await("away for the leg", () -> stateOf("a") == PresenceState.AWAY);
        assertTrue(get(desk.presences()).getFirst().legLost());
        assertEquals(List.of(), reserve("h1"));
        desk.standbyLeg("a", true);
        await("there again", () -> stateOf("a") == PresenceState.AVAILABLE);
        desk.standbyLeg("a", false);
        assertFalse(get(desk.choose("a", false)).legLost());
        desk.standbyLeg("a", true);
        assertEquals(List.of(), reserve("h2"));
        assertEquals(PresenceState.AWAY, stateOf("a"));
        assertEquals(PresenceState.AVAILABLE, get(desk.choose("a", true)).state());
    }

    @Test
    void keepsTheTagOfHumansOnEveryKeyOfTheDesk() {
        team("a");
        reserve(desk, request("h1", 1, 60_000, true));
        for (var key : gateways.redis(Command.KEYS, "*")) {
            assertTrue(
                    key.toString().startsWith("segue:{humans}:")
                            || key.toString().startsWith("segue:{documents}:"),
                    key.toString());
        }
    }
}
