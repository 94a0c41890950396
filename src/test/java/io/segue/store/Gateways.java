package io.segue.store;

import io.segue.flow.desk.Staff;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Stores as several gateways on one Redis would have them, for tests. */
final class Gateways implements AutoCloseable {
    static final byte[] SIGNING_KEY = "the same on every gateway of a test".getBytes(StandardCharsets.UTF_8);

    final Vertx vertx = Vertx.vertx();
    final Roster roster = new Roster();
    private final String uri;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Redis client;

    Gateways(URI uri) {
        this.uri = uri.toString();
        client = client();
    }

    /** Who serves which queue. */
    static final class Roster implements Staff {
        private final Map<String, List<Member>> queues = new ConcurrentHashMap<>();

        void queue(String queue, Member... members) {
            queues.put(queue, List.of(members));
        }

        void queue(String queue, Collection<String> humans) {
            queues.put(
                    queue,
                    humans.stream().map(human -> new Member(human, Set.of())).toList());
        }

        @Override
        public List<Member> of(String queue) {
            return queues.getOrDefault(queue, List.of());
        }

        @Override
        public Collection<String> everybody() {
            return queues.values().stream()
                    .flatMap(List::stream)
                    .map(Member::human)
                    .distinct()
                    .toList();
        }
    }

    /** Times short enough for tests; nobody waits for others to settle. */
    static Limits limits() {
        return Limits.defaults().withDeskTimes(100, 1_000, 0);
    }

    Store gateway(String node) {
        return gateway(node, limits(), human -> null, callId -> {});
    }

    Store gateway(String node, Limits limits, Home home, Consumer<String> fenced) {
        return gateway(node, limits, home, System::currentTimeMillis, SIGNING_KEY, fenced);
    }

    /** One whose clock or key is its own. */
    Store gateway(String node, LongSupplier clockMs, byte[] signingKey) {
        return gateway(node, limits(), human -> null, clockMs, signingKey, callId -> {});
    }

    private Store gateway(
            String node, Limits limits, Home home, LongSupplier clockMs, byte[] signingKey, Consumer<String> fenced) {
        var store = new Store(client(), node, roster, home, clockMs, limits, signingKey, fenced);
        open.add(store);
        return store;
    }

    private Redis client() {
        Redis redis = Redis.createClient(vertx, uri);
        open.add(redis::close);
        return redis;
    }

    /** Straight to Redis, past the code under test. */
    Response redis(Command command, Object... arguments) {
        Request request = Request.cmd(command);
        for (Object argument : arguments) {
            request.arg(argument.toString());
        }
        return get(client.send(request).toCompletionStage());
    }

    /** What is published on a channel from now on, past the code under test. */
    void listen(String channel, Consumer<String> heard) {
        var subscribed = new CompletableFuture<Void>();
        get(client().connect()
                .map(connection -> {
                    connection.handler(push -> {
                        if (push != null
                                && push.size() == 3
                                && push.get(0).toString().equals("message")) {
                            heard.accept(push.get(2).toString());
                        } else {
                            subscribed.complete(null);
                        }
                    });
                    return connection.send(Request.cmd(Command.SUBSCRIBE).arg(channel));
                })
                .toCompletionStage());
        get(subscribed);
    }

    static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 20 s: " + what);
            }
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
