package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.demo.ear.Ear;
import io.segue.demo.ear.Tape;
import io.segue.demo.ear.Timeline;
import io.segue.demo.ear.Voice;
import io.segue.demo.phone.AnswerPlan;
import io.segue.demo.phone.Leg;
import io.segue.demo.phone.Phone;
import io.segue.demo.phone.PhoneSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** sipp as a human's phone: it answers, refuses or does nothing, and the caller hears somebody all the while. */
class SippPhoneIT {
    private static final double SILENCE_MS_MAX = 1_000;

    private AgentAtWork agent;

    @BeforeEach
    void begin() throws Exception {
        Programs.need("sipp", "sip-tester");
        agent = new AgentAtWork();
    }

    @AfterEach
    void end() {
        if (agent != null) {
            agent.close();
        }
    }

    @Test
    void talksToAPhoneThatRingsTwoSecondsAndAnswers() throws Exception {
        try (AudioSocket human = new AudioSocket(Voice.humanTone(), 0, 20);
                Sipp sipp = Sipp.answers("rings-and-answers", phone(human))) {
            String id = agent.human("martin", contact(sipp), agent.queue());
            AgentAtWork.Call call = agent.call();
            long asked = call.bot().handoff("caller_request", "A refund").join();
            long heard = heard(call.caller(), asked);
            Until.holds("the caller at the human's phone", () -> human.ear().firstPacket(Voice.CALLER_HERTZ, 0) >= 0);
            wasNeverLeftAlone(call.caller(), asked, heard);
            Ear ear = new Ear(call.caller().tape());
            assertTrue(
                    ear.longestWithoutMs(Voice.AGENT_HERTZ, asked, heard) < SILENCE_MS_MAX,
                    "the agent talks on while the phone rings");
            Until.holds(
                    "the handoff's outcome",
                    () -> id.equals(agent.handoff(call.bot()).getString("human")));
            call.caller().hangUp().get(Until.DEADLINE_SECONDS, TimeUnit.SECONDS);
            sipp.succeeds();
        }
    }

    @Test
    void tellsDigitsByInfoToAPhoneWithoutTelephoneEventsAndTakesItsOwnSo() throws Exception {
        try (AudioSocket human = new AudioSocket(Voice.humanTone(), 0, 20);
                Sipp sipp = Sipp.answers(
                        "digits-by-info", Map.of("rtp_port", "" + human.port(), "formats", "0 8", "ptime", "20"))) {
            agent.human("martin", contact(sipp), agent.queue());
            AgentAtWork.Call call = agent.call();
            long asked = call.bot().handoff("caller_request", "A refund").join();
            heard(call.caller(), asked);
            assertFalse(hasEvents(call.caller().tape()));
            call.caller().dial("5");
            Until.holds(
                    "the phone's digit at the caller",
                    () -> hasEvents(call.caller().tape()));
            call.caller().hangUp().get(Until.DEADLINE_SECONDS, TimeUnit.SECONDS);
            sipp.succeeds();
        }
    }

    private static boolean hasEvents(Tape tape) {
        return IntStream.range(0, tape.size()).anyMatch(i -> tape.payloadType(i) == 101);
    }

    @ParameterizedTest
    @ValueSource(strings = {"busy", "declines", "answers-without-sdp", "never-answers"})
    void goesOnToTheNextHuman(String scenario) throws Exception {
        agent.put("/queues/" + agent.queue(), new JsonObject().put("ringSeconds", 2));
        goesOn(scenario, agent.queue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"busy", "declines", "answers-without-sdp", "never-answers"})
    void goesOnToTheQueueThatTheOverflowNames(String scenario) throws Exception {
        agent.put("/queues/" + agent.named("second"), new JsonObject().put("ringSeconds", 10));
        agent.put(
                "/queues/" + agent.queue(),
                new JsonObject()
                        .put("ringSeconds", 2)
                        .put(
                                "overflow",
                                new JsonArray()
                                        .add(new JsonObject().put("queue", agent.named("second")))
                                        .add(new JsonObject().put("agent", true))));
        goesOn(scenario, agent.named("second"));
    }

    private void goesOn(String scenario, String queueOfTheNext) throws Exception {
        try (AudioSocket nobody = new AudioSocket(Voice.silent(), 0, 20);
                Sipp sipp = Sipp.answers(scenario, phone(nobody))) {
            agent.human("first", contact(sipp), agent.queue());
            Phone second = agent.phones.phone(
                    agent.named("next"), AnswerPlan.atOnce(), PhoneSettings.saying(Voice.humanTone(), 30));
            String next = agent.human("next", second.uri(), queueOfTheNext);
            AgentAtWork.Call call = agent.call();
            long asked = call.bot().handoff("caller_request", "A refund").join();
            sipp.succeeds();
            Leg human = second.nextCall(TimeUnit.SECONDS.toMillis(Until.DEADLINE_SECONDS));
            assertNotNull(human, "the next human was not called");
            long heard = heard(call.caller(), asked);
            wasNeverLeftAlone(call.caller(), asked, heard);
            Until.holds(
                    "the handoff's outcome",
                    () -> next.equals(agent.handoff(call.bot()).getString("human")));
            call.caller().hangUp().get(Until.DEADLINE_SECONDS, TimeUnit.SECONDS);
            assertEquals("BYE received", human.ended().get(Until.DEADLINE_SECONDS, TimeUnit.SECONDS));
        }
    }

    private static Map<String, String> phone(AudioSocket audio) {
        return Map.of("rtp_port", "" + audio.port(), "formats", "0 8 101", "ptime", "20");
    }

    /** sipp listens by UDP alone, and says so. */
    private static String contact(Sipp sipp) {
        return "sip:human@127.0.0.1:" + sipp.port() + ";transport=udp";
    }

    private static long heard(Leg caller, long since) throws Exception {
        Ear ear = new Ear(caller.tape());
        Until.holds("a human at the caller's ear", () -> ear.firstHeard(Voice.HUMAN_HERTZ, since) != Long.MAX_VALUE);
        return ear.firstHeard(Voice.HUMAN_HERTZ, since);
    }

    /** From the moment the agent asked for a human until one was heard, and on the way no message and no other stream. */
    private static void wasNeverLeftAlone(Leg caller, long asked, long heard) {
        Ear ear = new Ear(caller.tape());
        assertTrue(ear.deadAirMs(asked, heard) < SILENCE_MS_MAX, "dead air " + ear.deadAirMs(asked, heard) + " ms");
        Timeline timeline = ear.timeline(caller.answeredNanos(), heard);
        assertEquals(0, timeline.ssrcChanges(), timeline::toString);
        assertEquals(0, timeline.sequenceBreaks(), timeline::toString);
        assertEquals(0, timeline.typeBreaks(), timeline::toString);
        assertEquals(List.of(), caller.received(asked, heard));
    }
}
