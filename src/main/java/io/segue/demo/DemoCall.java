package io.segue.demo;

import io.segue.demo.ear.Segment;
import io.segue.demo.phone.AnswerPlan;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;

/** The demo: one call or a few, from a SIP phone through the gateway to a bot and on to a human's phone, judged at the phones' sockets. */
public final class DemoCall {
    /**
     * What is asked for.
     *
     * @param ringMs how long the human's phone rings, 0 to 25000
     * @param calls how many calls at once, 1 to 20
     */
    public record Order(int ringMs, int calls) {
        static final int RING_MS_MAX = 25_000;
        static final int CALLS_MAX = 20;

        public Order {
            if (ringMs < 0 || ringMs > RING_MS_MAX) {
                throw new IllegalArgumentException("ringMs: has to be 0 to " + RING_MS_MAX + ", not " + ringMs);
            }
            if (calls < 1 || calls > CALLS_MAX) {
                throw new IllegalArgumentException("calls: has to be 1 to " + CALLS_MAX + ", not " + calls);
            }
        }

        /** One call whose human picks up after two seconds. */
        public static Order usual() {
            return new Order(2_000, 1);
        }
    }

    private static final Logger LOG = Logger.getLogger(DemoCall.class);
    private static final int AGENT_MS = 3_000;
    private static final int TALK_MS = 3_000;
    private static final int SPARE_MS = 5_000;

    private DemoCall() {}

    /** Runs the demo and gives its account; blocks its thread. Throws {@link DemoFailed}. */
    public static JsonObject run(Gateway gateway, Order order) {
        LOG.infof("demo: %d call(s), the human's phone rings %d ms", order.calls(), order.ringMs());
        int waitMs = order.ringMs() + SPARE_MS;
        Cast cast = Cast.recorded((AGENT_MS + waitMs + TALK_MS) / 1000 + 5);
        HandoffRun.Plot plot = new HandoffRun.Plot(AGENT_MS, TALK_MS, waitMs, 20, false, false, true);
        JsonArray accounts = new JsonArray();
        boolean seamless = true;
        try (Stage stage = Stage.set(
                        gateway, cast, Stage.Setting.of(order.calls(), new AnswerPlan.Answer(order.ringMs())));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Handoff>> running = new ArrayList<>();
            for (int i = 0; i < order.calls(); i++) {
                running.add(threads.submit(() -> new HandoffRun(stage, plot).call()));
            }
            for (Future<Handoff> future : running) {
                Handoff handoff = result(future);
                LOG.infof(
                        "demo: %s: human heard %.0f ms after T0, gap %.0f ms, dead air %.0f ms, %d breaks",
                        handoff.callId(), handoff.heardMs(), handoff.gapMs(), handoff.deadAirMs(), handoff.breaks());
                seamless &= handoff.breaks() == 0 && handoff.sipToCaller().isEmpty();
                accounts.add(account(handoff));
            }
        }
        return new JsonObject().put("seamless", seamless).put("calls", accounts);
    }

    private static Handoff result(Future<Handoff> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailed("interrupted");
        } catch (java.util.concurrent.ExecutionException e) {
            throw e.getCause() instanceof DemoFailed failed
                    ? failed
                    : new DemoFailed("the demo broke: " + e.getCause());
        }
    }

    /** A handoff as JSON; times in milliseconds, from T0 in the timeline and from the caller's 200 in what was heard. */
    static JsonObject account(Handoff h) {
        return new JsonObject()
                .put("callId", h.callId())
                .put("human", h.human())
                .put(
                        "judgedAtTheSockets",
                        new JsonObject()
                                .put(
                                        "timeline",
                                        new JsonObject()
                                                .put("t0", 0)
                                                .put("humanRang", h.rangMs())
                                                .put("humanAnswered", h.answeredMs())
                                                .put("humanHeard", h.heardMs()))
                                .put("handoffMs", h.heardMs())
                                .put("answerToHeardMs", h.cutMs())
                                .put("deadAirMs", h.deadAirMs())
                                .put("gapMs", h.gapMs())
                                .put(
                                        "breaks",
                                        new JsonObject()
                                                .put("ssrc", h.timeline().ssrcChanges())
                                                .put("sequence", h.timeline().sequenceBreaks())
                                                .put("timestamp", h.timeline().timestampBreaks())
                                                .put("payloadType", h.timeline().typeBreaks())
                                                .put("changeWithoutMarker", h.changeMarked() ? 0 : 1))
                                .put("sipMessagesToCaller", lines(h))
                                .put("humanWordsLostMs", h.wordsLostMs())
                                .put("humanHeardCallerAfterMs", h.humanHeardCallerMs())
                                .put("botWithoutCallerMs", h.botWithoutCallerMs())
                                .put("generatorSlipMs", h.slipMs()))
                .put(
                        "heard",
                        new JsonObject()
                                .put("caller", stretches(h.callerHeard()))
                                .put("human", stretches(h.humanHeard()))
                                .put("agent", stretches(h.botHeard())))
                .put(
                        "gateway",
                        h.gateway() == null ? new JsonArray() : h.gateway().getJsonArray("handoffs"));
    }

    private static JsonArray lines(Handoff handoff) {
        JsonArray lines = new JsonArray();
        handoff.sipToCaller().forEach(message -> lines.add(message.firstLine()));
        return lines;
    }

    private static JsonArray stretches(List<Segment> segments) {
        JsonArray stretches = new JsonArray();
        for (Segment segment : segments) {
            stretches.add(new JsonObject()
                    .put("who", segment.who())
                    .put("fromMs", segment.fromMs())
                    .put("toMs", segment.toMs())
                    .put("levelDbm0", segment.levelDbm0()));
        }
        return stretches;
    }
}
