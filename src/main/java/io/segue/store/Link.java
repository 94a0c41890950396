package io.segue.store;

import io.segue.flow.record.StoreAway;
import io.vertx.core.AsyncResult;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One connection to Redis that comes back by itself. Commands are pipelined in order. When it is lost, or an answer does not come in time, every
 * command on its way fails with {@link StoreAway} first, in order, and only then {@code down} is told; so whoever falls back to memory sees its
 * commands in the order it sent them. Everything here runs on the store's thread.
 */
final class Link {
    private static final Logger LOG = Logger.getLogger(Link.class);

    private final String name;
    private final Redis redis;
    private final StoreThread thread;
    private final Limits.Connection limits;
    private final Counters counters;
    private final Listener listener;
    private final List<Script> scripts;
    private final Deque<Sent> sent = new ArrayDeque<>();
    private final Deque<Sent> queued = new ArrayDeque<>();
    private @Nullable RedisConnection connection;
    private boolean up;
    private boolean closed;
    private int attempt;
    private int tries;

    /** Told of the connection's life, on the store's thread. */
    interface Listener {
        void up();

        void down();

        /** Something that Redis pushed (pub/sub). */
        default void pushed(Response message) {}
    }

    /** Not a record: each is itself alone. */
    private static final class Sent {
        private final Request request;
        private final CompletableFuture<@Nullable Response> answer = new CompletableFuture<>();
        private final long timeoutMs;
        private long deadline;

        Sent(Request request, long timeoutMs) {
            this.request = request;
            this.timeoutMs = timeoutMs;
        }
    }

    Link(
            String name,
            Redis redis,
            StoreThread thread,
            Limits.Connection limits,
            Counters counters,
            List<Script> scripts,
            Listener listener) {
        this.name = name;
        this.redis = redis;
        this.thread = thread;
        this.limits = limits;
        this.counters = counters;
        this.scripts = scripts;
        this.listener = listener;
    }

    void start() {
        thread.every(Math.max(20, Math.min(250, limits.commandTimeoutMs() / 4)), this::watch);
        connect();
    }

    boolean up() {
        return up;
    }

    /** Commands not sent yet. */
    int queued() {
        return queued.size();
    }

    /** Commands not answered yet. */
    int pending() {
        return sent.size() + queued.size();
    }

    void close() {
        closed = true;
        drop("closed");
    }

    /** Sends a command; the answer comes on the store's thread. */
    CompletableFuture<@Nullable Response> send(Request request) {
        return send(request, limits.commandTimeoutMs());
    }

    CompletableFuture<@Nullable Response> send(Request request, long timeoutMs) {
        if (!up || queued.size() >= limits.queuedMax()) {
            return CompletableFuture.failedFuture(away());
        }
        return offer(request, timeoutMs);
    }

    /** Runs a script by its name, and by its text where Redis has forgotten it. */
    CompletableFuture<@Nullable Response> eval(Script script, List<String> keys, List<String> arguments) {
        return send(request(Command.EVALSHA, script.sha1(), keys, arguments))
                .exceptionallyCompose(error -> isNoScript(error)
                        ? send(request(Command.EVAL, script.text(), keys, arguments))
                        : CompletableFuture.failedFuture(error));
    }

    /** Whether the failure means that Redis could not be reached or does not serve us now, rather than a bug. */
    static boolean isAway(@Nullable Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause instanceof StoreAway;
    }

    private static StoreAway away() {
        return new StoreAway("Redis is away");
    }

    private static boolean isNoScript(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return String.valueOf(cause.getMessage()).startsWith("NOSCRIPT");
    }

    private static Request request(Command command, String script, List<String> keys, List<String> arguments) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        arguments.forEach(request::arg);
        return request;
    }

    private CompletableFuture<@Nullable Response> offer(Request request, long timeoutMs) {
        var waiting = new Sent(request, timeoutMs);
        queued.add(waiting);
        flush();
        return waiting.answer;
    }

    private void flush() {
        RedisConnection on = connection;
        while (on != null && !queued.isEmpty() && sent.size() < limits.inFlightMax()) {
            Sent next = queued.remove();
            next.deadline = System.nanoTime() + next.timeoutMs * 1_000_000;
            sent.add(next);
            int mine = attempt;
            on.send(next.request).onComplete(result -> thread.execute(() -> answered(mine, next, result)));
        }
    }

    private void answered(int of, Sent command, AsyncResult<Response> result) {
        if (of != attempt || !sent.remove(command)) {
            return;
        }
        if (result.succeeded()) {
            command.answer.complete(result.result());
        } else if (isRefusal(result.cause()) && !meansAway(result.cause())) {
            if (!isNoScript(result.cause())) {
                counters.errors.increment();
                LOG.errorf("Redis refused a command: %s", result.cause().getMessage());
            }
            command.answer.completeExceptionally(result.cause());
        } else {
            command.answer.completeExceptionally(away());
            drop(String.valueOf(result.cause().getMessage()));
        }
        flush();
    }

    private static boolean isRefusal(Throwable error) {
        return error instanceof Response answer && answer.type() == ResponseType.ERROR;
    }

    /** Answers of a Redis that is loading, a replica now, full, or stuck: it is there, but not for us. */
    private static boolean meansAway(Throwable error) {
        String text = String.valueOf(error.getMessage());
        for (String start : List.of(
                "LOADING",
                "READONLY",
                "MASTERDOWN",
                "CLUSTERDOWN",
                "BUSY",
                "MISCONF",
                "OOM",
                "CONNECTION_CLOSED",
                "NOREPLICAS",
                "TRYAGAIN")) {
            if (text.startsWith(start)) {
                return true;
            }
        }
        return false;
    }

    private void connect() {
        if (closed) {
            return;
        }
        int mine = ++attempt;
        redis.connect().onComplete(result -> thread.execute(() -> connected(mine, result)));
        thread.after(limits.connectTimeoutMs(), () -> {
            if (mine == attempt && !up) {
                drop("no connection in time");
            }
        });
    }

    private void connected(int of, AsyncResult<RedisConnection> result) {
        if (of != attempt || closed) {
            if (result.succeeded()) {
                var unused = result.result().close();
            }
            return;
        }
        if (result.failed()) {
            drop(String.valueOf(result.cause().getMessage()));
            return;
        }
        RedisConnection fresh = result.result();
        connection = fresh;
        fresh.handler(message -> thread.execute(() -> pushed(of, message)));
        fresh.exceptionHandler(error -> thread.execute(() -> ended(of, String.valueOf(error.getMessage()))));
        fresh.endHandler(end -> thread.execute(() -> {
            if (of == attempt) {
                connection = null;
                drop("Redis closed the connection");
            }
        }));
        var ready = new ArrayList<CompletableFuture<?>>();
        ready.add(offer(Request.cmd(Command.PING), limits.commandTimeoutMs()));
        for (Script script : scripts) {
            ready.add(offer(Request.cmd(Command.SCRIPT).arg("LOAD").arg(script.text()), limits.commandTimeoutMs()));
        }
        var unused = CompletableFuture.allOf(ready.toArray(new CompletableFuture<?>[0]))
                .whenComplete((done, error) -> {
                    if (of == attempt && error == null) {
                        up = true;
                        LOG.logf(tries > 0 ? Logger.Level.INFO : Logger.Level.DEBUG, "Redis is there (%s)", name);
                        tries = 0;
                        listener.up();
                    } else if (of == attempt) {
                        drop(String.valueOf(error.getMessage()));
                    }
                });
    }

    private void pushed(int of, @Nullable Response message) {
        if (of == attempt && message != null) {
            listener.pushed(message);
        }
    }

    private void ended(int of, String why) {
        if (of == attempt) {
            drop(why);
        }
    }

    private void watch() {
        Sent oldest = sent.peek();
        if (oldest != null && System.nanoTime() - oldest.deadline > 0) {
            drop("no answer in time");
        }
    }

    /** Gives the connection up, fails what was on its way, tells, and tries again after a while. */
    void drop(String why) {
        attempt++;
        boolean was = up;
        up = false;
        RedisConnection old = connection;
        connection = null;
        if (old != null) {
            var unused = old.close();
        }
        var failed = new ArrayList<>(sent);
        failed.addAll(queued);
        sent.clear();
        queued.clear();
        failed.forEach(command -> command.answer.completeExceptionally(away()));
        if (was) {
            counters.lost.increment();
            listener.down();
        }
        if (closed) {
            return;
        }
        if (was || tries == 0) {
            LOG.warnf("Redis is away (%s): %s", name, why);
        }
        long backoff = Math.min(limits.backoffMaxMs(), limits.backoffFirstMs() << Math.min(tries++, 10));
        thread.after(backoff / 2 + ThreadLocalRandom.current().nextLong(backoff / 2 + 1), this::connect);
    }

    /** An answer's items as text; of none, none. */
    static List<String> texts(@Nullable Response response) {
        return response == null
                ? List.of()
                : response.stream().map(Response::toString).toList();
    }

    /** What to do with each answer, or with none. A bug in it is logged, not lost. */
    static <T> void then(CompletableFuture<T> answer, Consumer<T> good, Consumer<Throwable> bad) {
        answer.whenComplete((value, error) -> {
                    if (error == null) {
                        good.accept(value);
                    } else {
                        bad.accept(error);
                    }
                })
                .exceptionally(error -> {
                    if (!isAway(error) && !(error.getCause() instanceof Response)) {
                        LOG.error("Handling an answer of Redis failed", error);
                    }
                    return null;
                });
    }
}
