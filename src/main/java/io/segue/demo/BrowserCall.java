package io.segue.demo;

import io.segue.demo.bot.BotCall;
import io.segue.demo.bot.Script;
import io.segue.demo.phone.AnswerPlan;
import io.segue.demo.phone.Leg;
import io.segue.demo.phone.PhoneSettings;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** A call whose human is whoever sits at the console: the recorded caller, and an agent that says what is said and asks for a human. */
final class BrowserCall implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(BrowserCall.class);
    private static final long ANSWER_MS = 5_000;
    private static final long LASTS_MAX_MS = 300_000;
    private static final int TRIES_MAX = 20;
    private static final String SUMMARY =
            "Charged twice for order 4471 and waiting three weeks for the refund. The second payment is confirmed; "
                    + "sending it back is past what I may do.";

    private final Gateway gateway;
    private final Stage stage;
    private final Leg caller;
    private final String callId;

    private BrowserCall(Gateway gateway, Stage stage, Leg caller, String callId) {
        this.gateway = gateway;
        this.stage = stage;
        this.caller = caller;
        this.callId = callId;
    }

    /**
     * Places the call and gives it once the agent has it; it goes on until somebody hangs up. Throws {@link DemoFailed}.
     *
     * @param gateway closed when the call is over; not when it did not come about
     */
    static BrowserCall begin(Gateway gateway) {
        Stage stage = Stage.set(gateway, Cast.recorded(0), Stage.Setting.of(0, AnswerPlan.atOnce()));
        try {
            Guest.serves(gateway, stage.queue());
            String from = stage.nextCaller();
            gateway.ask(
                    "POST",
                    "/contacts/" + from + "/messages",
                    new JsonObject()
                            .put("channel", "whatsapp")
                            .put("text", "Order 4471 was charged twice. Can somebody look at this?"));
            CompletableFuture<BotCall> expected = stage.expect(from, script(stage));
            Leg caller = answered(stage, from);
            BotCall bot = expected.get(ANSWER_MS, TimeUnit.MILLISECONDS);
            BrowserCall call = new BrowserCall(gateway, stage, caller, bot.callId());
            Thread.ofVirtual().name("demo-browser").start(call::untilOver);
            return call;
        } catch (ExecutionException | TimeoutException e) {
            stage.close();
            throw new DemoFailed("the demo's call did not come about: " + e);
        } catch (InterruptedException e) {
            stage.close();
            Thread.currentThread().interrupt();
            throw new DemoFailed("interrupted");
        } catch (RuntimeException e) {
            stage.close();
            throw e;
        }
    }

    /** Calls until the number is known: what was just written may take a moment to be read. */
    private static Leg answered(Stage stage, String from)
            throws InterruptedException, ExecutionException, TimeoutException {
        for (int tries = 0; ; tries++) {
            Leg leg = stage.call(from, PhoneSettings.saying(stage.cast.caller(), 0));
            int status = leg.answered().get(ANSWER_MS, TimeUnit.MILLISECONDS);
            if (status == 200) {
                return leg;
            }
            if (status != 404 || tries == TRIES_MAX) {
                throw new DemoFailed("the caller's INVITE was answered " + status);
            }
            Thread.sleep(100);
        }
    }

    private static Script script(Stage stage) {
        return Script.speaking(stage.cast.agent(), 20, 0)
                .then(600, says("caller", "Hello. You charged me twice for order 4471.", 0.93, -0.3))
                .then(2_600, says("agent", "I can see two payments for order 4471.", 0.95, 0))
                .then(4_600, says("caller", "And I have been waiting for the refund for three weeks.", 0.95, -0.45))
                .then(6_600, says("agent", "Please give me a moment while I look at what I can do.", 0.9, 0))
                .then(8_600, bot -> {
                    CompletableFuture<Long> unused = bot.tell(
                            "handoff",
                            new JsonObject()
                                    .put("reason", "caller_request")
                                    .put("summary", SUMMARY)
                                    .put(
                                            "context",
                                            new JsonObject()
                                                    .put("order", "4471")
                                                    .put("charged", "2 x 129.00 USD")));
                })
                .then(8_700, says("caller", "I want to talk to somebody.", 0.41, -0.8));
    }

    private static java.util.function.Consumer<BotCall> says(
            String speaker, String text, double confidence, double sentiment) {
        return bot -> {
            CompletableFuture<Long> unused = bot.tell(
                    "turn",
                    new JsonObject()
                            .put("speaker", speaker)
                            .put("text", text)
                            .put("intent", "refund_dispute")
                            .put("confidence", confidence)
                            .put("sentiment", sentiment));
        };
    }

    String callId() {
        return callId;
    }

    private void untilOver() {
        try {
            caller.ended().get(LASTS_MAX_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.infof("demo: %s has lasted long enough", callId);
        } catch (ExecutionException | InterruptedException e) {
            LOG.warnf("demo: %s broke: %s", callId, e);
        } finally {
            close();
            stage.close();
            gateway.close();
        }
    }

    /** Hangs up; what is left is tidied up behind it. */
    @Override
    public void close() {
        if (!caller.ended().isDone()) {
            CompletableFuture<String> unused = caller.hangUp();
        }
    }
}
