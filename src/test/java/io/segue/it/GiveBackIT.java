package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.demo.DemoFailed;
import io.segue.demo.ear.Voice;
import io.segue.demo.phone.AnswerPlan;
import io.segue.demo.phone.Phone;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** The way of a caller back from the human to the agent. */
class GiveBackIT extends AtTheScene {
    @Test
    void theCallerGoesBackToAnAgentThatStayed() {
        scene.agent("refunds", new JsonObject(), new JsonObject().put("afterHandoff", "listen"));
        Phone anna = scene.human("anna", AnswerPlan.atOnce(), "refunds");
        TestCall call = scene.call();
        long t0 = call.ask();
        call.hears(Voice.HUMAN_HERTZ, t0);
        call.handoffIn("connected");
        call.order(
                "turns",
                new JsonObject()
                        .put("speaker", "caller")
                        .put("text", "Said to the human.")
                        .put("startMs", 1)
                        .put("endMs", 2));
        int frames = call.bot().tape().size();
        Until.holds("the bot hears the caller", () -> call.bot().tape().size() > frames + 10);
        long back = System.nanoTime();
        call.order("return", new JsonObject().put("note", "All settled."));
        call.hears(Voice.AGENT_HERTZ, back);
        assertEquals("BYE received", Scene.done("BYE", Scene.rung(anna).ended()));
        Until.holds("the bot has the caller back", () -> call.botHeard("returned"));
        JsonObject returned = call.heard("returned").getJsonObject("returned");
        assertEquals("All settled.", returned.getString("note"));
        assertEquals(
                "Said to the human.",
                returned.getJsonArray("transcript").getJsonObject(0).getString("text"));
        assertEquals(scene.named("anna"), returned.getString("human"));
        assertTrue(returned.getLong("startedAt") < returned.getLong("endedAt"), returned.encode());
        assertEquals(
                call.handoff().getDouble("t4"), returned.getLong("startedAt").doubleValue(), 1.0, "the clock's T4");
        assertTrue(
                assertThrows(DemoFailed.class, () -> call.order("return", new JsonObject()))
                        .getMessage()
                        .contains("409"),
                "the caller is given back once");
        assertEquals("returned", call.toldBot().getLast());
        assertEquals("with_agent", call.document().getString("state"));
        call.isUntouched(t0, System.nanoTime());
        call.hangUp();
    }

    @Test
    void theCallerGoesBackToAnAgentThatIsCalledAgain() throws Exception {
        scene.agent("refunds", new JsonObject(), new JsonObject().put("events", true));
        Phone anna = scene.human("anna", AnswerPlan.atOnce(), "refunds");
        TestCall call = scene.call();
        long t0 = call.ask();
        call.hears(Voice.HUMAN_HERTZ, t0);
        call.handoffIn("connected");
        Scene.done("the bot's socket closes", call.bot().closed());
        call.order("turns", new JsonObject().put("speaker", "agent").put("text", "Hello."));
        long back = System.nanoTime();
        call.order("return", new JsonObject().put("note", "All settled."));
        call.hears(Voice.AGENT_HERTZ, back);
        var again = scene.bot.next(10_000);
        assertEquals("1", again.parameter("resumed"));
        assertEquals(call.id, again.callId());
        Until.holds("the bot is told", () -> again.heard().stream()
                .anyMatch(h -> h.event().equals("returned")));
        JsonObject returned = again.heard().stream()
                .filter(h -> h.event().equals("returned"))
                .findFirst()
                .orElseThrow()
                .frame()
                .getJsonObject("returned");
        assertEquals("All settled.", returned.getString("note"));
        assertEquals(
                "Hello.", returned.getJsonArray("transcript").getJsonObject(0).getString("text"));
        assertEquals("BYE received", Scene.done("BYE", Scene.rung(anna).ended()));
        // And to the human once more.
        long t1 = again.turn("A human!", "refund_dispute", 0.2).join();
        call.hears(Voice.HUMAN_HERTZ, t1);
        assertEquals(2, call.document().getJsonArray("handoffs").size());
        call.isUntouched(t0, System.nanoTime());
        call.hangUp();
    }
}
