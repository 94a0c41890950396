package io.segue.demo.replay;

import io.segue.demo.DemoFailed;
import io.segue.demo.Gateway;
import io.segue.demo.Gateway.Answer;
import io.segue.demo.bot.Bot;
import io.segue.demo.ear.Voice;
import io.segue.demo.phone.AnswerPlan;
import io.segue.demo.phone.Leg;
import io.segue.demo.phone.Phone;
import io.segue.demo.phone.PhoneBank;
import io.segue.demo.phone.PhoneSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** What a replay needs around a gateway on this machine: callers, a bot, a human with a phone for each call at once, and their documents in the gateway. */
final class ReplayStage implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ReplayStage.class);
    static final PhoneSettings QUIET = PhoneSettings.saying(Voice.silent(), 0);
    private static final String ADDRESS = "127.0.0.1";
    private static final String OWNER = "segue replay";

    final Gateway gateway;
    final Bot bot = Bot.open(ADDRESS);
    private final PhoneBank callers = PhoneBank.open("callers", ADDRESS);
    private final PhoneBank phones = PhoneBank.open("humans", ADDRESS);
    private final Order order;
    private final String run = Integer.toString(ThreadLocalRandom.current().nextInt(100_000, 1_000_000));
    private final AtomicLong ordinal = new AtomicLong();
    private final List<String> documents = new ArrayList<>();
    private boolean closed;

    private ReplayStage(Gateway gateway, Order order) {
        this.gateway = gateway;
        this.order = order;
    }

    /** Opens the sockets. */
    static ReplayStage open(Gateway gateway, Order order) {
        return new ReplayStage(gateway, order);
    }

    /** Writes the documents. */
    void set() {
        furnish(agent(gateway, order));
    }

    /** The agent as an earlier replay has left it, or a new one; nobody else's is touched. */
    private static JsonObject agent(Gateway gateway, Order order) {
        Answer there = gateway.ask("GET", "/agents/" + order.agent(), null);
        JsonObject agent =
                switch (there.status()) {
                    case 200 -> new JsonObject(there.body());
                    case 404 ->
                        new JsonObject()
                                .put("name", "Replay")
                                .put("owner", OWNER)
                                .put("policy", below(0));
                    case 401 ->
                        throw new DemoFailed("the gateway wants an admin's key: set SEGUE_API_KEY, or give --key");
                    case 403 -> throw new DemoFailed("the key is not an admin's: " + there.why());
                    default ->
                        throw new DemoFailed("GET /agents/" + order.agent() + " was answered " + there.status() + ": "
                                + there.why());
                };
        if (!OWNER.equals(agent.getString("owner"))) {
            throw new DemoFailed("the gateway has an agent " + order.agent() + " that is " + agent.getString("owner")
                    + "'s: give --agent another name");
        }
        return order.threshold() == null ? agent : agent.put("policy", below(order.threshold()));
    }

    /** Hands off by the threshold alone, and rings nobody beforehand. */
    private static JsonObject below(double threshold) {
        return new JsonObject()
                .put("threshold", threshold)
                .put("prewarmMargin", 0)
                .put("phrases", new JsonArray())
                .put("cut", "now");
    }

    private void furnish(JsonObject agent) {
        String id = order.agent();
        put("/trunks/" + id, new JsonObject().put("addresses", new JsonArray().add(ADDRESS + "/32")));
        put(
                "/queues/" + id,
                new JsonObject().put("name", "Replay").put("ringSeconds", 30).put("ring", "one"));
        for (int i = 1; i <= order.calls(); i++) {
            String human = id + "-human-" + i;
            Phone phone = phones.phone(human, AnswerPlan.atOnce(), QUIET);
            phone.onCall(leg -> leg.ended().thenRun(phone::forget));
            put(
                    "/humans/" + human,
                    new JsonObject()
                            .put("name", "Replay " + i)
                            .put("contact", phone.uri())
                            .put("queues", new JsonArray().add(id)));
            available(human);
        }
        put(
                "/agents/" + id,
                agent.put("url", bot.url("/").toString())
                        .put("dialect", "twilio")
                        .put("numbers", new JsonArray().add(number()))
                        .put("queue", id));
    }

    private synchronized void put(String path, JsonObject document) {
        if (closed) {
            throw new DemoFailed("the replay is over");
        }
        Answer answer = gateway.ask("PUT", path, document);
        if (answer.status() == 403) {
            throw new DemoFailed("the key is not an admin's: " + answer.why());
        }
        if (!answer.isGood()) {
            throw new DemoFailed("PUT " + path + " was answered " + answer.status() + ": " + answer.why());
        }
        documents.add(path);
    }

    private String number() {
        return "+1999" + run;
    }

    /** A caller's number that no other call of this replay has. */
    String nextCaller() {
        return "+1555" + run + "%05d".formatted(ordinal.incrementAndGet());
    }

    Leg call(String from) {
        return callers.call(from, number(), gateway.sip(), QUIET);
    }

    /** A human is there again. */
    void available(String human) {
        gateway.put("/humans/" + human + "/presence", new JsonObject().put("state", "available"));
    }

    /** Returns once it is closed, whoever has begun to close it. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (!order.keep()) {
                documents.reversed().forEach(gateway::delete);
            }
        } catch (DemoFailed e) {
            LOG.warnf("what the replay has registered as %s was left behind: %s", order.agent(), e.getMessage());
        } finally {
            callers.close();
            phones.close();
            bot.close();
        }
    }
}
