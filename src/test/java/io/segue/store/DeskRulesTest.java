package io.segue.store;

import static io.segue.store.Gateways.await;
import static io.segue.store.Gateways.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.desk.Desk;
import io.segue.flow.desk.Desk.After;
import io.segue.flow.desk.Desk.Outcome;
import io.segue.flow.desk.Staff.Member;
import io.segue.human.Presence;
import io.segue.human.PresenceState;
import io.segue.store.dev.OwnRedis;
import io.vertx.redis.client.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DeskRulesTest {
    private static final int STEPS = 3_000;

    private static Set<String> skills(int human) {
        return human % 3 == 0 ? Set.of("german") : Set.of();
    }

    private static Desk.Request request(Random random, int step, List<String> humans) {
        return new Desk.Request(
                "h" + step,
                "c" + step,
                "q",
                random.nextInt(4) == 0 ? Set.of("german") : Set.of(),
                random.nextInt(3) == 0 ? Set.of(humans.get(random.nextInt(humans.size()))) : Set.of(),
                1 + random.nextInt(3),
                600_000,
                random.nextInt(3) == 0);
    }

    /** A human without the times, which differ between the two clocks. */
    private static String timeless(Presence presence) {
        return presence.human() + " " + presence.state() + " " + presence.handoff() + " " + presence.unanswered()
                + (presence.legLost() ? " without the leg" : "");
    }

    @Test
    void theScriptAndTheMemoryGiveTheSameAnswersToTheSameRandomSteps() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        List<String> humans = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            humans.add("human" + (char) ('a' + i));
        }
        Member[] members = humans.stream()
                .map(human -> new Member(human, skills(humans.indexOf(human))))
                .toArray(Member[]::new);
        try (var redis = OwnRedis.start();
                var gateways = new Gateways(redis.uri())) {
            gateways.redis(Command.FLUSHALL);
            gateways.roster.queue("q", members);
            Store store = gateways.gateway("a");
            await("up", store::up);
            Desk desk = store.desk();
            var line = new Line();
            long us = 1_000_000;
            int reserved = 0;
            for (int step = 0; step < STEPS; step++) {
                us += 1_000;
                String human = humans.get(random.nextInt(humans.size()));
                String handoff = line.get(human).handoff().isEmpty()
                        ? "none"
                        : line.get(human).handoff();
                switch (random.nextInt(11)) {
                    case 0, 1, 2 -> {
                        Desk.Request request = request(random, step, humans);
                        List<String> inMemory = line.reserve(request, List.of(members), "a", any -> true, us).stream()
                                .map(Place::human)
                                .toList();
                        List<String> inRedis =
                                get(desk.reserve(request)) instanceof Outcome.Reserved some ? some.humans() : List.of();
                        assertEquals(inRedis, inMemory, "step " + step + " of seed " + seed);
                        reserved += inRedis.size();
                    }
                    case 3, 4, 5 -> {
                        After after = After.values()[random.nextInt(4)];
                        desk.release(human, handoff, after);
                        line.release(human, handoff, after, us);
                    }
                    case 6 -> {
                        PresenceState state = random.nextBoolean() ? PresenceState.RINGING : PresenceState.TALKING;
                        desk.state(human, handoff, state);
                        line.state(human, handoff, state, us);
                    }
                    case 7, 8 -> {
                        boolean up = random.nextInt(3) > 0;
                        desk.standbyLeg(human, up);
                        line.standbyLeg(human, up, us);
                    }
                    case 9 -> {
                        String holder = "s" + step;
                        assertEquals(
                                get(desk.take(human, holder, "c", 600_000)),
                                line.take(human, holder, "c", "a", 600_000, us),
                                "step " + step + " of seed " + seed);
                    }
                    default -> {
                        boolean available = random.nextInt(4) > 0;
                        get(desk.choose(human, available));
                        line.choose(human, available, us);
                    }
                }
            }
            Function<Presence, String> by = DeskRulesTest::timeless;
            String inMemory = humans.stream()
                    .map(line::get)
                    .map(Place::presence)
                    .map(by)
                    .sorted()
                    .collect(Collectors.joining("\n"));
            // Releases and states are not answered: the last of them may still be on their way.
            await(
                    "the same in the end, seed " + seed,
                    () -> inMemory.equals(
                            get(desk.presences()).stream().map(by).sorted().collect(Collectors.joining("\n"))));
            assertTrue(reserved > STEPS / 20, "only " + reserved + " reservations in " + STEPS + " steps");
        }
    }

    @Test
    void aPlaceReadsAsItWasWritten() {
        var place = new Place(
                "a",
                Place.Chosen.LEG_LOST,
                PresenceState.TALKING,
                1_790_000_000_123L,
                1_790_000_000_123_456L,
                "h",
                "c",
                "n",
                5_000,
                1,
                true,
                42);
        assertEquals(place, Place.read(place.write()));
        assertEquals(Place.unknown("a"), Place.read(Place.unknown("a").write()));
    }

    @Test
    void everyHumanBelongsToOneGatewayAndOneThatLeavesMovesOnlyItsOwn() {
        List<String> three = List.of("a", "b", "c");
        int moved = 0;
        int[] share = new int[3];
        for (int i = 0; i < 3_000; i++) {
            String with = Rendezvous.pick("human" + i, three);
            String without = Rendezvous.pick("human" + i, List.of("b", "a"));
            share[three.indexOf(with)]++;
            if (!with.equals(without)) {
                assertEquals("c", with);
                moved++;
            }
        }
        assertEquals(share[2], moved);
        for (int each : share) {
            assertTrue(each > 850 && each < 1_150, "a share of " + each);
        }
    }
}
