package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.demo.ear.Ear;
import io.segue.demo.ear.Voice;
import io.segue.demo.phone.AnswerPlan;
import io.segue.demo.phone.Leg;
import io.segue.demo.phone.Phone;
import io.segue.demo.phone.PhoneSettings;
import org.junit.jupiter.api.Test;

/** A human whose leg is up all the time. */
class StandbyIT extends AtTheScene {
    @Test
    void aStandbyLegServesOneCallAfterTheOther() {
        Phone anna = standing();
        Leg leg = Scene.rung(anna);
        Scene.done("the leg is up", leg.confirmed());
        assertEquals("1", leg.inviteHeader("x-segue-standby"));
        for (int i = 0; i < 2; i++) {
            TestCall call = scene.call();
            long t0 = call.ask();
            long human = call.hears(Voice.HUMAN_HERTZ, t0);
            call.isUntouched(t0, human);
            call.handoffIn("connected");
            scene.awaitPresence("anna", "talking");
            Until.holds(
                    "the human hears the caller",
                    () -> new Ear(leg.tape()).firstHeard(Voice.CALLER_HERTZ, t0) != Long.MAX_VALUE);
            assertTrue(
                    leg.received().stream()
                            .anyMatch(r ->
                                    r.firstLine().startsWith("INFO") && r.text().contains("call=" + call.id)),
                    "the human is told which call it is");
            call.hangUp();
            scene.awaitPresence("anna", "available");
            assertFalse(leg.ended().isDone());
        }
        assertEquals(1, anna.calls().size());
        scene.gateway.delete("/humans/" + scene.named("anna"));
        assertEquals("BYE received", Scene.done("BYE", leg.ended()));
    }

    @Test
    void aStandbyHumanWhoHangsUpEndsTheCallAndIsRaisedAgain() {
        Phone anna = standing();
        Leg leg = Scene.rung(anna);
        Scene.done("the leg is up", leg.confirmed());
        TestCall call = scene.call();
        call.hears(Voice.HUMAN_HERTZ, call.ask());
        call.handoffIn("connected");
        Scene.done("the human hangs up", leg.hangUp());
        assertEquals("BYE received", Scene.done("BYE to the caller", call.caller.ended()));
        Leg again = Scene.rung(anna);
        Scene.done("the leg is up again", again.confirmed());
        scene.awaitPresence("anna", "available");
        TestCall next = scene.call();
        next.hears(Voice.HUMAN_HERTZ, next.ask());
        // Somebody who is no longer to stand by keeps the leg for as long as a caller has it.
        scene.gateway.delete("/humans/" + scene.named("anna"));
        long later = System.nanoTime() + 1_200_000_000L;
        next.hears(Voice.HUMAN_HERTZ, later);
        assertFalse(again.ended().isDone());
        next.hangUp();
        assertEquals("BYE received", Scene.done("BYE", again.ended()));
    }

    @Test
    void whoChoosesToBeAwayIsNotRaisedAgainUntilTheyAreAvailable() throws Exception {
        Phone anna = standing();
        Leg leg = Scene.rung(anna);
        Scene.done("the leg is up", leg.confirmed());
        scene.away("anna");
        assertEquals("BYE received", Scene.done("BYE", leg.ended()));
        scene.available("anna");
        Leg again = Scene.rung(anna);
        Scene.done("the leg is up again", again.confirmed());
        Scene.done("the leg is lost", again.hangUp());
        scene.awaitPresence("anna", "away");
        // She would be raised again after 2 s, but for what she says now.
        scene.away("anna");
        assertNull(anna.nextCall(3_500), "rung although away");
        assertEquals("away", scene.presence("anna"));
        scene.available("anna");
        Scene.done("the leg is up at last", Scene.rung(anna).confirmed());
        assertEquals("available", scene.presence("anna"));
        scene.gateway.delete("/humans/" + scene.named("anna"));
    }

    private Phone standing() {
        return scene.human("anna", AnswerPlan.atOnce(), PhoneSettings.saying(Voice.humanTone(), 60), "refunds", true);
    }
}
