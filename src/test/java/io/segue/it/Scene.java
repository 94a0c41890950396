package io.segue.it;

import io.segue.bench.GatewayProcess;
import io.segue.demo.Gateway;
import io.segue.demo.bot.Bot;
import io.segue.demo.bot.BotCall;
import io.segue.demo.bot.Script;
import io.segue.demo.ear.Ear;
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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What one test needs around the gateway: callers, a bot, humans with phones, and their documents under names of this test alone. */
final class Scene implements AutoCloseable {
    static final int TAPE_SECONDS = 60;

    final GatewayProcess process;
    final Gateway gateway;
    final PhoneBank callers = PhoneBank.open("callers", "127.0.0.1");
    final PhoneBank phones = PhoneBank.open("humans", "127.0.0.1");
    final Bot bot = Bot.open("127.0.0.1");
    private final double faultsBefore;
    private final String run = "t" + ThreadLocalRandom.current().nextInt(100_000, 1_000_000);
    private final String digits = run.substring(1);
    private final AtomicInteger ordinal = new AtomicInteger();
    private final List<String> documents = new ArrayList<>();
    private final List<Phone> humans = new ArrayList<>();
    private final List<Leg> dialled = new ArrayList<>();

    Scene() {
        this(FlowGateway.get());
    }

    Scene(GatewayProcess process) {
        this.process = process;
        this.gateway = process.seen();
        gateway.put("/trunks/loopback", new JsonObject().put("addresses", new JsonArray().add("127.0.0.0/8")));
        bot.otherwise(speaking());
        faultsBefore = metric("segue_faults_total");
    }

    String named(String name) {
        return run + "-" + name;
    }

    String number() {
        return "+1999" + digits;
    }

    /** A queue of this test. */
    Scene queue(String name, JsonObject document) {
        return put("/queues/" + named(name), new JsonObject().put("name", name).mergeIn(document));
    }

    Scene queue(String name) {
        return queue(name, new JsonObject().put("ringSeconds", 20));
    }

    /** An overflow to another queue of this test. */
    JsonObject toQueue(String name) {
        return new JsonObject().put("queue", named(name));
    }

    /** A human of a queue, there and free. */
    Phone human(String name, AnswerPlan plan, String queue) {
        return human(name, plan, PhoneSettings.saying(Voice.humanTone(), TAPE_SECONDS), queue, false);
    }

    Phone human(String name, AnswerPlan plan, PhoneSettings settings, String queue, boolean standby) {
        return human(name, phones.phone(named(name), plan, settings), queue, standby);
    }

    /** One with a phone of another bank. */
    Phone human(String name, Phone phone, String queue) {
        return human(name, phone, queue, false);
    }

    private Phone human(String name, Phone phone, String queue, boolean standby) {
        put(
                "/humans/" + named(name),
                new JsonObject()
                        .put("name", name)
                        .put("contact", phone.uri())
                        .put("queues", new JsonArray().add(named(queue)))
                        .put("standby", standby));
        available(name);
        humans.add(phone);
        return phone;
    }

    void available(String human) {
        gateway.put("/humans/" + named(human) + "/presence", new JsonObject().put("state", "available"));
    }

    void away(String human) {
        gateway.put("/humans/" + named(human) + "/presence", new JsonObject().put("state", "away"));
    }

    /** What a human does now, as everybody sees it. */
    String presence(String human) {
        return gateway.get("/humans/" + named(human) + "/presence")
                .map(p -> p.getString("state"))
                .orElse("deleted");
    }

    void awaitPresence(String human, String state) {
        Until.holds(human + " is " + state, () -> presence(human).equals(state));
    }

    /** The agent that has this test's number, for a queue of this test. */
    Scene agent(String queue, JsonObject policy, JsonObject more) {
        return put(
                "/agents/" + named("agent"),
                new JsonObject()
                        .put("name", "Refund agent")
                        .put("owner", "tests")
                        .put("url", bot.url("/").toString())
                        .put("dialect", "twilio")
                        .put("numbers", new JsonArray().add(number()))
                        .put("queue", named(queue))
                        .put("policy", policy)
                        .mergeIn(more));
    }

    Scene agent(String queue) {
        return agent(queue, new JsonObject(), new JsonObject());
    }

    Scene agent(String queue, JsonObject policy) {
        return agent(queue, policy, new JsonObject());
    }

    Scene put(String path, JsonObject document) {
        gateway.put(path, document);
        documents.add(path);
        return this;
    }

    /** An agent that speaks without a pause. */
    static Script speaking() {
        return Script.speaking(Voice.agentTone(), 20, TAPE_SECONDS);
    }

    /** A call that the agent has answered and that the caller hears. */
    TestCall call() {
        return call(speaking(), Map.of());
    }

    TestCall call(Script script, Map<String, String> headers) {
        String from = "+1555" + digits + ordinal.incrementAndGet();
        CompletableFuture<BotCall> expected = bot.expect(from, script);
        Leg caller = dial(
                from, PhoneSettings.saying(Voice.callerTone(), TAPE_SECONDS).with(headers));
        BotCall answered =
                expected.orTimeout(Until.DEADLINE_SECONDS, TimeUnit.SECONDS).join();
        TestCall call = new TestCall(this, caller, answered, answered.callId());
        if (script.voice() != null) {
            call.hears(Voice.AGENT_HERTZ, 0);
        }
        return call;
    }

    /** A call to an agent that may never answer. */
    TestCall callOfNoAgent() {
        String from = "+1555" + digits + ordinal.incrementAndGet();
        Leg caller = dial(from, PhoneSettings.saying(Voice.callerTone(), TAPE_SECONDS));
        String id = Until.found(
                        "a call with the Call-ID " + caller.callId(),
                        () -> gateway.get("/calls?sipCallId=" + caller.callId()))
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("id");
        return new TestCall(this, caller, null, id);
    }

    /** What was just written may take a moment to be known. */
    private Leg dial(String from, PhoneSettings settings) {
        return Until.found("an answered call", () -> {
            Leg leg = callers.call(from, number(), gateway.sip(), settings);
            dialled.add(leg);
            int status = leg.answered()
                    .orTimeout(Until.DEADLINE_SECONDS, TimeUnit.SECONDS)
                    .join();
            if (status != 200 && status != 404) {
                throw new AssertionError("the INVITE was answered " + status);
            }
            return status == 200 ? java.util.Optional.of(leg) : java.util.Optional.empty();
        });
    }

    /** The next call that reaches a phone. */
    static Leg rung(Phone phone) {
        try {
            Leg leg = phone.nextCall(TimeUnit.SECONDS.toMillis(Until.DEADLINE_SECONDS));
            if (leg == null) {
                throw new AssertionError("nobody called " + phone.user());
            }
            return leg;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static void hears(Leg human, int hertz) {
        Until.holds(
                "the human hears " + hertz + " Hz",
                () -> new Ear(human.tape()).firstHeard(hertz, human.invitedNanos()) != Long.MAX_VALUE);
    }

    static <T> T done(String what, CompletableFuture<T> future) {
        try {
            return future.get(Until.DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError("waited in vain: " + what, e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new AssertionError(what, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Nothing is left of any call: none lives, no media leg and no agent's socket is open, nobody of this test is held. */
    void nothingIsLeft(int standing) {
        dialled.stream().filter(leg -> !leg.ended().isDone()).forEach(leg -> done("BYE", leg.hangUp()));
        Until.holds("no call lives", () -> metric("segue_calls_live") == 0);
        Until.holds("no media leg is open", () -> metric("segue_media_legs") == standing);
        Until.holds("no agent's socket is open", () -> metric("segue_agent_sockets") == 0);
        for (Phone human : humans) {
            String name = human.user().substring(run.length() + 1);
            Until.holds(name + " is held by nobody", () -> {
                String state = presence(name);
                return List.of("available", "away", "deleted").contains(state);
            });
        }
        if (metric("segue_faults_total") != faultsBefore) {
            throw new AssertionError("a step threw: target/it says more");
        }
    }

    double metric(String name) {
        try {
            return process.metric(name, "");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        for (String document : documents.reversed()) {
            gateway.delete(document);
        }
        leave();
    }

    /** Closes the sockets and leaves the documents where they are, with a gateway that has gone. */
    void leave() {
        callers.close();
        phones.close();
        bot.close();
    }
}
