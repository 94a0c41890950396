package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.demo.ear.Voice;
import io.segue.demo.phone.AnswerPlan;
import io.segue.demo.phone.Phone;
import io.segue.demo.phone.PhoneSettings;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The agent desktop in a real browser: who is heard is measured in the page, and at the caller's socket. */
class DeskIT extends AtTheConsole {
    @BeforeEach
    void anAgent() {
        scene.agent("refunds");
    }

    private Chromium anna() {
        return available("anna");
    }

    /** A call that anna has taken, both heard. */
    private TestCall talking(Chromium anna) {
        TestCall call = scene.call();
        long asked = call.ask();
        anna.press("Accept");
        call.hears(Voice.HUMAN_HERTZ, asked);
        anna.hears(Voice.CALLER_HERTZ);
        anna.sees(".badge", "On the line");
        return call;
    }

    @Test
    void showsWhyBeforeItIsAnsweredAndBothAreHeardAndTheOutcomeIsTold() throws Exception {
        Chromium anna = anna();
        TestCall call = scene.call();
        call.bot()
                .turn("Good morning. The kettle you sent me leaks.", "complaint", 0.94)
                .join();
        call.bot()
                .tell("turn", Deciding.turn("a1", "I am sorry to hear that. Shall I send you another?"))
                .join();
        long asked = call.ask();
        anna.sees("p.said", "I want my money back.");
        assertEquals("ringing", scene.presence("anna"));
        anna.picture("desk-offer");
        anna.keys("a");
        call.hears(Voice.HUMAN_HERTZ, asked);
        anna.hears(Voice.CALLER_HERTZ);
        call.handoffIn("connected");
        anna.sees(".badge", "On the line");
        anna.picture("desk-talk");
        call.hangUp();
        anna.sees("h1", "What came of it?");
        anna.picture("desk-wrap-up");
        try (EventStream events = EventStream.open(process)) {
            anna.keys("1");
            anna.writes("textarea", "A refund is on its way.");
            anna.press("Save, take the next call");
            JsonObject outcome =
                    events.event("outcome", data -> data.getString("call").equals(call.id));
            assertEquals("resolved", outcome.getString("outcome"));
            assertEquals("A refund is on its way.", outcome.getString("note"));
            assertEquals(scene.named("anna"), outcome.getString("human"));
        }
        anna.sees(".state", "Waiting for a call");
        scene.awaitPresence("anna", "available");
    }

    @Test
    void holdsAndGivesBackToTheAgent() {
        Chromium anna = anna();
        TestCall call = talking(anna);
        anna.keys("h");
        anna.sees(".badge", "On hold");
        anna.keys("h");
        anna.sees(".badge", "On the line");
        anna.hears(Voice.CALLER_HERTZ);
        long now = System.nanoTime();
        call.hears(Voice.HUMAN_HERTZ, now);
        anna.keys("g");
        anna.writes("#back", "They agreed to five days.");
        anna.press("button.primary", "Give back");
        call.handoffIn("returned");
        call.hears(Voice.AGENT_HERTZ, System.nanoTime());
        anna.sees("h1", "What came of it?");
        call.hangUp();
    }

    @Test
    void aPageThatIsLoadedAnewHasItsCallBack() {
        Chromium anna = anna();
        TestCall call = talking(anna);
        long before = System.nanoTime();
        anna.reload();
        anna.sees(".badge", "On the line");
        anna.hears(Voice.CALLER_HERTZ);
        call.hears(Voice.HUMAN_HERTZ, before + 2_000_000_000L);
        scene.awaitPresence("anna", "talking");
        call.hangUp();
        anna.sees("h1", "What came of it?");
    }

    @Test
    void aSocketThatIsLostInACallComesBackAndTheCallGoesOn() {
        Chromium anna = anna();
        TestCall call = talking(anna);
        anna.losesItsSocket();
        Until.holds("a further socket", () -> ((Number) anna.run("return window.sockets.length")).intValue() > 1);
        call.hears(Voice.HUMAN_HERTZ, System.nanoTime());
        anna.hears(Voice.CALLER_HERTZ);
        Until.holds("registered again", () -> process.metric("segue_sip_websockets", "") == 1);
        scene.awaitPresence("anna", "talking");
        anna.keys("h");
        anna.sees(".badge", "On hold");
        anna.keys("h");
        anna.sees(".badge", "On the line");
        call.hangUp();
        anna.sees("h1", "What came of it?");
    }

    @Test
    void ofTwoTabsOneHasTheCallAndTheOtherStopsRinging() {
        Chromium anna = anna();
        String first = anna.tab();
        String second = anna.newTab();
        anna.signIn(scene.named("anna"), PASSWORD);
        TestCall call = scene.call();
        long asked = call.ask();
        anna.sees("button", "Accept");
        anna.toTab(first);
        anna.press("Accept");
        call.hears(Voice.HUMAN_HERTZ, asked);
        anna.sees(".badge", "On the line");
        anna.toTab(second);
        Until.holds("the other tab stops ringing", () -> !anna.shows("button", "Accept"));
        assertFalse(anna.shows(".badge", "On the line"));
        call.hangUp();
        anna.toTab(first);
        anna.sees("h1", "What came of it?");
    }

    @Test
    void whoLeavesWhileItRingsIsAwayAndTheNextIsRung() {
        Chromium anna = anna();
        TestCall call = scene.call();
        call.ask();
        anna.sees("button", "Accept");
        scene.human("ben", AnswerPlan.atOnce(), "refunds");
        anna.leave();
        call.handoffIn("connected");
        assertEquals("human_unreachable", call.why(0));
        scene.awaitPresence("anna", "away");
        call.hangUp();
    }

    @Test
    void whatACallerSaysIsTextAndRunsNothing() {
        String attack = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>";
        Chromium anna = anna();
        TestCall call = scene.call();
        long asked = call.bot().turn(attack, "refund_dispute", 0.41).join();
        anna.sees("p.said", attack);
        anna.press("Accept");
        call.hears(Voice.HUMAN_HERTZ, asked);
        anna.sees("p.said", attack);
        assertEquals(Boolean.TRUE, anna.run("return window.hacked === undefined"));
        assertEquals(List.of(), anna.run("return window.violations"));
        // What a fault of ours would do, the page's policy forbids.
        anna.run("try { const i = document.createElement('img'); i.setAttribute('onerror', 'window.hacked=1');"
                + " i.src = '/nothing-here'; document.body.append(i); } catch (refused) { /* told as a violation */ }");
        Until.holds("the policy spoke", () -> !((List<?>) anna.run("return window.violations")).isEmpty());
        assertEquals(Boolean.TRUE, anna.run("return window.hacked === undefined"));
        call.hangUp();
    }

    @Test
    void aSupervisorListensAndWhispers() {
        Chromium anna = anna();
        TestCall call = talking(anna);
        Chromium sue = at("sue", "supervisor", SUPERVISOR_HERTZ);
        call.order("supervise", new JsonObject().put("mode", "listen").put("human", scene.named("sue")));
        sue.hears(Voice.CALLER_HERTZ);
        call.order("supervise", new JsonObject().put("mode", "whisper").put("human", scene.named("sue")));
        anna.hears(SUPERVISOR_HERTZ);
        assertTrue(sue.shows(".badge", "On the line"));
        call.hangUp();
        anna.sees("h1", "What came of it?");
    }

    @Test
    void whoStandsByIsOnTheLineWithoutARing() {
        Chromium anna = at("anna", "human", Voice.HUMAN_HERTZ, new JsonObject().put("standby", true));
        anna.press("Available");
        anna.sees("p.soft", "on standby");
        TestCall call = scene.call();
        long asked = call.ask();
        anna.sees("[role=alert]", "The caller is on the line");
        call.hears(Voice.HUMAN_HERTZ, asked);
        anna.hears(Voice.CALLER_HERTZ);
        call.hangUp();
        anna.sees("h1", "What came of it?");
        anna.press("button.quiet", "Skip");
        anna.press("Away");
        scene.awaitPresence("anna", "away");
    }

    @Test
    void aCallIsTakenByItselfWhereThatWasChosen() {
        Chromium anna = anna();
        anna.press("#auto", "");
        TestCall call = scene.call();
        long asked = call.ask();
        call.hears(Voice.HUMAN_HERTZ, asked);
        anna.sees(".badge", "On the line");
        call.hangUp();
        anna.sees("h1", "What came of it?");
    }

    @Test
    void passesTheCallerOnToAnotherQueue() {
        scene.queue("disputes");
        Phone ben = scene.human(
                "ben",
                AnswerPlan.atOnce(),
                PhoneSettings.saying(Voice.tone("ben", SUPERVISOR_HERTZ), Scene.TAPE_SECONDS),
                "disputes",
                false);
        Chromium anna = anna();
        TestCall call = talking(anna);
        anna.keys("t");
        anna.press("label", "disputes");
        anna.press("button.primary", "Pass on");
        Scene.hears(Scene.rung(ben), Voice.CALLER_HERTZ);
        anna.sees("h1", "What came of it?");
        call.hangUp();
    }

    @Test
    void axeFindsNothingOnAnyScreenOfTheDeskInEitherTheme() {
        List<String> barriers = new ArrayList<>();
        Chromium signIn = browser(Voice.HUMAN_HERTZ);
        signIn.sees("h1", "Segue");
        signIn.picture("sign-in");
        accessible(signIn, "sign-in", barriers);
        Chromium anna = anna();
        anna.sees(".state", "Waiting for a call");
        anna.picture("desk");
        accessible(anna, "desk", barriers);
        TestCall call = scene.call();
        call.ask();
        anna.sees("button", "Accept");
        accessible(anna, "offer", barriers);
        anna.press("Accept");
        anna.sees(".badge", "On the line");
        accessible(anna, "talk", barriers);
        anna.keys("k");
        anna.sees("h2", "Keypad");
        accessible(anna, "keypad", barriers);
        anna.keys(Keys.ESCAPE);
        call.hangUp();
        anna.sees("h1", "What came of it?");
        accessible(anna, "wrap-up", barriers);
        assertEquals(List.of(), barriers);
    }
}
