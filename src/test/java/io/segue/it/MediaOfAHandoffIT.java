package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.demo.ear.Voice;
import io.segue.demo.phone.AnswerPlan;
import io.segue.demo.phone.Leg;
import io.segue.demo.phone.Phone;
import io.segue.demo.phone.PhoneBank;
import io.segue.demo.phone.PhoneSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** What caller, agent and human hear of each other: codings, holds, digits, other ways to the phone. */
class MediaOfAHandoffIT extends AtTheScene {
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
        Scene.hears(leg, Voice.CALLER_HERTZ);
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
        Scene.hears(leg, Voice.CALLER_HERTZ);
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
            Scene.hears(Scene.rung(anna), Voice.CALLER_HERTZ);
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
}
