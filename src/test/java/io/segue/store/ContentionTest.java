package io.segue.store;

import static io.segue.store.Gateways.await;
import static io.segue.store.Gateways.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.desk.Desk;
import io.segue.flow.desk.Desk.Outcome;
import io.segue.human.PresenceState;
import io.segue.store.dev.OwnRedis;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways in two processes want the same humans; one is killed midway. */
class ContentionTest {
    private static final int RESERVATIONS = 10_000;
    private static final int BEFORE_THE_KILL = 2_500;

    @TempDir
    Path directory;

    /** Somebody had a human, in nanoseconds of the machine's clock, which its processes share. */
    private record Hold(String gateway, String human, long from, long to) {}

    private Process gateway(OwnRedis redis, String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ContendingGateway.class.getName(),
                        redis.uri().toString(),
                        name,
                        log(name).toString(),
                        "" + (RESERVATIONS - BEFORE_THE_KILL))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".out").toFile())
                .start();
    }

    private Path log(String name) {
        return directory.resolve(name + ".log");
    }

    /** Waits until a gateway has written about so many reservations down; by the size of the file, so that looking costs nothing. */
    private void awaitHolds(String name, int holds) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (!Files.exists(log(name)) || Files.size(log(name)) < holds * 38L) {
            assertTrue(System.nanoTime() < deadline, name + " is too slow");
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private List<Hold> holds(String name) throws IOException {
        var holds = new ArrayList<Hold>();
        for (String line : Files.readAllLines(log(name))) {
            String[] f = line.split(" ");
            if (f.length == 3 && !f[0].equals("done")) {
                holds.add(new Hold(name, f[0], Long.parseLong(f[1]), Long.parseLong(f[2])));
            }
        }
        return holds;
    }

    @Test
    void tenThousandContendedReservationsOfTwoProcessesDoubleAndLeakNoneThoughOneIsKilled() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (OwnRedis redis = OwnRedis.start();
                Store watcher = ContendingGateway.store(vertx, redis.uri().toString(), "watcher")) {
            await("up", watcher::up);
            for (String human : ContendingGateway.staff().everybody()) {
                get(watcher.desk().choose(human, true));
            }
            Process killed = gateway(redis, "killed");
            Process survivor = gateway(redis, "survivor");
            try {
                awaitHolds("survivor", 500);
                awaitHolds("killed", BEFORE_THE_KILL);
                killed.destroyForcibly();
                assertTrue(killed.waitFor(10, TimeUnit.SECONDS));
                assertTrue(survivor.waitFor(40, TimeUnit.SECONDS), "the survivor takes too long");
            } finally {
                killed.destroyForcibly();
                survivor.destroyForcibly();
            }
            assertEquals(0, survivor.exitValue(), Files.readString(directory.resolve("survivor.out")));
            List<Hold> all = new ArrayList<>(holds("killed"));
            all.addAll(holds("survivor"));
            assertTrue(all.size() >= RESERVATIONS, "only " + all.size() + " reservations");
            assertEquals(0, doubled(all));
            await(
                    "all free again once the lease of the killed is over",
                    () -> get(watcher.desk().presences()).stream()
                            .allMatch(presence -> presence.state() == PresenceState.AVAILABLE));
            var everybody = new Desk.Request("last", "last", "q", Set.of(), Set.of(), 99, 60_000, false);
            assertTrue(get(watcher.desk().reserve(everybody)) instanceof Outcome.Reserved some
                    && some.humans().size() == ContendingGateway.HUMANS);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void theCheckFindsAHumanWhoWasHadTwice() {
        var twice = List.of(
                new Hold("a", "h", 10, 20),
                new Hold("b", "h", 19, 30),
                new Hold("a", "g", 19, 30),
                new Hold("b", "h", 30, 40));
        assertEquals(1, doubled(twice));
    }

    private static int doubled(List<Hold> holds) {
        Map<String, Hold> last = new HashMap<>();
        int doubled = 0;
        for (Hold hold :
                holds.stream().sorted(Comparator.comparingLong(Hold::from)).toList()) {
            Hold before = last.put(hold.human(), hold);
            if (before != null && before.to() > hold.from()) {
                doubled++;
            }
        }
        return doubled;
    }
}
