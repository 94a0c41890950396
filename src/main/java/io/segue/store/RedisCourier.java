package io.segue.store;

import static io.segue.store.Link.then;

import io.segue.flow.oversight.Courier;
import io.segue.flow.record.StoreAway;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Orders by publish and subscribe: each gateway hears two channels of its own, for orders and for answers. Both are sealed. What is not believed is not done, and whoever
 * seems to have sent it is told so without a seal, as there is perhaps no key in common; all that such a refusal can do is to end the waiting.
 */
final class RedisCourier implements Courier {
    private static final Logger LOG = Logger.getLogger(RedisCourier.class);

    /** Less than a reader of the REST interface waits. */
    private static final long ANSWER_MS_MAX = 2_500;

    private static final String ORDER = "order";
    private static final String ANSWER = "answer";
    private static final int REF_CHARS_MAX = 64;
    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private final Link link;
    private final StoreThread thread;
    private final Seal seal;
    private final Counters counters;

    /** So that no exchange of an earlier life of this gateway has the name of one of this. */
    private final String life = HexFormat.of().toHexDigits(new SecureRandom().nextLong());

    private final Map<String, Waiting> waiting = new HashMap<>();
    private @Nullable Function<Map<String, Object>, CompletionStage<Map<String, Object>>> clerk;
    private long asked;
    private boolean doubted;

    private record Waiting(String node, CompletableFuture<Map<String, Object>> answer) {}

    RedisCourier(Link link, StoreThread thread, Seal seal, Counters counters) {
        this.link = link;
        this.thread = thread;
        this.seal = seal;
        this.counters = counters;
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
            String ref = life + "-" + ++asked;
            waiting.put(ref, new Waiting(to, answer));
            thread.after(ANSWER_MS_MAX, () -> fail(ref, "gateway " + to + " has not answered"));
            then(
                    publish(orders(to), seal.seal(ORDER, to, ref, order)),
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
        switch (seal.open(ORDER, message)) {
            case Seal.Opened.Bad(var why) -> {
                refused("An order", why);
                tellRefusal(message, why);
            }
            case Seal.Opened.Good(var from, var ref, var order) -> carryOut(from, ref, order);
        }
    }

    private void carryOut(String from, String ref, Map<String, Object> order) {
        var answering = clerk;
        if (answering == null) {
            LOG.warnf("An order of gateway %s came before anybody was there to take it", from);
            return;
        }
        answering.apply(order).whenComplete((answer, error) -> {
            if (error == null) {
                thread.execute(() -> {
                    var unused = publish(answers(from), seal.seal(ANSWER, from, ref, answer));
                });
            } else {
                LOG.warnf("An order of gateway %s failed: %s", from, error.getMessage());
            }
        });
    }

    void answered(String message) {
        if (message.startsWith("{")) {
            refusal(message);
            return;
        }
        switch (seal.open(ANSWER, message)) {
            case Seal.Opened.Bad(var why) -> refused("An answer", why);
            case Seal.Opened.Good(var from, var ref, var answer) -> {
                Waiting asking = waiting.get(ref);
                if (asking != null && asking.node.equals(from)) {
                    waiting.remove(ref);
                    asking.answer.complete(answer);
                }
            }
        }
    }

    /** Counted each time, said once: whoever writes to Redis could fill the log otherwise. */
    private void refused(String what, String why) {
        counters.messagesRefused.increment();
        if (!doubted) {
            doubted = true;
            LOG.warnf(
                    "%s that seems to be of another gateway is not believed: %s. Further ones are counted only (segue_store_messages_refused_total)",
                    what, why);
        }
    }

    /** It cannot be known whether it was they who sent it. */
    private void tellRefusal(String message, String why) {
        Map<String, Object> envelope = Json.read(message.substring(message.indexOf('.') + 1));
        if (envelope != null
                && envelope.get("from") instanceof String from
                && NODE.matcher(from).matches()
                && envelope.get("ref") instanceof String ref
                && ref.length() <= REF_CHARS_MAX) {
            var unused = publish(answers(from), Json.write(Map.of("ref", ref, "why", why)));
        }
    }

    private void refusal(String message) {
        Map<String, Object> envelope = Json.read(message);
        if (envelope != null
                && envelope.get("ref") instanceof String ref
                && waiting.get(ref) instanceof Waiting asking) {
            fail(ref, "gateway " + asking.node + " does not believe the order");
        }
    }

    private CompletableFuture<io.vertx.redis.client.@Nullable Response> publish(String channel, String message) {
        return link.send(Request.cmd(Command.PUBLISH).arg(channel).arg(message));
    }

    private void fail(String ref, String why) {
        Waiting asking = waiting.remove(ref);
        if (asking != null) {
            asking.answer.completeExceptionally(new StoreAway(why));
        }
    }
}
