package io.segue.it;

import io.segue.demo.DemoFailed;
import io.segue.demo.Gateway;
import io.segue.demo.bot.Bot;
import io.segue.demo.bot.BotCall;
import io.segue.demo.bot.Script;
import io.segue.demo.ear.Voice;
import io.segue.demo.phone.Leg;
import io.segue.demo.phone.PhoneBank;
import io.segue.demo.phone.PhoneSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** An agent with a number and a queue of its own in the shared gateway, its bot, and phones beside it. Closing it takes all of them away. */
final class AgentAtWork implements AutoCloseable {
    private static final int TAPE_SECONDS = 60;
    private static final int TRIES_MAX = 50;

    final Gateway gateway = SipGateway.get().seen();
    final Bot bot = Bot.open("127.0.0.1");
    final PhoneBank phones = PhoneBank.open("it-phones", "127.0.0.1");
    private final String run = Integer.toString(ThreadLocalRandom.current().nextInt(100_000, 1_000_000));
    private final List<String> documents = new ArrayList<>();
    private int callers;

    /** A caller with the bot's side of its call. */
    record Call(Leg caller, BotCall bot) {}

    /** Makes them, and waits until the number is known. */
    AgentAtWork() throws Exception {
        put("/queues/" + queue(), new JsonObject().put("name", "Refunds").put("ringSeconds", 10));
        put(
                "/agents/it-" + run,
                new JsonObject()
                        .put("name", "Refund agent")
                        .put("owner", "test")
                        .put("url", bot.url("/").toString())
                        .put("dialect", "twilio")
                        .put("numbers", new JsonArray().add(number()))
                        .put("queue", queue())
                        .put("policy", new JsonObject().put("threshold", 0.85).put("cut", "now")));
        call().caller().hangUp().get(Until.DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    void put(String path, JsonObject document) {
        gateway.put(path, document);
        documents.addFirst(path);
    }

    /** A name that nobody else in the gateway has. */
    String named(String name) {
        return "it-" + run + "-" + name;
    }

    String number() {
        return "+1888" + run;
    }

    String queue() {
        return named("queue");
    }

    /** A human with a fixed contact, available from now on: of those in a queue who have not talked, the first made is the longest idle. */
    String human(String name, String contact, String queue) {
        put(
                "/humans/" + named(name),
                new JsonObject().put("name", name).put("contact", contact).put("queues", new JsonArray().add(queue)));
        available(named(name));
        return named(name);
    }

    void available(String human) {
        gateway.put("/humans/" + human + "/presence", new JsonObject().put("state", "available"));
    }

    /** A caller's number that nobody else has. */
    String nextCaller() {
        return "+1777" + run + callers++;
    }

    /** The bot's side of a caller's call, in which it goes on speaking. */
    CompletableFuture<BotCall> expect(String from) {
        return bot.expect(from, Script.speaking(Voice.agentTone(), 20, TAPE_SECONDS));
    }

    /** A call with the agent that goes on speaking. Calls again while the number is not known yet. */
    Call call() throws Exception {
        for (int tries = 0; ; tries++) {
            String from = nextCaller();
            CompletableFuture<BotCall> expected = expect(from);
            Leg leg =
                    phones.call(from, number(), gateway.sip(), PhoneSettings.saying(Voice.callerTone(), TAPE_SECONDS));
            int status = leg.answered().get(Until.DEADLINE_SECONDS, TimeUnit.SECONDS);
            if (status == 200) {
                return new Call(leg, expected.get(Until.DEADLINE_SECONDS, TimeUnit.SECONDS));
            }
            if (status != 404 || tries == TRIES_MAX) {
                throw new AssertionError("the caller's INVITE was answered " + status);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** What the gateway says about a call, which it writes a moment after it happens. */
    JsonObject handoff(BotCall call) {
        JsonArray handoffs = gateway.get("/calls/" + call.callId())
                .map(c -> c.getJsonArray("handoffs"))
                .orElse(new JsonArray());
        return handoffs.isEmpty() ? new JsonObject() : handoffs.getJsonObject(handoffs.size() - 1);
    }

    @Override
    public void close() {
        try {
            documents.forEach(path -> gateway.delete(path));
        } catch (DemoFailed e) {
            throw new AssertionError(e);
        } finally {
            phones.close();
            bot.close();
        }
    }
}
