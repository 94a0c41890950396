package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.demo.ear.Voice;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reviewers and supervisors in a real browser: the review desk, the wall and the policy editor. */
class OversightIT extends AtTheConsole {
    /** An agent that asks before it speaks or pays. */
    private TestCall asking() {
        scene.agent(
                "refunds",
                new JsonObject(),
                new JsonObject()
                        .put("mode", "hitl")
                        .put(
                                "boundaries",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("action", "payment.authorize")
                                                .put("above", 500)
                                                .put("currency", "USD"))));
        return scene.call();
    }

    private static void propose(TestCall call, String text) {
        call.bot()
                .turn("The kettle leaks. What about my money?", "refund", 0.96)
                .join();
        call.bot().tell("turn", Deciding.turn("t1", text).put("proposed", true)).join();
    }

    @Test
    void aProposedTurnIsApprovedByOneKeyAndThenSpoken() {
        Chromium rita = at("rita", "reviewer", Voice.HUMAN_HERTZ);
        TestCall call = asking();
        call.bot().speak(false).join();
        propose(call, "We refund you.");
        rita.goTo("review");
        rita.sees("p.said", "We refund you.");
        rita.picture("review");
        rita.keysUntil("a", "li span", "Approved");
        JsonObject told = Deciding.heard(call, "turn");
        assertEquals("approved", told.getString("decision"));
        long spoken = call.bot().speak(true).join();
        call.hears(Voice.AGENT_HERTZ, spoken);
        call.hangUp();
    }

    @Test
    void aPaymentIsSignedOffWithItsEvidenceInView() {
        Chromium sam = at("sam", "specialist", Voice.HUMAN_HERTZ);
        TestCall call = asking();
        Deciding.ask(call, "a9", 900);
        sam.goTo("review");
        sam.sees("*", "payment");
        sam.picture("signoff");
        sam.keysUntil("a", "li span", "Approved");
        JsonObject told = Deciding.heard(call, "action");
        assertEquals("a9", told.getString("id"));
        assertEquals("approved", told.getString("decision"));
        assertEquals(scene.named("sam"), told.getString("by"));
        call.hangUp();
    }

    @Test
    void aSupervisorListensAndWhispersFromTheWall() {
        scene.agent("refunds");
        Chromium anna = available("anna");
        Chromium sue = at("sue", "supervisor", SUPERVISOR_HERTZ);
        TestCall call = scene.call();
        long asked = call.ask();
        anna.press("Accept");
        call.hears(Voice.HUMAN_HERTZ, asked);
        sue.goTo("wall");
        sue.press("button.call", "+1555");
        sue.press("Listen");
        sue.hears(Voice.CALLER_HERTZ);
        sue.picture("wall-call");
        sue.press("Whisper");
        anna.hears(SUPERVISOR_HERTZ);
        call.hangUp();
        anna.sees("h1", "What came of it?");
    }

    @Test
    void axeFindsNothingOnTheViewsOfOversightInEitherTheme() {
        List<String> barriers = new ArrayList<>();
        TestCall call = asking();
        Chromium sue = at("sue", "supervisor", SUPERVISOR_HERTZ);
        propose(call, "We refund you.");
        sue.goTo("review");
        sue.sees("p.said", "We refund you.");
        accessible(sue, "review", barriers);
        sue.goTo("wall");
        sue.sees("button.call", "+1555");
        sue.picture("wall");
        accessible(sue, "wall", barriers);
        sue.press("button.call", "+1555");
        sue.sees("button", "Listen");
        accessible(sue, "wall, a call", barriers);
        sue.reload();
        sue.goTo("wall/insight");
        sue.sees("section.figure", "");
        sue.picture("insight");
        accessible(sue, "insight", barriers);
        sue.goTo("wall/audit");
        sue.sees("table", "");
        sue.press("button.primary", "");
        sue.sees(".verdict", "");
        sue.picture("audit");
        accessible(sue, "audit", barriers);
        sue.goTo("policy");
        sue.sees("h2", "Where a call of");
        sue.picture("policy");
        accessible(sue, "policy", barriers);
        call.hangUp();
        assertEquals(List.of(), barriers);
    }
}
