package io.segue.demo;

import io.segue.demo.bot.BotCall;
import io.segue.demo.bot.Script;
import io.segue.demo.ear.Ear;
import io.segue.demo.ear.Segment;
import io.segue.demo.ear.Voice;
import io.segue.demo.phone.Leg;
import io.segue.demo.phone.PhoneSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One call through a gateway: the agent talks, asks for a human, the human takes over, the caller hangs up. Blocks its thread. */
public final class HandoffRun {
    /**
     * How the call goes.
     *
     * @param agentMs how long the agent has the caller before it asks
     * @param talkMs how long the human has the caller
     * @param waitMs how long the caller waits for the human
     * @param frameMs the length of the bot's frames
     * @param prewarm whether the bot first says a turn just above the threshold and waits for the human's phone to be answered
     * @param mute whether the bot goes mute as it asks
     * @param segments whether what each heard is told in stretches
     */
    public record Plot(
            int agentMs, int talkMs, int waitMs, int frameMs, boolean prewarm, boolean mute, boolean segments) {}

    private static final Logger LOG = Logger.getLogger(HandoffRun.class);
    private static final long ANSWER_MS = 5_000;
    private static final int REFUSED_BY_TRUNK_RETRIES = 20;

    private final Stage stage;
    private final Plot plot;

    public HandoffRun(Stage stage, Plot plot) {
        this.stage = stage;
        this.plot = plot;
    }

    /** Carries the call through and judges it; throws {@link DemoFailed} with what went wrong. */
    public Handoff call() {
        try {
            return carry();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailed("interrupted");
        }
    }

    private Handoff carry() throws InterruptedException {
        String from = stage.nextCaller();
        Script script = new Script(
                stage.cast.agent(), plot.frameMs(), Math.max(60, plot.frameMs()), stage.cast.tapeSeconds(), List.of());
        CompletableFuture<BotCall> expected = stage.expect(from, script);
        Leg caller = answered(from);
        try {
            BotCall bot = within(expected, ANSWER_MS, "the gateway's socket to the bot");
            await(plot.agentMs());
            if (plot.prewarm()) {
                prewarm(bot);
            }
            long t0 = ask(bot);
            tell("%s: the agent's confidence fell; the caller still hears it", bot.callId());
            tellOfTheHuman(bot);
            long heard = humanHeard(caller, t0);
            tell("%s: the caller hears the human", bot.callId());
            await(plot.talkMs());
            JsonObject document = stage.gateway.get("/calls/" + bot.callId()).orElse(null);
            Handoff found = judge(caller, bot, t0, heard, System.nanoTime(), document);
            within(caller.hangUp(), ANSWER_MS, "the answer to the caller's BYE");
            return found;
        } finally {
            if (!caller.ended().isDone()) {
                CompletableFuture<String> unused = caller.hangUp();
            }
        }
    }

    /** Calls until the number is known: what was just written may take a moment to be read. */
    private Leg answered(String from) throws InterruptedException {
        for (int tries = 0; ; tries++) {
            Leg leg = stage.call(from, PhoneSettings.saying(stage.cast.caller(), stage.cast.tapeSeconds()));
            int status = within(leg.answered(), ANSWER_MS, "an answer to the caller's INVITE");
            if (status == 200) {
                return leg;
            }
            if (status != 404 || tries == REFUSED_BY_TRUNK_RETRIES) {
                throw new DemoFailed("the caller's INVITE was answered " + status);
            }
            await(100);
        }
    }

    private void prewarm(BotCall bot) throws InterruptedException {
        join(bot.turn("I am not sure that you can help me.", "refund_dispute", 0.87));
        Leg leg = within(stage.humanOf(bot), ANSWER_MS, "a pre-warmed human");
        within(leg.confirmed(), plot.waitMs(), "the pre-warmed human's ACK");
        await(400);
    }

    private long ask(BotCall bot) {
        String text = "You charged me twice, and I want to talk to somebody.";
        return join(
                plot.mute() ? bot.turnAndMute(text, "refund_dispute", 0.41) : bot.turn(text, "refund_dispute", 0.41));
    }

    private long humanHeard(Leg caller, long t0) throws InterruptedException {
        Ear ear = new Ear(caller.tape());
        long deadline = System.nanoTime() + plot.waitMs() * 1_000_000L;
        int from = caller.tape().firstSince(t0);
        while (System.nanoTime() - deadline < 0) {
            int size = caller.tape().size();
            int packet = ear.firstPacket(Voice.HUMAN_HERTZ, from);
            if (packet >= 0) {
                return caller.tape().arrival(packet);
            }
            if (caller.ended().isDone()) {
                throw new DemoFailed("the caller's call ended (" + join(caller.ended()) + ") before a human was heard");
            }
            if (caller.tape().full()) {
                throw new DemoFailed("the caller's tape was full before a human was heard");
            }
            from = size;
            await(10);
        }
        throw new DemoFailed("no human was heard within " + plot.waitMs() + " ms");
    }

    private Handoff judge(Leg caller, BotCall bot, long t0, long heard, long end, @Nullable JsonObject document) {
        Ear ear = new Ear(caller.tape());
        Leg human = stage.humanOf(bot).getNow(null);
        stage.forget(bot);
        long zero = caller.answeredNanos();
        long answered = human == null ? t0 : human.answeredNanos();
        long botZero = bot.tape().size() == 0 ? t0 : bot.tape().arrival(0);
        Ear botEar = new Ear(bot.tape());
        return new Handoff(
                bot.callId(),
                millis(caller.invitedNanos(), zero),
                human == null ? humanOf(document) : userOf(human),
                human == null ? -1 : millis(t0, human.invitedNanos()),
                human == null ? -1 : millis(t0, answered),
                millis(t0, heard),
                millis(Math.max(t0, answered), heard),
                ear.gapMs(t0, heard + 200_000_000L),
                ear.deadAirMs(t0, heard),
                ear.timeline(zero, end),
                caller.tape().marker(caller.tape().firstSince(heard)),
                caller.received(t0, end),
                human == null ? 0 : millis(human.firstSentNanos(), heard),
                human == null ? -1 : callerAt(human, answered),
                botEar.longestWithoutMs(Voice.CALLER_HERTZ, botZero, t0),
                bot.chunkBreaks(),
                stage.slipMs(t0 - 100_000_000L, heard + 200_000_000L),
                plot.segments() ? ear.segments(zero) : List.of(),
                plot.segments() && human != null ? new Ear(human.tape()).segments(zero) : List.of(),
                plot.segments() ? botEar.segments(zero) : List.<Segment>of(),
                document);
    }

    /** Progress for whoever watches the demo; benches are quiet. */
    private void tell(String format, String callId) {
        if (plot.segments()) {
            LOG.infof("demo: " + format, callId);
        }
    }

    private void tellOfTheHuman(BotCall bot) {
        if (plot.segments()) {
            CompletableFuture<Void> unused = stage.humanOf(bot).thenCompose(human -> human.ringing()
                    .thenRun(() -> tell("%s: the human's phone rings", bot.callId()))
                    .thenCompose(rings -> human.confirmed())
                    .thenRun(() -> tell("%s: the human has answered", bot.callId())));
        }
    }

    private static double callerAt(Leg human, long answered) {
        long heard = new Ear(human.tape()).firstHeard(Voice.CALLER_HERTZ, answered);
        return heard == Long.MAX_VALUE ? -1 : millis(answered, heard);
    }

    private static String userOf(Leg human) {
        String to = human.inviteHeader("to");
        int at = to.indexOf('@');
        return at < 0 ? to : to.substring(to.indexOf("sip:") + 4, at);
    }

    private static String humanOf(@Nullable JsonObject document) {
        JsonArray handoffs = document == null ? new JsonArray() : document.getJsonArray("handoffs", new JsonArray());
        return handoffs.isEmpty()
                ? ""
                : handoffs.getJsonObject(handoffs.size() - 1).getString("human", "");
    }

    private static double millis(long from, long to) {
        return Math.round((to - from) / 1e4) / 100.0;
    }

    private static void await(long millis) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        LockSupport.parkNanos(millis * 1_000_000);
    }

    private static <T> T join(CompletableFuture<T> future) {
        return future.join();
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
