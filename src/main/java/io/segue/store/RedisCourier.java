package io.segue.store;

import static io.segue.store.Link.then;

import io.segue.flow.oversight.Courier;
import io.segue.flow.record.StoreAway;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Orders by publish and subscribe: each gateway hears two channels of its own, for orders and for answers. */
final class RedisCourier implements Courier {
    private static final Logger LOG = Logger.getLogger(RedisCourier.class);

    /** Less than a reader of the REST interface waits. */
    private static final long ANSWER_MS_MAX = 2_500;

    private final Link link;
    private final StoreThread thread;
    private final String node;
    private final Map<String, CompletableFuture<Map<String, Object>>> waiting = new HashMap<>();
    private @Nullable Function<Map<String, Object>, CompletionStage<Map<String, Object>>> clerk;
    private long asked;

    RedisCourier(Link link, StoreThread thread, String node) {
        this.link = link;
        this.thread = thread;
        this.node = node;
    }

    static String orders(String node) {
        return "segue:orders:" + node;
    }

    static String answers(String node) {
        return "segue:answers:" + node;
    }

    @Override
    public CompletionStage<Map<String, Object>> ask(String to, Map<String, Object> order) {
        var answer = new CompletableFuture<Map<String, Object>>();
        thread.execute(() -> {
            String ref = "" + ++asked;
            waiting.put(ref, answer);
            thread.after(ANSWER_MS_MAX, () -> fail(ref, "gateway " + to + " has not answered"));
            then(
                    publish(orders(to), Map.of("from", node, "ref", ref, "order", order)),
                    heard -> {
                        if (heard == null || heard.toLong() == 0) {
                            fail(ref, "gateway " + to + " is not there");
                        }
                    },
                    error -> fail(ref, "Redis is away"));
        });
        return answer;
    }

    @Override
    public void answer(Function<Map<String, Object>, CompletionStage<Map<String, Object>>> answering) {
        thread.execute(() -> clerk = answering);
    }

    // What follows runs on the store's thread.

    void ordered(String message) {
        Map<String, Object> envelope = Json.read(message);
        var answering = clerk;
        if (envelope == null
                || answering == null
                || !(envelope.get("from") instanceof String from)
                || !(envelope.get("ref") instanceof String ref)) {
            LOG.warn("An order that means nothing to us is dropped");
            return;
        }
        answering.apply(tree(envelope.get("order"))).whenComplete((answer, error) -> {
            if (error == null) {
                thread.execute(() -> {
                    var unused = publish(answers(from), Map.of("ref", ref, "answer", answer));
                });
            } else {
                LOG.warnf("An order of gateway %s failed: %s", from, error.getMessage());
            }
        });
    }

    void answered(String message) {
        Map<String, Object> envelope = Json.read(message);
        if (envelope != null
                && waiting.remove(String.valueOf(envelope.get("ref")))
                        instanceof CompletableFuture<Map<String, Object>> asking) {
            asking.complete(tree(envelope.get("answer")));
        }
    }

    private CompletableFuture<io.vertx.redis.client.@Nullable Response> publish(
            String channel, Map<String, Object> message) {
        return link.send(Request.cmd(Command.PUBLISH).arg(channel).arg(Json.write(message)));
    }

    private void fail(String ref, String why) {
        CompletableFuture<Map<String, Object>> asking = waiting.remove(ref);
        if (asking != null) {
            asking.completeExceptionally(new StoreAway(why));
        }
    }

    private static Map<String, Object> tree(@Nullable Object value) {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> tree.put(String.valueOf(name), member));
        }
        return tree;
    }
}
