package io.segue.demo;

import io.segue.demo.bot.Bot;
import io.segue.demo.bot.BotCall;
import io.segue.demo.bot.Script;
import io.segue.demo.phone.AnswerPlan;
import io.segue.demo.phone.Leg;
import io.segue.demo.phone.Phone;
import io.segue.demo.phone.PhoneBank;
import io.segue.demo.phone.PhoneSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * All that a run needs around a gateway: callers, a bot, humans with phones, and their documents in the gateway's registry under names of this run
 * alone. Closing it takes them away again.
 */
public final class Stage implements AutoCloseable {
    /**
     * What a stage has.
     *
     * @param humans how many phones there are
     * @param plan what they do when they are called
     * @param standby whether the gateway keeps a leg to each
     * @param botPath how the bot takes the handshake
     * @param dialect {@code twilio} or {@code plivo}
     * @param policy the agent's policy in the gateway's registry
     * @param more further fields of the agent there
     */
    public record Setting(
            int humans,
            AnswerPlan plan,
            boolean standby,
            String botPath,
            String dialect,
            JsonObject policy,
            JsonObject more) {
        /** One agent that hands off below 0.85, at once. */
        public static Setting of(int humans, AnswerPlan plan) {
            return new Setting(
                    humans,
                    plan,
                    false,
                    "/",
                    "twilio",
                    new JsonObject().put("threshold", 0.85).put("cut", "now"),
                    new JsonObject());
        }

        /** The same with humans on standby. */
        public Setting onStandby() {
            return new Setting(humans, plan, true, botPath, dialect, policy, more);
        }

        /** The same with another policy. */
        public Setting with(JsonObject other) {
            return new Setting(humans, plan, standby, botPath, dialect, other, more);
        }

        /** The same with further fields of the agent. */
        public Setting and(JsonObject fields) {
            return new Setting(humans, plan, standby, botPath, dialect, policy, fields);
        }
    }

    private static final Logger LOG = Logger.getLogger(Stage.class);
    private static final long STANDBY_MS = 20_000;

    final Gateway gateway;
    final Cast cast;
    final PhoneBank callers = PhoneBank.open("callers", "127.0.0.1");
    final PhoneBank phones = PhoneBank.open("humans", "127.0.0.1");
    final Bot bot = Bot.open("127.0.0.1");
    private final String run = Integer.toString(ThreadLocalRandom.current().nextInt(100_000, 1_000_000));
    private final AtomicInteger ordinal = new AtomicInteger();
    private final List<Phone> humans = new ArrayList<>();
    private final Map<String, CompletableFuture<Leg>> taken = new ConcurrentHashMap<>();

    private Stage(Gateway gateway, Cast cast) {
        this.gateway = gateway;
        this.cast = cast;
    }

    /** Opens the sockets and writes the documents. */
    public static Stage set(Gateway gateway, Cast cast, Setting setting) {
        Stage stage = new Stage(gateway, cast);
        try {
            stage.furnish(setting);
            return stage;
        } catch (RuntimeException e) {
            stage.close();
            throw e;
        }
    }

    private void furnish(Setting setting) {
        gateway.put("/trunks/loopback", new JsonObject().put("addresses", new JsonArray().add("127.0.0.0/8")));
        gateway.put(
                "/queues/" + queue(),
                new JsonObject().put("name", "Refunds").put("ringSeconds", 30).put("ring", "one"));
        for (int i = 0; i < setting.humans(); i++) {
            String id = "demo-" + run + "-human-" + i;
            humans.add(phones.phone(id, setting.plan(), PhoneSettings.saying(cast.human(), tapeOfAHuman(setting)))
                    .onCall(this::taken));
            gateway.put(
                    "/humans/" + id,
                    new JsonObject()
                            .put("name", "Martin " + i)
                            .put("contact", phoneUri(id))
                            .put("queues", new JsonArray().add(queue()))
                            .put("standby", setting.standby()));
            available(id);
        }
        gateway.put(
                "/agents/" + agent(),
                new JsonObject()
                        .put("name", "Refund agent")
                        .put("owner", "demo")
                        .put("url", bot.url(setting.botPath()).toString())
                        .put("dialect", setting.dialect())
                        .put("numbers", new JsonArray().add(number()))
                        .put("mode", "hotl")
                        .put("queue", queue())
                        .put("policy", setting.policy())
                        .mergeIn(setting.more()));
        if (setting.standby()) {
            humans.forEach(this::standing);
        }
    }

    /** A standby leg outlives many calls: what it hears is counted, not kept. */
    private int tapeOfAHuman(Setting setting) {
        return setting.standby() ? 0 : cast.tapeSeconds();
    }

    private void standing(Phone phone) {
        try {
            Leg leg = phone.nextCall(STANDBY_MS);
            if (leg == null) {
                throw new DemoFailed("the gateway raised no standby leg to " + phone.user() + " within 20 s");
            }
            leg.confirmed().get(STANDBY_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailed("interrupted");
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            throw new DemoFailed("the standby leg to " + phone.user() + " was not acknowledged");
        }
    }

    private String phoneUri(String id) {
        return "sip:" + id + "@127.0.0.1:" + phones.sip().getPort();
    }

    String queue() {
        return "demo-" + run + "-queue";
    }

    String agent() {
        return "demo-" + run + "-agent";
    }

    /** The number that reaches the agent. */
    public String number() {
        return "+1999" + run;
    }

    /** A caller's number that no other call of this stage has. */
    public String nextCaller() {
        return "+1555" + run + "%04d".formatted(ordinal.incrementAndGet());
    }

    /** What the bot does with a caller's call. */
    public CompletableFuture<BotCall> expect(String from, Script script) {
        return bot.expect(from, script);
    }

    /** Calls the agent's number. */
    public Leg call(String from, PhoneSettings settings) {
        return callers.call(from, number(), gateway.sip(), settings);
    }

    /** Sockets that the bot has accepted so far. */
    public long sockets() {
        return bot.accepted();
    }

    /** The humans' phones. */
    public List<Phone> humans() {
        return List.copyOf(humans);
    }

    /** Says that a human is there again. */
    public void available(String human) {
        gateway.put("/humans/" + human + "/presence", new JsonObject().put("state", "available"));
    }

    /** After a call: its human is there again, and what its phone kept is dropped. */
    public void release(Handoff over) {
        for (Phone phone : humans) {
            if (phone.user().equals(over.human())) {
                phone.forget();
                available(phone.user());
            }
        }
    }

    /** The leg of the human who is called for a call of the gateway's, known by {@code X-Segue-Call}. */
    public CompletableFuture<Leg> humanOf(BotCall call) {
        return taken.computeIfAbsent(call.callId(), id -> new CompletableFuture<>());
    }

    /** Does not wait for a human of this call any more. */
    public void forget(BotCall call) {
        taken.remove(call.callId());
    }

    private void taken(Leg leg) {
        String call = leg.inviteHeader("x-segue-call");
        if (!call.isEmpty()) {
            taken.computeIfAbsent(call, id -> new CompletableFuture<>()).complete(leg);
        }
    }

    /** How late this run's own clocks were, in milliseconds. */
    public double slipMs(long fromNanos, long toNanos) {
        return Math.max(
                bot.slips().worstMs(fromNanos, toNanos),
                Math.max(
                        callers.slips().worstMs(fromNanos, toNanos),
                        phones.slips().worstMs(fromNanos, toNanos)));
    }

    @Override
    public void close() {
        try {
            gateway.delete("/agents/" + agent());
            humans.forEach(phone -> gateway.delete("/humans/" + phone.user()));
            gateway.delete("/queues/" + queue());
        } catch (DemoFailed e) {
            LOG.warnf("the documents of run %s were left behind: %s", run, e.getMessage());
        } finally {
            callers.close();
            phones.close();
            bot.close();
        }
    }
}
