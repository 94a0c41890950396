package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.demo.ear.Voice;
import io.segue.demo.phone.AnswerPlan;
import io.segue.demo.phone.Leg;
import io.segue.demo.phone.Phone;
import io.segue.demo.phone.PhoneSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is rung when the first phone comes to nothing, or nobody is free. */
class OverflowIT extends AtTheScene {
    @Test
    void whoeverIsBusyOrDeclinesIsPassedOver() {
        Phone busy = scene.human("busy", new AnswerPlan.Refuse(486, 0), "refunds");
        Phone no = scene.human("no", new AnswerPlan.Refuse(603, 100), "refunds");
        scene.human("yes", AnswerPlan.atOnce(), "refunds");
        TestCall call = scene.call();
        long t0 = call.ask();
        long human = call.hears(Voice.HUMAN_HERTZ, t0);
        call.isUntouched(t0, human);
        assertEquals("human_busy", call.why(0));
        assertEquals("human_declined", call.why(1));
        assertEquals(scene.named("yes"), call.handoffIn("connected").getString("human"));
        assertEquals(1, busy.calls().size());
        assertEquals(1, no.calls().size());
        assertEquals("available", scene.presence("busy"));
        call.hangUp();
    }

    @Test
    void aPhoneThatIsNotAnsweredIsCancelledAndTheNextIsRung() {
        scene.queue("refunds", new JsonObject().put("ringSeconds", 1));
        Phone absent = scene.human("absent", new AnswerPlan.RingOn(), "refunds");
        scene.human("there", AnswerPlan.atOnce(), "refunds");
        TestCall call = scene.call();
        long t0 = call.ask();
        long human = call.hears(Voice.HUMAN_HERTZ, t0);
        assertTrue(call.ear.longestWithoutMs(Voice.AGENT_HERTZ, t0, human) < 400, "the agent was away");
        call.isUntouched(t0, human);
        assertEquals("CANCEL received", Scene.done("CANCEL", Scene.rung(absent).ended()));
        assertEquals("human_no_answer", call.why(0));
        scene.awaitPresence("absent", "available");
        call.hangUp();
    }

    @Test
    void twoUnansweredCallsInARowMakeAHumanAway() {
        scene.queue("refunds", new JsonObject().put("ringSeconds", 1));
        scene.human("absent", new AnswerPlan.RingOn(), "refunds");
        TestCall first = scene.call();
        first.ask();
        first.handoffIn("failed");
        first.hangUp();
        scene.awaitPresence("absent", "available");
        TestCall second = scene.call();
        second.ask();
        second.handoffIn("failed");
        second.hangUp();
        scene.awaitPresence("absent", "away");
    }

    @Test
    void anAnswerWithoutSdpIsNoAnswer() {
        Phone odd = scene.human("odd", new AnswerPlan.AnswerWithoutSdp(0), "refunds");
        scene.human("there", AnswerPlan.atOnce(), "refunds");
        TestCall call = scene.call();
        long t0 = call.ask();
        long human = call.hears(Voice.HUMAN_HERTZ, t0);
        call.isUntouched(t0, human);
        assertEquals("human_no_sdp", call.why(0));
        assertEquals("BYE received", Scene.done("BYE", Scene.rung(odd).ended()));
        call.hangUp();
    }

    @Test
    void aHumanWhoSendsNoRtpIsHungUp() {
        Phone mute = scene.human(
                "mute",
                AnswerPlan.atOnce(),
                PhoneSettings.saying(Voice.humanTone(), 10).withoutMedia(),
                "refunds",
                false);
        scene.human("there", AnswerPlan.atOnce(), "refunds");
        TestCall call = scene.call();
        long t0 = call.ask();
        long human = call.hears(Voice.HUMAN_HERTZ, t0);
        assertTrue(call.ear.longestWithoutMs(Voice.AGENT_HERTZ, t0, human) < 400, "the agent was away");
        call.isUntouched(t0, human);
        assertEquals("human_no_media", call.why(0));
        assertEquals("BYE received", Scene.done("BYE", Scene.rung(mute).ended()));
        call.hangUp();
    }

    @Test
    void anotherQueueIsTriedWhenNobodyIsFree() {
        scene.queue("others");
        scene.queue("refunds", new JsonObject().put("overflow", new JsonArray().add(scene.toQueue("others"))));
        scene.human("other", AnswerPlan.atOnce(), "others");
        TestCall call = scene.call();
        long t0 = call.ask();
        call.hears(Voice.HUMAN_HERTZ, t0);
        assertEquals(scene.named("other"), call.handoffIn("connected").getString("human"));
        call.hangUp();
    }

    @Test
    void aPhoneOutsideIsTriedWhenNobodyIsFree() {
        Phone acd = scene.phones.phone(
                scene.named("acd"), new AnswerPlan.Answer(200), PhoneSettings.saying(Voice.humanTone(), 20));
        scene.queue(
                "refunds",
                new JsonObject()
                        .put(
                                "overflow",
                                new JsonArray()
                                        .add(new JsonObject().put("sip", acd.uri()))
                                        .add(new JsonObject().put("agent", true))));
        scene.human("busy", new AnswerPlan.Refuse(486, 0), "refunds");
        TestCall call = scene.call();
        long t0 = call.ask();
        long human = call.hears(Voice.HUMAN_HERTZ, t0);
        call.isUntouched(t0, human);
        call.handoffIn("connected");
        assertEquals(call.id, Scene.rung(acd).inviteHeader("x-segue-call"));
        call.hangUp();
    }

    @Test
    void theAgentKeepsTheCallerWhenNobodyTakesIt() {
        scene.human("busy", new AnswerPlan.Refuse(486, 200), "refunds");
        TestCall call = scene.call();
        long t0 = call.ask();
        JsonObject handoff = call.handoffIn("failed");
        assertEquals("human_busy", handoff.getString("outcome"));
        long later = System.nanoTime() + 300_000_000L;
        long agent = call.hears(Voice.AGENT_HERTZ, later);
        assertTrue(call.ear.longestWithoutMs(Voice.AGENT_HERTZ, t0, agent) < 400, "the agent was away");
        call.isUntouched(t0, agent);
        Until.holds("the bot is told", () -> call.toldBot().contains("failed"));
        assertFalse(call.bot().closed().isDone());
        assertEquals("with_agent", call.document().getString("state"));
        call.hangUp();
    }

    @Test
    void aCallerWaitsForAHumanToComeFree() {
        scene.queue("refunds", new JsonObject().put("waitSeconds", 20));
        scene.human("anna", AnswerPlan.atOnce(), "refunds");
        TestCall first = scene.call();
        first.hears(Voice.HUMAN_HERTZ, first.ask());
        TestCall second = scene.call();
        long t0 = second.ask();
        second.handoffIn("requested");
        second.hears(Voice.AGENT_HERTZ, System.nanoTime() + 200_000_000L);
        first.hangUp();
        second.hears(Voice.HUMAN_HERTZ, t0);
        second.hangUp();
    }

    @Test
    void ofPhonesThatRingTogetherOneWinsAndTheOthersAreTold() {
        scene.queue("refunds", new JsonObject().put("ring", "all"));
        Phone slow = scene.human("slow", new AnswerPlan.RingOn(), "refunds");
        Phone first = scene.human("first", new AnswerPlan.Answer(300), "refunds");
        Phone second = scene.human("second", new AnswerPlan.Answer(300), "refunds");
        TestCall call = scene.call();
        long t0 = call.ask();
        call.hears(Voice.HUMAN_HERTZ, t0);
        String winner = call.handoffIn("connected").getString("human");
        Leg one = Scene.rung(first);
        Leg other = Scene.rung(second);
        Leg loser = winner.equals(scene.named("first")) ? other : one;
        Leg won = loser == one ? other : one;
        Scene.done("the loser's call ends", loser.ended());
        Leg unanswered = Scene.rung(slow);
        assertEquals("CANCEL received", Scene.done("CANCEL", unanswered.ended()));
        for (Leg leg : List.of(loser, unanswered)) {
            String last = leg.received().stream()
                    .filter(r ->
                            r.firstLine().startsWith("CANCEL") || r.firstLine().startsWith("BYE"))
                    .findFirst()
                    .orElseThrow()
                    .text();
            assertTrue(last.contains("Call completed elsewhere"), last);
        }
        assertFalse(won.ended().isDone());
        scene.awaitPresence("slow", "available");
        scene.awaitPresence(loser == one ? "first" : "second", "available");
        call.hangUp();
    }

    @Test
    void tenCallersGetAHumanEachAndTheEleventhWaits() {
        scene.queue("refunds", new JsonObject().put("waitSeconds", 20));
        List<TestCall> calls = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            scene.human("human" + i, new AnswerPlan.Answer(50), "refunds");
            calls.add(scene.call());
        }
        calls.add(scene.call());
        calls.forEach(TestCall::ask);
        Until.holds("ten are connected", () -> connected(calls) == 10);
        TestCall waiting = calls.stream()
                .filter(c -> !c.handoff().getString("state").equals("connected"))
                .findFirst()
                .orElseThrow();
        assertEquals("requested", waiting.handoff().getString("state"));
        assertEquals(
                10,
                calls.stream()
                        .filter(c -> c != waiting)
                        .map(c -> c.handoff().getString("human"))
                        .distinct()
                        .count());
        calls.stream().filter(c -> c != waiting).findFirst().orElseThrow().hangUp();
        waiting.hears(Voice.HUMAN_HERTZ, waiting.caller.invitedNanos());
        calls.stream().filter(c -> !c.caller.ended().isDone()).forEach(TestCall::hangUp);
    }

    private static long connected(List<TestCall> calls) {
        return calls.stream()
                .filter(c -> "connected".equals(c.handoff().getString("state")))
                .count();
    }
}
