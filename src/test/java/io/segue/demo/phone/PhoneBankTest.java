package io.segue.demo.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.demo.ear.Ear;
import io.segue.demo.ear.Voice;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PhoneBankTest {
    private final PhoneBank here = PhoneBank.open("here", "127.0.0.1");
    private final PhoneBank there = PhoneBank.open("there", "127.0.0.1");
    private final PhoneSettings caller = PhoneSettings.saying(Voice.callerTone(), 5);
    private final PhoneSettings human = PhoneSettings.saying(Voice.humanTone(), 5);

    @AfterEach
    void hangUp() {
        here.close();
        there.close();
    }

    @Test
    void twoPhonesTalkInOneStreamEachWay() throws Exception {
        Phone anna = there.phone("anna", new AnswerPlan.Answer(200), human);
        Leg leg = here.call("+15550001", "anna", there.sip(), caller);
        assertEquals(200, leg.answered().get());
        assertTrue(leg.ringing().isDone());
        Leg other = anna.nextCall(1000);
        assertNotNull(other);
        other.confirmed().get();
        await(() -> leg.tape().size() > 25 && other.tape().size() > 25);
        assertEquals("hung up", leg.hangUp().get());
        assertEquals("BYE received", other.ended().get());
        Ear ear = new Ear(leg.tape());
        assertEquals(
                0,
                ear.timeline(leg.answeredNanos(), Long.MAX_VALUE / 2 + leg.answeredNanos())
                        .breaks());
        assertEquals(
                List.of("human"), ear.segments(0).stream().map(s -> s.who()).toList());
        assertEquals(
                List.of("caller"),
                new Ear(other.tape()).segments(0).stream().map(s -> s.who()).toList());
        assertTrue(leg.answeredNanos() - leg.invitedNanos() >= 200_000_000L);
        await(() -> here.live() + there.live() == 0);
        assertEquals(0, here.retransmitted() + there.retransmitted());
    }

    @Test
    void speaksAlawWhenTheOtherDoes() throws Exception {
        Phone anna = there.phone("anna", AnswerPlan.atOnce(), human.with(8));
        Leg leg = here.call("+15550001", "anna", there.sip(), caller.with(8));
        assertEquals(200, leg.answered().get());
        await(() -> leg.tape().size() > 5);
        assertEquals(8, leg.tape().payloadType(0));
        assertEquals("human", new Ear(leg.tape()).who(3));
        assertEquals(1, anna.calls().size());
    }

    @Test
    void twoPhonesTalkOverTcp() throws Exception {
        try (PhoneBank tcp = PhoneBank.openTcp("tcp", "127.0.0.1");
                PhoneBank peer = PhoneBank.openTcp("peer", "127.0.0.1")) {
            Phone anna = peer.phone("anna", new AnswerPlan.Answer(50), human);
            Leg leg = tcp.call("+15550001", "anna", peer.sip(), caller);
            assertEquals(200, leg.answered().get());
            Leg other = anna.nextCall(1000);
            assertNotNull(other);
            other.confirmed().get();
            await(() -> leg.tape().size() > 5 && other.tape().size() > 5);
            assertEquals("hung up", other.hangUp().get());
            assertEquals("BYE received", leg.ended().get());
        }
    }

    @Test
    void refusesAsItIsTold() throws Exception {
        there.phone("busy", new AnswerPlan.Refuse(486, 0), human);
        there.phone("no", new AnswerPlan.Refuse(603, 50), human);
        assertEquals(486, here.call("a", "busy", there.sip(), caller).answered().get());
        assertEquals(603, here.call("a", "no", there.sip(), caller).answered().get());
        assertEquals(
                404, here.call("a", "nobody", there.sip(), caller).answered().get());
        await(() -> here.live() + there.live() == 0);
    }

    @Test
    void answersWithoutADescriptionOrNotAtAll() throws Exception {
        there.phone("mute", new AnswerPlan.AnswerWithoutSdp(0), human);
        Leg mute = here.call("a", "mute", there.sip(), caller);
        assertEquals(200, mute.answered().get());
        assertTrue(
                mute.received().isEmpty() || !mute.received().getLast().text().contains("m=audio"));
        mute.hangUp().get();
        there.phone("dead", new AnswerPlan.Dead(), human);
        Leg dead = here.call("a", "dead", there.sip(), caller);
        await(() -> here.retransmitted() > 0);
        assertEquals(false, dead.answered().isDone());
    }

    @Test
    void givesUpACallThatRings() throws Exception {
        Phone anna = there.phone("anna", new AnswerPlan.RingOn(), human);
        Leg leg = here.call("a", "anna", there.sip(), caller);
        leg.ringing().get();
        assertEquals("refused with 487", leg.hangUp().get());
        Leg other = anna.nextCall(1000);
        assertNotNull(other);
        assertEquals("CANCEL received", other.ended().get());
    }

    @Test
    void holdsTakesBackAndDials() throws Exception {
        Phone anna = there.phone("anna", AnswerPlan.atOnce(), human);
        Leg leg = here.call("a", "anna", there.sip(), caller);
        assertEquals(200, leg.answered().get());
        Leg other = anna.nextCall(1000);
        assertNotNull(other);
        assertEquals(200, leg.renegotiate("sendonly").get());
        await(() -> {
            int before = leg.tape().size();
            sleepTicks();
            return leg.tape().size() == before;
        });
        assertEquals(200, leg.renegotiate("sendrecv").get());
        int held = leg.tape().size();
        await(() -> leg.tape().size() > held + 5);
        leg.dial("7#");
        await(() -> digits(other) >= 14);
        assertEquals("hung up", other.hangUp().get());
    }

    @Test
    void recordsEverySipMessageAfterTheCallIsUp() throws Exception {
        Phone anna = there.phone("anna", AnswerPlan.atOnce(), human);
        Leg leg = here.call("a", "anna", there.sip(), caller);
        leg.answered().get();
        long up = System.nanoTime();
        Leg other = anna.nextCall(1000);
        assertNotNull(other);
        assertEquals(0, leg.received(up, System.nanoTime()).size());
        other.renegotiate("sendonly").get();
        List<SipRecord> later = leg.received(up, System.nanoTime());
        assertTrue(later.getFirst().firstLine().startsWith("INVITE"), later.toString());
        assertTrue(later.size() >= 1);
    }

    private static long digits(Leg leg) {
        long count = 0;
        for (int i = 0; i < leg.tape().size(); i++) {
            count += leg.tape().payloadType(i) == 101 ? 1 : 0;
        }
        return count;
    }

    /** Three packets' time: what a phone that still sends would use. */
    private static void sleepTicks() {
        java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(60));
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "did not happen within 5 s");
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
    }
}
