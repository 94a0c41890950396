package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.demo.ear.Voice;
import io.segue.demo.phone.AnswerPlan;
import io.segue.demo.phone.Leg;
import io.segue.demo.phone.Phone;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The way of a caller to a human who takes the call. */
class HandoffIT extends AtTheScene {
    @Test
    void theCallerHearsTheHumanWithoutASeamWhenThePhoneIsAnsweredAtOnce() {
        Phone anna = scene.human("anna", AnswerPlan.atOnce(), "refunds");
        TestCall call = scene.call();
        long t0 = call.ask();
        long human = call.hears(Voice.HUMAN_HERTZ, t0);
        call.handoffIn("connected");
        scene.awaitPresence("anna", "talking");
        Leg leg = Scene.rung(anna);
        Scene.hears(leg, Voice.CALLER_HERTZ);
        call.isUntouched(t0, human + 200_000_000);
        assertTrue(call.ear.deadAirMs(t0, human) < 400, "dead air");
        assertEquals(List.of("requested", "reserved", "answered", "connected"), call.toldBot());
        call.hangUp();
        Scene.done("BYE to the human", leg.ended());
        scene.awaitPresence("anna", "available");
        JsonObject handoff = call.handoff();
        assertEquals("low_confidence", handoff.getString("reason"));
        assertEquals(scene.named("anna"), handoff.getString("human"));
        assertEquals("caller_hung_up", handoff.getString("outcome"));
        assertEquals(0, handoff.getInteger("seqBreaks"));
        assertEquals(0, handoff.getInteger("tsBreaks"));
        List<Double> clock = List.of("t0", "t1", "t2", "tc", "t3", "t4").stream()
                .map(handoff::getDouble)
                .toList();
        assertEquals(clock.stream().sorted().toList(), clock);
    }

    @Test
    void theAgentTalksOnUntilThePhoneThatRingsIsAnswered() {
        Phone anna = scene.human("anna", new AnswerPlan.Answer(1_500), "refunds");
        TestCall call = scene.call();
        long t0 = call.ask();
        Leg leg = Scene.rung(anna);
        Scene.done("the phone rings", leg.ringing());
        call.handoffIn("ringing");
        assertEquals("ringing", scene.presence("anna"));
        long human = call.hears(Voice.HUMAN_HERTZ, t0);
        assertTrue(human - t0 > 1_400_000_000L, "the human was heard before the phone was answered");
        assertTrue(call.ear.longestWithoutMs(Voice.AGENT_HERTZ, t0, leg.answeredNanos()) < 400, "the agent was away");
        call.isUntouched(t0, human + 200_000_000);
        Scene.done("the bot's socket closes", call.bot().closed());
        assertEquals(List.of("requested", "reserved", "ringing", "answered", "connected"), call.toldBot());
        call.hangUp();
    }

    @Test
    void theAgentEndsItsUtteranceWhereThePolicySaysSo() {
        scene.agent("refunds", new JsonObject().put("cut", "end-of-utterance"));
        Phone anna = scene.human("anna", AnswerPlan.atOnce(), "refunds");
        TestCall call = scene.call();
        long t0 = call.ask();
        Leg leg = Scene.rung(anna);
        Scene.done("the human answers", leg.confirmed());
        call.handoffIn("answered");
        call.hears(Voice.AGENT_HERTZ, leg.answeredNanos() + 300_000_000L);
        assertEquals("answered", call.handoff().getString("state"));
        Scene.hears(leg, Voice.CALLER_HERTZ);
        long quiet = call.bot().speak(false).join();
        long human = call.hears(Voice.HUMAN_HERTZ, t0);
        assertTrue(human > quiet, "the agent was cut off");
        call.handoffIn("connected");
        call.hangUp();
    }

    @Test
    void theAgentIsCutOffAtTheLatestAfterCutMaxMs() {
        scene.agent("refunds", new JsonObject().put("cut", "end-of-utterance").put("cutMaxMs", 700));
        Phone anna = scene.human("anna", AnswerPlan.atOnce(), "refunds");
        TestCall call = scene.call();
        long t0 = call.ask();
        Leg leg = Scene.rung(anna);
        long human = call.hears(Voice.HUMAN_HERTZ, t0);
        assertTrue(human - leg.answeredNanos() > 600_000_000L, "cut off too early");
        call.hangUp();
    }

    @Test
    void theCallersHangUpCancelsEveryPhoneAtOnce() {
        scene.queue("refunds", new JsonObject().put("ring", "all"));
        Phone one = scene.human("one", new AnswerPlan.RingOn(), "refunds");
        Phone two = scene.human("two", new AnswerPlan.RingOn(), "refunds");
        TestCall call = scene.call();
        call.ask();
        Leg first = Scene.rung(one);
        Leg second = Scene.rung(two);
        Scene.done("ringing", first.ringing());
        Scene.done("ringing", second.ringing());
        call.hangUp();
        assertEquals("CANCEL received", Scene.done("CANCEL", first.ended()));
        assertEquals("CANCEL received", Scene.done("CANCEL", second.ended()));
        Scene.done("the bot's socket closes", call.bot().closed());
        JsonObject handoff = call.handoffIn("abandoned");
        assertEquals("caller_hung_up", handoff.getString("outcome"));
        scene.awaitPresence("one", "available");
        scene.awaitPresence("two", "available");
    }

    @Test
    void theCallerIsHungUpWhenTheHumanHangsUp() {
        Phone anna = scene.human("anna", AnswerPlan.atOnce(), "refunds");
        TestCall call = scene.call();
        call.hears(Voice.HUMAN_HERTZ, call.ask());
        call.handoffIn("connected");
        Scene.done("BYE", Scene.rung(anna).hangUp());
        assertEquals("BYE received", Scene.done("BYE to the caller", call.caller.ended()));
        call.awaitState("ended");
        assertEquals("human_hung_up", call.handoff().getString("outcome"));
        scene.awaitPresence("anna", "available");
    }

    @Test
    void anOperatorHandsOffAndHangsUp() {
        scene.queue("others");
        scene.human("other", AnswerPlan.atOnce(), "others");
        TestCall call = scene.call();
        long t0 = System.nanoTime();
        call.order(
                "handoff", new JsonObject().put("queue", scene.named("others")).put("note", "a regular"));
        call.hears(Voice.HUMAN_HERTZ, t0);
        assertEquals("operator_request", call.handoffIn("connected").getString("reason"));
        call.order("hangup", new JsonObject());
        assertEquals("BYE received", Scene.done("BYE", call.caller.ended()));
        call.awaitState("ended");
        assertEquals("operator_hung_up", call.handoff().getString("outcome"));
    }

    @Test
    void anOperatorsHangUpLetsTheAgentFinish() {
        TestCall call = scene.call();
        long order = System.nanoTime();
        call.order("hangup", new JsonObject());
        call.hears(Voice.AGENT_HERTZ, order + 100_000_000L);
        call.bot().speak(false).join();
        assertEquals("BYE received", Scene.done("BYE", call.caller.ended()));
    }

    @Test
    void aSecondSocketOrALateTurnOfTheOldAgentChangesNothing() {
        scene.agent("refunds", new JsonObject(), new JsonObject().put("afterHandoff", "listen"));
        scene.human("anna", AnswerPlan.atOnce(), "refunds");
        TestCall call = scene.call(Scene.speaking(), Map.of());
        long t0 = call.ask();
        long human = call.hears(Voice.HUMAN_HERTZ, t0);
        call.handoffIn("connected");
        call.turn(0.1);
        call.bot().close().join();
        Until.holds("the agent is gone", () -> call.document().getString("link").equals("dead"));
        call.hears(Voice.HUMAN_HERTZ, System.nanoTime());
        assertEquals(1, call.document().getJsonArray("handoffs").size());
        assertEquals("with_human", call.document().getString("state"));
        call.isUntouched(t0, human + 300_000_000L);
        call.hangUp();
    }

    @Test
    void theHangUpThatMeetsTheAnswerLeavesNobodyOnTheLine() {
        Phone anna = scene.human("anna", new AnswerPlan.Answer(120), "refunds");
        for (int i = 0; i < 5; i++) {
            TestCall call = scene.call();
            call.ask();
            Leg leg = Scene.rung(anna);
            Scene.done("ringing", leg.ringing());
            // Now and then before the answer, now and then after it.
            long moment = System.nanoTime() + (80 + 20L * i) * 1_000_000;
            Until.holds("the moment has come", () -> System.nanoTime() - moment > 0);
            call.hangUp();
            Scene.done("the phone is let go", leg.ended());
            scene.awaitPresence("anna", "available");
        }
    }
}
