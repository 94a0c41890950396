package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.demo.ear.Ear;
import io.segue.demo.ear.Voice;
import io.segue.demo.phone.AnswerPlan;
import io.segue.demo.phone.Leg;
import io.segue.demo.phone.Phone;
import io.segue.demo.phone.PhoneBank;
import io.segue.demo.phone.PhoneSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way of a caller to a human who takes the call. */
class HandoffIT {
    private Scene scene;

    @BeforeEach
    void open() {
        scene = new Scene();
        scene.queue("refunds").agent("refunds");
    }

    @AfterEach
    void close() {
        try (Scene ending = scene) {
            ending.nothingIsLeft(0);
        }
    }

    @Test
    void theCallerHearsTheHumanWithoutASeamWhenThePhoneIsAnsweredAtOnce() {
        Phone anna = scene.human("anna", AnswerPlan.atOnce(), "refunds");
        TestCall call = scene.call();
        long t0 = call.ask();
        long human = call.hears(Voice.HUMAN_HERTZ, t0);
        call.handoffIn("connected");
        scene.awaitPresence("anna", "talking");
        Leg leg = Scene.rung(anna);
        hears(leg, Voice.CALLER_HERTZ);
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
    void theFillerPlaysWhenTheAgentGoesMuteAsItAsks() {
        scene.human("anna", new AnswerPlan.Answer(1_500), "refunds");
        TestCall call = scene.call();
        long t0 = call.bot().turnAndMute("A human.", "refund_dispute", 0.4).join();
        long filler = call.hearsFiller(t0);
        long human = call.hears(Voice.HUMAN_HERTZ, t0);
        assertTrue(filler < human);
        assertTrue(call.ear.deadAirMs(t0, human) < 800, "dead air");
        call.isUntouched(t0, human + 100_000_000);
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
        hears(leg, Voice.CALLER_HERTZ);
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
        hears(leg, Voice.CALLER_HERTZ);
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
    void theCallerHearsTheFillerWhileTheHumanHolds() {
        Phone anna = scene.human("anna", AnswerPlan.atOnce(), "refunds");
        TestCall call = scene.call();
        long t0 = call.ask();
        call.hears(Voice.HUMAN_HERTZ, t0);
        call.handoffIn("connected");
        Leg leg = Scene.rung(anna);
        long hold = System.nanoTime();
        assertEquals(200, Scene.done("hold", leg.renegotiate("sendonly")));
        call.hearsFiller(hold);
        long back = System.nanoTime();
        assertEquals(200, Scene.done("unhold", leg.renegotiate("sendrecv")));
        long again = call.hears(Voice.HUMAN_HERTZ, back);
        call.isUntouched(t0, again + 100_000_000);
        call.hangUp();
    }

    @Test
    void aStandbyLegServesOneCallAfterTheOther() {
        Phone anna =
                scene.human("anna", AnswerPlan.atOnce(), PhoneSettings.saying(Voice.humanTone(), 60), "refunds", true);
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
    void theBotIsToldOfDigitsAndTheHumanGetsThemAsTelephoneEvents() {
        scene.agent("refunds", new JsonObject().put("dtmf", "0"));
        Phone anna = scene.human("anna", AnswerPlan.atOnce(), "refunds");
        TestCall call = scene.call();
        call.caller.dial("5");
        Until.holds("the bot is told of the 5", () -> call.botHeard("dtmf"));
        assertEquals("5", call.heard("dtmf").getJsonObject("dtmf").getString("digit"));
        assertEquals(new JsonObject(), call.handoff());
        long t0 = System.nanoTime();
        call.caller.dial("0");
        call.hears(Voice.HUMAN_HERTZ, t0);
        assertEquals("dtmf", call.handoffIn("connected").getString("reason"));
        Leg leg = Scene.rung(anna);
        hears(leg, Voice.CALLER_HERTZ);
        int from = leg.tape().size();
        call.caller.dial("7");
        Until.holds("the human gets a telephone-event", () -> {
            for (int i = from; i < leg.tape().size(); i++) {
                if (!leg.tape().audible(i)) {
                    return true;
                }
            }
            return false;
        });
        call.hangUp();
    }

    @Test
    void aCallerWithoutACommonCodingIsRefusedAndForgotten() {
        scene.call().hangUp();
        Leg caller = scene.callers.call(
                "+15551",
                scene.number(),
                scene.gateway.sip(),
                PhoneSettings.saying(Voice.callerTone(), 1).with(new Integer[0]));
        assertEquals(488, Scene.done("an answer", caller.answered()));
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

    @Test
    void aHumanWithAnotherCodingHearsAndIsHeard() {
        Phone anna = scene.human(
                "anna",
                AnswerPlan.atOnce(),
                PhoneSettings.saying(Voice.humanTone(), 20).with(8),
                "refunds",
                false);
        TestCall call = scene.call();
        long t0 = call.ask();
        long human = call.hears(Voice.HUMAN_HERTZ, t0);
        Leg leg = Scene.rung(anna);
        hears(leg, Voice.CALLER_HERTZ);
        assertEquals(8, leg.tape().payloadType(0));
        assertEquals(0, call.caller.tape().payloadType(0));
        call.isUntouched(t0, human + 200_000_000L);
        call.hangUp();
    }

    @Test
    void aHumanIsReachedByTcp() {
        try (PhoneBank tcp = PhoneBank.openTcp("tcp", "127.0.0.1")) {
            Phone anna =
                    tcp.phone(scene.named("anna"), AnswerPlan.atOnce(), PhoneSettings.saying(Voice.humanTone(), 20));
            scene.human("anna", anna, "refunds");
            TestCall call = scene.call();
            long t0 = call.ask();
            call.hears(Voice.HUMAN_HERTZ, t0);
            hears(Scene.rung(anna), Voice.CALLER_HERTZ);
            call.hangUp();
            scene.awaitPresence("anna", "available");
        }
    }

    @Test
    void aHumanIsReachedWhereThePhoneRegistered() {
        Phone anna = scene.phones.phone(
                scene.named("anna"), AnswerPlan.atOnce(), PhoneSettings.saying(Voice.humanTone(), 20));
        scene.put(
                "/humans/" + scene.named("anna"),
                new JsonObject()
                        .put("name", "Anna")
                        .put("password", "a secret of Anna's")
                        .put("queues", new JsonArray().add(scene.named("refunds"))));
        String registrar = "127.0.0.1:" + scene.gateway.sip().getPort();
        assertEquals(401, Scene.done("a wrong password", anna.register(registrar, "guessed", 60)));
        assertEquals(200, Scene.done("REGISTER", anna.register(registrar, "a secret of Anna's", 60)));
        scene.available("anna");
        TestCall call = scene.call();
        call.hears(Voice.HUMAN_HERTZ, call.ask());
        call.hangUp();
        scene.awaitPresence("anna", "available");
    }

    @Test
    void aCallerWhoHoldsIsHandedOverAllTheSame() {
        scene.human("anna", AnswerPlan.atOnce(), "refunds");
        TestCall call = scene.call();
        assertEquals(200, Scene.done("hold", call.caller.renegotiate("sendonly")));
        call.ask();
        call.handoffIn("connected");
        long back = System.nanoTime();
        assertEquals(200, Scene.done("unhold", call.caller.renegotiate("sendrecv")));
        call.hears(Voice.HUMAN_HERTZ, back);
        call.hangUp();
    }

    @Test
    void aStandbyHumanWhoHangsUpEndsTheCallAndIsRaisedAgain() {
        Phone anna =
                scene.human("anna", AnswerPlan.atOnce(), PhoneSettings.saying(Voice.humanTone(), 60), "refunds", true);
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

    private static void hears(Leg human, int hertz) {
        Until.holds(
                "the human hears " + hertz + " Hz",
                () -> new Ear(human.tape()).firstHeard(hertz, human.invitedNanos()) != Long.MAX_VALUE);
    }
}
