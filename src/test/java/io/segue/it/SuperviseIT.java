package io.segue.it;

import static io.segue.demo.ear.Voice.AGENT_HERTZ;
import static io.segue.demo.ear.Voice.CALLER_HERTZ;
import static io.segue.demo.ear.Voice.HUMAN_HERTZ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.demo.DemoFailed;
import io.segue.demo.ear.Ear;
import io.segue.demo.ear.Tape;
import io.segue.demo.ear.Voice;
import io.segue.demo.phone.AnswerPlan;
import io.segue.demo.phone.Leg;
import io.segue.demo.phone.Phone;
import io.segue.demo.phone.PhoneSettings;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A supervisor listens in, whispers and barges in; who hears whom is told by everybody's pilot tone at everybody's socket. */
class SuperviseIT extends AtTheScene {
    private static final int SUPERVISOR_HERTZ = 2600;
    private static final List<Integer> PILOTS = List.of(CALLER_HERTZ, AGENT_HERTZ, HUMAN_HERTZ, SUPERVISOR_HERTZ);
    private static final int PACKETS = 10;

    private Phone sue(boolean standby) {
        scene.queue("floor");
        return scene.human(
                "sue",
                AnswerPlan.atOnce(),
                PhoneSettings.saying(Voice.tone("supervisor", SUPERVISOR_HERTZ), Scene.TAPE_SECONDS),
                "floor",
                standby);
    }

    private void supervise(TestCall call, String mode, String human) {
        call.order("supervise", new JsonObject().put("mode", mode).put("human", scene.named(human)));
    }

    private void refuses(TestCall call, String mode, String human) {
        String said = assertThrows(DemoFailed.class, () -> supervise(call, mode, human))
                .getMessage();
        assertTrue(said.contains("409"), said);
    }

    /** Waits until somebody has heard these, and nobody else, for {@value #PACKETS} packets from now on. */
    private static void hears(String who, Tape tape, Integer... wanted) {
        Ear ear = new Ear(tape);
        Set<Integer> voices = new TreeSet<>(List.of(wanted));
        int from = tape.size();
        Until.holds(who + " hears " + voices, () -> {
            int to = tape.size();
            return to - from >= PACKETS
                    && IntStream.range(to - PACKETS, to)
                            .allMatch(i -> voices(ear, i).equals(voices));
        });
    }

    private static Set<Integer> voices(Ear ear, int packet) {
        Set<Integer> voices = new TreeSet<>();
        PILOTS.stream().filter(hertz -> ear.hears(hertz, packet)).forEach(voices::add);
        return voices;
    }

    private static void supervisorIs(TestCall call, String state) {
        Until.holds("the supervisor is " + state, () -> {
            JsonObject supervisor = call.document().getJsonObject("supervisor");
            return supervisor != null && state.equals(supervisor.getString("state"));
        });
    }

    @Test
    void listensToTheAgentAndBargesInAndWhispersToNobody() {
        Phone phone = sue(false);
        TestCall call = scene.call();
        long began = System.nanoTime();
        double supervised = scene.metric("segue_supervisions_total");
        supervise(call, "listen", "sue");
        Leg sue = Scene.rung(phone);
        assertEquals("listen", sue.inviteHeader("x-segue-supervise"));
        assertEquals(call.id, sue.inviteHeader("x-segue-call"));
        assertEquals("", sue.inviteHeader("x-segue-handoff"));
        hears("the supervisor", sue.tape(), CALLER_HERTZ, AGENT_HERTZ);
        hears("the caller", call.caller.tape(), AGENT_HERTZ);
        hears("the agent", call.bot().tape(), CALLER_HERTZ);
        supervisorIs(call, "up");
        scene.awaitPresence("sue", "talking");
        refuses(call, "whisper", "sue");

        supervise(call, "barge", "sue");
        hears("the caller", call.caller.tape(), AGENT_HERTZ, SUPERVISOR_HERTZ);
        hears("the supervisor", sue.tape(), CALLER_HERTZ, AGENT_HERTZ);
        hears("the agent", call.bot().tape(), CALLER_HERTZ, SUPERVISOR_HERTZ);

        scene.gateway.delete("/calls/" + call.id + "/supervise");
        assertEquals("BYE received", Scene.done("BYE", sue.ended()));
        hears("the caller", call.caller.tape(), AGENT_HERTZ);
        hears("the agent", call.bot().tape(), CALLER_HERTZ);
        assertEquals("dismissed", call.document().getJsonObject("supervisor").getString("outcome"));
        scene.awaitPresence("sue", "available");
        assertEquals(1, phone.calls().size());
        assertEquals(supervised + 1, scene.metric("segue_supervisions_total"));
        call.isUntouched(began, System.nanoTime());
        call.hangUp();
    }

    @Test
    void listensWhispersAndBargesInOnAHuman() {
        Phone phone = sue(false);
        Phone desk = scene.human("anna", AnswerPlan.atOnce(), "refunds");
        TestCall call = scene.call();
        long t0 = call.ask();
        call.hears(HUMAN_HERTZ, t0);
        call.handoffIn("connected");
        Leg anna = Scene.rung(desk);
        supervise(call, "listen", "sue");
        Leg sue = Scene.rung(phone);
        Tape caller = call.caller.tape();
        hears("the supervisor", sue.tape(), CALLER_HERTZ, HUMAN_HERTZ);
        hears("the caller", caller, HUMAN_HERTZ);
        hears("the human", anna.tape(), CALLER_HERTZ);

        supervise(call, "whisper", "sue");
        hears("the human", anna.tape(), CALLER_HERTZ, SUPERVISOR_HERTZ);
        hears("the caller", caller, HUMAN_HERTZ);
        hears("the supervisor", sue.tape(), CALLER_HERTZ, HUMAN_HERTZ);

        supervise(call, "barge", "sue");
        hears("the caller", caller, HUMAN_HERTZ, SUPERVISOR_HERTZ);
        hears("the human", anna.tape(), CALLER_HERTZ, SUPERVISOR_HERTZ);
        hears("the supervisor", sue.tape(), CALLER_HERTZ, HUMAN_HERTZ);

        supervise(call, "listen", "sue");
        hears("the caller", caller, HUMAN_HERTZ);
        hears("the human", anna.tape(), CALLER_HERTZ);

        supervise(call, "barge", "sue");
        hears("the caller", caller, HUMAN_HERTZ, SUPERVISOR_HERTZ);
        Scene.done("the supervisor hangs up", sue.hangUp());
        hears("the caller", caller, HUMAN_HERTZ);
        hears("the human", anna.tape(), CALLER_HERTZ);
        supervisorIs(call, "ended");
        assertEquals("hung_up", call.document().getJsonObject("supervisor").getString("outcome"));
        call.isUntouched(t0, System.nanoTime());
        assertEquals("with_human", call.document().getString("state"));
        call.hangUp();
    }

    @Test
    void staysOverAHandoffAndAReturnAndEndsWithTheCall() {
        scene.agent("refunds", new JsonObject(), new JsonObject().put("afterHandoff", "listen"));
        Phone phone = sue(false);
        scene.human("anna", AnswerPlan.atOnce(), "refunds");
        TestCall call = scene.call();
        Tape caller = call.caller.tape();
        long began = System.nanoTime();
        supervise(call, "barge", "sue");
        Leg sue = Scene.rung(phone);
        hears("the caller", caller, AGENT_HERTZ, SUPERVISOR_HERTZ);
        call.ask();
        hears("the caller", caller, HUMAN_HERTZ, SUPERVISOR_HERTZ);
        hears("the supervisor", sue.tape(), CALLER_HERTZ, HUMAN_HERTZ);
        JsonObject handoff = call.handoffIn("connected");
        assertEquals(0, handoff.getInteger("seqBreaks"));
        assertEquals(0, handoff.getInteger("tsBreaks"));
        call.order("return", new JsonObject().put("note", "All settled."));
        hears("the caller", caller, AGENT_HERTZ, SUPERVISOR_HERTZ);
        hears("the supervisor", sue.tape(), CALLER_HERTZ, AGENT_HERTZ);
        call.isUntouched(began, System.nanoTime());
        assertFalse(sue.ended().isDone());
        call.hangUp();
        assertEquals("BYE received", Scene.done("BYE", sue.ended()));
        Until.holds("the call is over", () -> call.document().getString("state").equals("ended"));
        assertEquals("call_over", call.document().getJsonObject("supervisor").getString("outcome"));
    }

    @Test
    void aSupervisorWhoStandsByHearsWithoutRinging() {
        Phone phone = sue(true);
        Leg leg = Scene.rung(phone);
        Scene.done("the leg is up", leg.confirmed());
        TestCall call = scene.call();
        supervise(call, "listen", "sue");
        hears("the supervisor", leg.tape(), CALLER_HERTZ, AGENT_HERTZ);
        assertTrue(
                leg.received().stream()
                        .anyMatch(r ->
                                r.firstLine().startsWith("INFO") && r.text().contains("supervise=listen")),
                "the supervisor is told what it is");
        scene.gateway.delete("/calls/" + call.id + "/supervise");
        supervisorIs(call, "ended");
        scene.awaitPresence("sue", "available");
        assertFalse(leg.ended().isDone());
        assertEquals(1, phone.calls().size());
        call.hangUp();
        scene.gateway.delete("/humans/" + scene.named("sue"));
        assertEquals("BYE received", Scene.done("BYE", leg.ended()));
    }

    @Test
    void aCallHasOneSupervisorAndNobodyWhoIsTaken() {
        Phone phone = sue(false);
        scene.human("anna", AnswerPlan.atOnce(), "refunds");
        scene.human("tom", AnswerPlan.atOnce(), "floor");
        TestCall call = scene.call();
        call.hears(HUMAN_HERTZ, call.ask());
        call.handoffIn("connected");
        supervise(call, "listen", "anna");
        supervisorIs(call, "ended");
        assertEquals("not_free", call.document().getJsonObject("supervisor").getString("outcome"));
        supervise(call, "listen", "sue");
        Leg sue = Scene.rung(phone);
        supervisorIs(call, "up");
        refuses(call, "listen", "tom");
        assertEquals(
                call.id,
                scene.gateway
                        .get("/calls?sipCallId=" + sue.callId())
                        .orElseThrow()
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .getString("id"));
        call.hangUp();
        assertEquals("BYE received", Scene.done("BYE", sue.ended()));
    }
}
