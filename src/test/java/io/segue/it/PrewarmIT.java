package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.demo.ear.Ear;
import io.segue.demo.ear.Voice;
import io.segue.demo.phone.AnswerPlan;
import io.segue.demo.phone.Leg;
import io.segue.demo.phone.Phone;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A human who is rung before one is wanted. */
class PrewarmIT extends AtTheScene {
    @Test
    void aHumanIsPrewarmedWithoutAWordToTheBotAndThenTakesOverAtOnce() {
        Phone anna = scene.human("anna", AnswerPlan.atOnce(), "refunds");
        TestCall call = scene.call();
        long before = System.nanoTime();
        call.turn(0.87);
        Leg leg = Scene.rung(anna);
        Scene.done("the human answers", leg.confirmed());
        // Early, the human hears a soft tone and nothing of the caller.
        Until.holds("the human hears the tone", () -> leg.tape().size() > 20);
        assertEquals(-1, new Ear(leg.tape()).firstPacket(Voice.CALLER_HERTZ, 0));
        assertEquals(List.of(), call.toldBot());
        assertEquals(new JsonObject(), call.handoff());
        assertEquals("with_agent", call.document().getString("state"));
        long t0 = call.turn(0.7);
        long human = call.hears(Voice.HUMAN_HERTZ, t0);
        assertTrue(call.ear.firstHeard(Voice.HUMAN_HERTZ, before) > t0, "the human was heard before it was time");
        Scene.hears(leg, Voice.CALLER_HERTZ);
        JsonObject handoff = call.handoffIn("connected");
        assertTrue(handoff.getDouble("t2") < handoff.getDouble("t0"), "T2 lies before T0");
        call.isUntouched(before, human);
        assertEquals(1, anna.calls().size());
        call.hangUp();
    }

    @Test
    void aPrewarmedHumanIsLetGoAfterTwoGoodTurnsAndKeepsTheirPlace() {
        Phone anna = scene.human("anna", AnswerPlan.atOnce(), "refunds");
        scene.human("bert", AnswerPlan.atOnce(), "refunds");
        TestCall call = scene.call();
        call.turn(0.87);
        Leg leg = Scene.rung(anna);
        Scene.done("the human answers", leg.confirmed());
        call.turn(0.95);
        call.turn(0.97);
        assertEquals("BYE received", Scene.done("BYE", leg.ended()));
        scene.awaitPresence("anna", "available");
        assertEquals(List.of(), call.toldBot());
        assertEquals(new JsonObject(), call.handoff());
        long t0 = call.turn(0.3);
        call.hears(Voice.HUMAN_HERTZ, t0);
        assertEquals(scene.named("anna"), call.handoffIn("connected").getString("human"));
        assertTrue(scene.metric("segue_prewarms_wasted_total") >= 1, "the waste is counted");
        call.hangUp();
    }

    @Test
    void aPrewarmedHumanIsLetGoAfterAWhileAndOneWhoHangsUpIsNobodysBusiness() {
        scene.agent("refunds", new JsonObject().put("prewarmSeconds", 1));
        Phone anna = scene.human("anna", AnswerPlan.atOnce(), "refunds");
        TestCall call = scene.call();
        call.turn(0.87);
        assertEquals("BYE received", Scene.done("BYE", Scene.rung(anna).ended()));
        scene.awaitPresence("anna", "available");
        scene.agent("refunds", new JsonObject().put("prewarmSeconds", 60));
        TestCall other = scene.call();
        other.turn(0.87);
        Leg leg = Scene.rung(anna);
        Scene.done("the human answers", leg.confirmed());
        Scene.done("the human hangs up", leg.hangUp());
        scene.awaitPresence("anna", "available");
        other.hears(Voice.AGENT_HERTZ, System.nanoTime());
        assertEquals(List.of(), other.toldBot());
        assertFalse(other.caller.ended().isDone());
        call.hangUp();
        other.hangUp();
    }
}
