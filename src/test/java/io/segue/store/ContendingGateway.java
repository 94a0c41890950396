package io.segue.store;

import io.segue.flow.desk.Desk;
import io.segue.flow.desk.Desk.After;
import io.segue.flow.desk.Desk.Outcome;
import io.segue.flow.desk.Staff;
import io.segue.human.PresenceState;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A gateway in a process of its own that reserves and releases humans as fast as it can. Before it gives a human back it writes down when it had
 * them: {@code human from to}, from the answer to just before the release, in nanoseconds of the machine's clock.
 */
public final class ContendingGateway {
    static final int HUMANS = 16;
    static final int AT_A_TIME = 14;
    static final long LEASE_MS = 3_000;

    private ContendingGateway() {}

    static Limits limits() {
        return Limits.defaults().withDeskTimes(200, 1_500, 0);
    }

    static Staff staff() {
        List<Staff.Member> members = IntStream.range(0, HUMANS)
                .mapToObj(i -> new Staff.Member("h" + i, Set.of()))
                .toList();
        return new Staff() {
            @Override
            public List<Member> of(String queue) {
                return members;
            }

            @Override
            public Collection<String> everybody() {
                return members.stream().map(Member::human).toList();
            }
        };
    }

    static Store store(Vertx vertx, String uri, String node) {
        return new Store(
                Redis.createClient(vertx, uri),
                node,
                staff(),
                human -> null,
                System::currentTimeMillis,
                limits(),
                Gateways.SIGNING_KEY,
                call -> {});
    }

    /** Arguments: Redis, this gateway's name, the file, how many reservations to make. */
    public static void main(String[] arguments) throws Exception {
        Vertx vertx = Vertx.vertx();
        int wanted = Integer.parseInt(arguments[3]);
        try (Store store = store(vertx, arguments[0], arguments[1]);
                BufferedWriter log = Files.newBufferedWriter(Path.of(arguments[2]))) {
            Gateways.await("up", store::up);
            var turns = new Semaphore(AT_A_TIME);
            var got = new AtomicInteger();
            for (int i = 0; got.get() < wanted; i++) {
                turns.acquire();
                String handoff = arguments[1] + "-" + i;
                boolean rings = i % 3 == 0;
                store.desk()
                        .reserve(
                                new Desk.Request(handoff, "c" + i, "q", Set.of(), Set.of(), 1 + i % 2, LEASE_MS, false))
                        .whenComplete((outcome, error) -> {
                            long from = System.nanoTime();
                            if (outcome instanceof Outcome.Reserved some) {
                                // The human is kept for a moment, off the store's thread, as a ringing phone would.
                                vertx.setTimer(1 + RandomGenerator.getDefault().nextInt(2), timer -> {
                                    for (String human : some.humans()) {
                                        if (rings) {
                                            store.desk().state(human, handoff, PresenceState.RINGING);
                                        }
                                        write(log, human + " " + from + " " + System.nanoTime());
                                        store.desk()
                                                .release(human, handoff, rings ? After.END_OF_LINE : After.SAME_PLACE);
                                    }
                                    got.addAndGet(some.humans().size());
                                    turns.release();
                                });
                            } else {
                                turns.release();
                            }
                        });
            }
            turns.acquire(AT_A_TIME);
            if (store.counters().localReservations.sum()
                            + store.counters().errors.sum()
                    > 0) {
                throw new IllegalStateException("Redis was away or refused: this run shows nothing");
            }
            write(log, "done " + wanted + " " + got.get());
        }
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private static synchronized void write(BufferedWriter log, String line) {
        try {
            log.write(line + "\n");
            log.flush();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
