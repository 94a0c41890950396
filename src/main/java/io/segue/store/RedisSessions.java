package io.segue.store;

import io.segue.flow.record.EndedSessions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sessions that were ended: a key each, which lives as long as the token would have. */
final class RedisSessions implements EndedSessions {
    /** Two gateways' clocks differ by less. */
    private static final long CLOCKS_MS = 60_000;

    private final Link link;
    private final StoreThread thread;

    RedisSessions(Link link, StoreThread thread) {
        this.link = link;
        this.thread = thread;
    }

    @Override
    public CompletionStage<Void> end(String session, long forMs) {
        return send(
                Request.cmd(Command.SET).arg(key(session)).arg("1").arg("PX").arg(Math.max(0, forMs) + CLOCKS_MS),
                set -> null);
    }

    @Override
    public CompletionStage<Boolean> has(String session) {
        return send(Request.cmd(Command.EXISTS).arg(key(session)), found -> found != null && found.toInteger() == 1);
    }

    private <T extends @Nullable Object> CompletionStage<T> send(
            Request request, Function<@Nullable Response, T> read) {
        var answer = new CompletableFuture<T>();
        thread.execute(() -> link.send(request).whenComplete((value, error) -> {
            if (error == null) {
                answer.complete(read.apply(value));
            } else {
                answer.completeExceptionally(error);
            }
        }));
        return answer;
    }

    static String key(String session) {
        return "segue:session:{" + session + "}";
    }
}
