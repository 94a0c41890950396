package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.bench.GatewayProcess;
import io.segue.demo.bot.BotCall;
import io.segue.demo.bot.Script;
import io.segue.demo.ear.Voice;
import io.segue.demo.phone.AnswerPlan;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What sends a caller to a human: an agent that fails in whatever way, and all that the policy knows. */
class AgentFailureIT extends AtTheScene {
    private Scene agentAt(String url) {
        return scene.agent("refunds", new JsonObject(), new JsonObject().put("url", url));
    }

    /** The caller hears the filler, then the human; the reason is told. */
    private void fillerThenHuman(TestCall call, String reason) {
        long filler = call.hearsFiller(call.caller.invitedNanos());
        long human = call.hears(Voice.HUMAN_HERTZ, 0);
        assertTrue(filler < human, "the filler comes first");
        assertEquals(reason, call.handoffIn("connected").getString("reason"));
        call.isUntouched(call.caller.answeredNanos() + 500_000_000L, human + 100_000_000L);
        call.hangUp();
    }

    @Test
    void nobodyListens() throws Exception {
        scene.human("anna", new AnswerPlan.Answer(600), "refunds");
        agentAt("ws://127.0.0.1:" + GatewayProcess.freeTcp() + "/");
        fillerThenHuman(scene.callOfNoAgent(), "agent_refused");
    }

    @Test
    void theHandshakeIsRefused() {
        scene.human("anna", new AnswerPlan.Answer(600), "refunds");
        agentAt(scene.bot.url("/refuse/403").toString());
        TestCall call = scene.callOfNoAgent();
        call.hears(Voice.HUMAN_HERTZ, 0);
        assertTrue(
                call.handoff().getString("detail").contains("403"),
                call.handoff().getString("detail"));
        fillerThenHuman(call, "agent_refused");
    }

    @Test
    void theHandshakeIsLate() {
        scene.human("anna", new AnswerPlan.Answer(600), "refunds");
        agentAt(scene.bot.url("/never").toString());
        fillerThenHuman(scene.callOfNoAgent(), "agent_late");
    }

    @Test
    void theAgentSaysNothingAtFirst() {
        scene.human("anna", new AnswerPlan.Answer(600), "refunds");
        fillerThenHuman(scene.call(Script.discarding(), Map.of()), "agent_late");
    }

    @Test
    void theAgentClosesItsSocket() {
        scene.human("anna", new AnswerPlan.Answer(600), "refunds");
        TestCall call = scene.call();
        call.bot().close().join();
        fillerThenHuman(call, "agent_closed");
    }

    @Test
    void theAgentDiesWhileTheHumansPhoneRings() {
        scene.human("anna", new AnswerPlan.Answer(1_500), "refunds");
        TestCall call = scene.call();
        call.ask();
        call.handoffIn("ringing");
        call.bot().close().join();
        fillerThenHuman(call, "low_confidence");
    }

    @Test
    void theAgentDoesNotRead() throws Exception {
        try (DeafBot deaf = new DeafBot()) {
            scene.human("anna", new AnswerPlan.Answer(600), "refunds");
            agentAt(deaf.url().toString());
            fillerThenHuman(scene.callOfNoAgent(), "agent_slow");
        }
    }

    @Test
    void theAgentIsNotThereAnyMoreAlthoughItsSocketIs() throws Exception {
        try (GatewayProcess process = FlowGateway.start("ping", Map.of("SEGUE_AGENT_PING_INTERVAL", "1s"));
                Scene other = new Scene(process);
                DeafBot deaf = new DeafBot()) {
            other.queue("refunds").human("ben", new AnswerPlan.Answer(600), "refunds");
            other.agent(
                    "refunds",
                    new JsonObject(),
                    new JsonObject().put("url", deaf.url().toString()));
            fillerThenHuman(other.callOfNoAgent(), "agent_silent");
            other.nothingIsLeft(0);
        }
    }

    @Test
    void theAgentSendsAFrameOfAMegabyte() {
        scene.human("anna", new AnswerPlan.Answer(600), "refunds");
        TestCall call = scene.call();
        call.bot()
                .raw("{\"event\":\"turn\",\"turn\":{\"text\":\"" + "x".repeat(1_000_000) + "\"}}")
                .join();
        fillerThenHuman(call, "agent_misbehaved");
    }

    @Test
    void malformedFramesAreAnsweredAndTheCallGoesOn() {
        scene.agent("refunds", new JsonObject(), new JsonObject().put("events", true));
        TestCall call = scene.call();
        call.bot().raw("{\"event\":").join();
        Until.holds("an error is told", () -> call.botHeard("error"));
        call.turn(7);
        Until.holds(
                "another error is told",
                () -> call.bot().heard().stream()
                                .filter(h -> h.event().equals("error"))
                                .count()
                        == 2);
        call.bot().raw("{\"event\":\"nobody knows it\"}").join();
        call.hears(Voice.AGENT_HERTZ, System.nanoTime() + 100_000_000L);
        assertEquals("with_agent", call.document().getString("state"));
        assertEquals(new JsonArray(), call.document().getJsonArray("turns"));
        assertEquals(new JsonObject(), call.handoff());
        call.hangUp();
    }

    @Test
    void withoutAHumanTheAgentIsCalledAgainAndToldThatItKnowsTheCaller() throws Exception {
        TestCall call = scene.call();
        long closed = call.bot().close().join();
        long filler = call.hearsFiller(closed);
        BotCall again = scene.bot.next(20_000);
        assertNotNull(again);
        assertEquals("1", again.parameter("resumed"));
        assertEquals(call.id, again.callId());
        long agent = call.hears(Voice.AGENT_HERTZ, filler);
        assertEquals("no_human", call.handoff().getString("outcome"));
        call.awaitState("with_agent");
        call.isUntouched(closed, agent + 100_000_000L);
        call.hangUp();
    }

    @Test
    void anAgentThatIsCalledAgainNeedNotSpeakFirst() throws Exception {
        TestCall call = scene.call();
        scene.bot.otherwise(Script.discarding());
        call.bot().close().join();
        BotCall again = scene.bot.next(20_000);
        assertNotNull(again);
        call.awaitState("with_agent");
        // Longer than a first greeting would be waited for.
        long frames = again.tape().received();
        Until.holds("it hears the caller for 3 s", () -> again.tape().received() > frames + 150);
        assertFalse(again.closed().isDone());
        assertEquals("with_agent", call.document().getString("state"));
        call.hangUp();
    }

    @Test
    void withoutAnybodyTheCallerIsToldSoAndHungUp() {
        scene.agent(
                "refunds",
                new JsonObject().put("maxWaitSeconds", 2),
                new JsonObject().put("url", scene.bot.url("/refuse/503").toString()));
        TestCall call = scene.callOfNoAgent();
        call.hearsFiller(call.caller.invitedNanos());
        assertEquals("BYE received", Scene.done("BYE", call.caller.ended()));
        String bye = call.caller.received().getLast().text();
        assertTrue(bye.startsWith("BYE "), bye);
        assertTrue(bye.contains("Q.850;cause=41"), bye);
        call.awaitState("ended");
        assertTrue(call.ear.deadAirMs(call.caller.answeredNanos() + 500_000_000L, System.nanoTime() - 500_000_000L)
                < 1_500);
    }

    @Test
    void thePhraseOfThePolicy() {
        scene.human("anna", AnswerPlan.atOnce(), "refunds");
        scene.agent("refunds", new JsonObject().put("phrases", new JsonArray().add("representative")));
        TestCall call = scene.call();
        call.bot().turn("Unrepresentative, surely.", "other", 0.99).join();
        call.bot().turn("Give me a Representative!", "other", 0.99).join();
        becomes(call, "phrase");
    }

    @Test
    void theFloorOfTheMood() {
        scene.human("anna", AnswerPlan.atOnce(), "refunds");
        TestCall call = scene.call();
        call.bot()
                .tell(
                        "turn",
                        new JsonObject()
                                .put("speaker", "caller")
                                .put("text", "This is outrageous.")
                                .put("confidence", 0.99)
                                .put("sentiment", -0.9))
                .join();
        becomes(call, "negative_sentiment");
    }

    @Test
    void theThresholdOfAnIntent() {
        scene.human("anna", AnswerPlan.atOnce(), "refunds");
        scene.agent(
                "refunds",
                new JsonObject().put("prewarmMargin", 0).put("intents", new JsonObject().put("refund_dispute", 0.95)));
        TestCall call = scene.call();
        call.bot().turn("What is the time?", "other", 0.9).join();
        call.bot().turn("My money!", "refund_dispute", 0.9).join();
        becomes(call, "low_confidence");
        assertEquals(2, call.document().getJsonArray("turns").size());
    }

    @Test
    void anAgentThatOwesAnAnswer() {
        scene.human("anna", AnswerPlan.atOnce(), "refunds");
        scene.agent("refunds", new JsonObject().put("agentSilenceSeconds", 1));
        TestCall call = scene.call();
        call.bot().speak(false).join();
        Until.holds("the bot hears the caller", () -> call.bot().tape().size() > 25);
        call.caller.say(Voice.silent());
        becomes(call, "agent_silence");
    }

    @Test
    void aCallerWhoSaysNothing() {
        scene.human("anna", AnswerPlan.atOnce(), "refunds");
        scene.agent("refunds", new JsonObject().put("callerSilenceSeconds", 1).put("agentSilenceSeconds", 0));
        TestCall call = scene.call();
        call.bot().speak(false).join();
        call.caller.say(Voice.silent());
        becomes(call, "caller_silence");
    }

    @Test
    void theAgentAsksByOurEvent() {
        scene.human("anna", AnswerPlan.atOnce(), "refunds");
        TestCall call = scene.call();
        call.bot().handoff("caller_request", "Wants a person.").join();
        becomes(call, "caller_request");
        assertEquals(
                "Wants a person.",
                scene.gateway
                        .get("/calls/" + call.id + "/context")
                        .orElseThrow()
                        .getString("summary"));
    }

    @Test
    void theAgentAsksAsConversationRelayDoes() {
        scene.human("anna", AnswerPlan.atOnce(), "refunds");
        TestCall call = scene.call();
        call.bot()
                .raw(new JsonObject()
                        .put("type", "end")
                        .put(
                                "handoffData",
                                new JsonObject()
                                        .put("reasonCode", "live-agent-handoff")
                                        .encode())
                        .encode())
                .join();
        becomes(call, "agent_request");
    }

    private static void becomes(TestCall call, String reason) {
        call.hears(Voice.HUMAN_HERTZ, 0);
        assertEquals(reason, call.handoffIn("connected").getString("reason"));
        call.hangUp();
    }
}
