package io.segue.demo.replay;

import io.segue.demo.DemoFailed;
import io.segue.demo.bot.BotCall;
import io.segue.demo.bot.Script;
import io.segue.demo.ear.Voice;
import io.segue.demo.phone.Leg;
import io.segue.demo.replay.Dialogue.Action;
import io.segue.demo.replay.Dialogue.Said;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One dialogue as one call: a phone calls, the bot says the turns, and when the agent has lost the caller to a human the rest is left unsaid. */
final class ReplayCall {
    private static final long ANSWER_MS = 20_000;
    private static final long HANDOFF_MS = 30_000;
    private static final long LOOK_EVERY_MS = 20;
    private static final long CALL_AGAIN_MS = 250;
    private static final long CALL_AGAIN_FOR_MS = 120_000;
    private static final int AUDIO_MS = 200;
    private static final Set<String> UNDER_WAY = Set.of("requested", "reserved", "ringing", "answered");
    private static final String CONNECTED = "connected";
    /** What a gateway says that does not know the number yet, or has enough to do. */
    private static final Set<Integer> LATER = Set.of(404, 503);

    private final ReplayStage stage;
    private final Services services;
    private final Reviewer reviewer;
    private final Tally tally;
    private final int pauseMs;
    private final Dialogue dialogue;

    ReplayCall(ReplayStage stage, Services services, Reviewer reviewer, Tally tally, int pauseMs, Dialogue dialogue) {
        this.stage = stage;
        this.services = services;
        this.reviewer = reviewer;
        this.tally = tally;
        this.pauseMs = pauseMs;
        this.dialogue = dialogue;
    }

    /** Blocks until the call is over and labelled. Throws {@link DemoFailed}. */
    void run() throws InterruptedException {
        String from = stage.nextCaller();
        CompletableFuture<BotCall> expected = stage.bot.expect(
                from, Script.speaking(Voice.silent(), AUDIO_MS, 0).ahead(AUDIO_MS));
        Leg caller = answered(from);
        BotCall bot;
        JsonObject call;
        try {
            bot = within(expected, ANSWER_MS, "the gateway's socket to the agent");
            int said = say(bot);
            call = awaited(
                    bot,
                    ANSWER_MS,
                    now -> bot.closed().isDone() || now.getJsonArray("turns").size() >= said,
                    "the turns in the gateway's record");
            if (isUnderWay(call)) {
                call = awaited(bot, HANDOFF_MS, now -> !isUnderWay(now), "the end of a handoff");
            }
        } finally {
            CompletableFuture<String> over = caller.hangUp();
            within(over, ANSWER_MS, "the answer to the caller's BYE");
        }
        settle(bot, call);
    }

    /** Calls until it is taken: what was just written may take a moment to be known, and a busy gateway says so. */
    private Leg answered(String from) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CALL_AGAIN_FOR_MS);
        while (true) {
            Leg leg = stage.call(from);
            int status = within(
                    leg.answered(),
                    ANSWER_MS,
                    "an answer to the INVITE to " + stage.gateway.sip()
                            + " (--sip says where the gateway takes calls)");
            if (status == 200) {
                return leg;
            }
            if (!LATER.contains(status) || System.nanoTime() - deadline > 0) {
                throw new DemoFailed("the INVITE was answered " + status);
            }
            tally.calledAgain.increment();
            Thread.sleep(CALL_AGAIN_MS);
        }
    }

    /** How many turns were said before the agent lost the caller. */
    private int say(BotCall bot) throws InterruptedException {
        List<Said> turns = dialogue.turns();
        for (int i = 0; i < turns.size(); i++) {
            if (bot.closed().isDone()) {
                return i;
            }
            Said said = turns.get(i);
            Action action = said.action();
            if (action != null) {
                bot.tell("action", TurnEvents.action(i, services.type(dialogue, action.method()), action))
                        .join();
                tally.actions.increment();
            }
            bot.tell("turn", TurnEvents.turn(i, said)).join();
            Thread.sleep(pauseMs);
        }
        return turns.size();
    }

    private void settle(BotCall bot, JsonObject call) throws InterruptedException {
        JsonObject handoff = latestHandoff(call);
        if (handoff.getString("state", "").equals(CONNECTED)) {
            tally.handoffs.increment();
            stage.available(handoff.getString("human"));
        }
        int said = call.getJsonArray("turns").size();
        for (int i = 0; i < Math.min(said, dialogue.turns().size()); i++) {
            tally.turns.increment();
            Dialogue.Reading reading = dialogue.turns().get(i).reading();
            if (reading != null) {
                tally.predictions.increment();
                if (reading.isRight()) {
                    tally.right.increment();
                }
                reviewer.label(bot.callId(), TurnEvents.id(i), reading);
            }
        }
    }

    private JsonObject awaited(BotCall bot, long millis, Predicate<JsonObject> enough, String what)
            throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (true) {
            JsonObject call = seen(bot);
            if (call != null && enough.test(call)) {
                return call;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new DemoFailed(what + " did not come within " + millis + " ms");
            }
            Thread.sleep(LOOK_EVERY_MS);
        }
    }

    /** A gateway that is too busy to answer is asked again. */
    private @Nullable JsonObject seen(BotCall bot) {
        try {
            return stage.gateway.get("/calls/" + bot.callId()).orElse(null);
        } catch (DemoFailed e) {
            return null;
        }
    }

    /** Until the caller hears the human, which is its t4. */
    private static boolean isUnderWay(JsonObject call) {
        JsonObject handoff = latestHandoff(call);
        String state = handoff.getString("state", "");
        return UNDER_WAY.contains(state) || state.equals(CONNECTED) && !handoff.containsKey("t4");
    }

    private static JsonObject latestHandoff(JsonObject call) {
        JsonArray handoffs = call.getJsonArray("handoffs", new JsonArray());
        return handoffs.isEmpty() ? new JsonObject() : handoffs.getJsonObject(handoffs.size() - 1);
    }

    private static <T> T within(CompletableFuture<T> future, long millis, String what) throws InterruptedException {
        try {
            return future.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new DemoFailed(what + " did not come within " + millis + " ms");
        } catch (ExecutionException e) {
            throw new DemoFailed(what + " failed: " + e.getCause());
        }
    }
}
