package io.segue.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.audit.Actor;
import io.segue.call.Supervision.End;
import io.segue.call.Supervision.Mode;
import io.segue.call.Supervision.State;
import io.segue.call.SupervisionEffect.Drop;
import io.segue.call.SupervisionEffect.Join;
import io.segue.call.SupervisionEffect.LetHear;
import io.segue.call.SupervisionEffect.Release;
import io.segue.call.SupervisionEffect.Reserve;
import io.segue.call.SupervisionEffect.Ring;
import io.segue.call.SupervisionEffect.Tell;
import io.segue.handoff.HandoffEffect.Why;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupervisionStepTest {
    private static final Actor SUE = new Actor("sue", "supervisor");
    private static final Actor ADA = new Actor("ada", "admin");
    private static final Join NOBODY = new Join(false, false);

    private Supervision now;
    private List<SupervisionEffect> effects = List.of();

    private void take(SupervisionStep.Result result) {
        now = result.supervision();
        effects = result.effects();
    }

    private void ask(Mode mode) {
        take(SupervisionStep.ask(CallUnderTest.ID, 1, "eve", mode, SUE));
    }

    private void on(SupervisionEvent event) {
        take(SupervisionStep.step(now, event));
    }

    private void up(Mode mode) {
        ask(mode);
        on(new SupervisionEvent.Reserved());
        on(new SupervisionEvent.Answered());
    }

    private void hasEnded(End how, SupervisionEffect... wanted) {
        assertEquals(State.ENDED, now.state());
        assertEquals(how, now.ended());
        assertEquals(List.of(wanted), effects);
    }

    @ParameterizedTest
    @CsvSource({"LISTEN,false,false", "WHISPER,false,true", "BARGE,true,true"})
    void isHeldRungAndLetHearAndHeardByWhomTheModeSays(Mode mode, boolean caller, boolean human) {
        ask(mode);
        assertEquals(List.of(new Reserve()), effects);
        assertEquals(CallUnderTest.ID + "-v1", now.id());
        on(new SupervisionEvent.Reserved());
        assertEquals(List.of(new Ring(SupervisionStep.RING_MS)), effects);
        on(new SupervisionEvent.Answered());
        assertEquals(List.of(new LetHear(), new Join(caller, human), new Tell("began", SUE)), effects);
    }

    @Test
    void changesItsModeWithoutRingingAgain() {
        up(Mode.LISTEN);
        on(new SupervisionEvent.Wanted(Mode.BARGE, ADA));
        assertEquals(List.of(new Join(true, true), new Tell("changed", ADA)), effects);
        on(new SupervisionEvent.Wanted(Mode.BARGE, SUE));
        assertEquals(List.of(), effects);
        assertEquals(ADA, now.by());
    }

    @Test
    void takesTheModeThatIsWantedWhileItRings() {
        ask(Mode.LISTEN);
        on(new SupervisionEvent.Reserved());
        on(new SupervisionEvent.Wanted(Mode.WHISPER, ADA));
        assertEquals(List.of(), effects);
        on(new SupervisionEvent.Answered());
        assertTrue(effects.contains(new Join(false, true)));
    }

    @Test
    void endsWhereTheHumanIsNotFree() {
        ask(Mode.LISTEN);
        on(new SupervisionEvent.NotFree());
        hasEnded(End.NOT_FREE, new Tell("ended", Actor.GATEWAY));
    }

    @Test
    void endsWhenItRingsInVainOrThePhoneRefuses() {
        ask(Mode.LISTEN);
        on(new SupervisionEvent.Reserved());
        on(new SupervisionEvent.RangInVain());
        hasEnded(End.NO_ANSWER, new Drop(Why.NO_ANSWER), new Release(), new Tell("ended", Actor.GATEWAY));
        ask(Mode.LISTEN);
        on(new SupervisionEvent.Reserved());
        on(new SupervisionEvent.Failed("603 Decline"));
        hasEnded(End.FAILED, new Release(), new Tell("ended", Actor.GATEWAY));
        assertEquals("603 Decline", now.detail());
    }

    @Test
    void takesTheVoiceOutFirstHoweverItEnds() {
        up(Mode.BARGE);
        on(new SupervisionEvent.Gone("BYE"));
        hasEnded(End.HUNG_UP, NOBODY, new Release(), new Tell("ended", Actor.GATEWAY));
        up(Mode.BARGE);
        on(new SupervisionEvent.Dismissed(ADA));
        hasEnded(End.DISMISSED, NOBODY, new Drop(Why.LET_GO), new Release(), new Tell("ended", ADA));
        up(Mode.BARGE);
        on(new SupervisionEvent.CallOver());
        hasEnded(End.CALL_OVER, NOBODY, new Drop(Why.CALLER_GONE), new Release(), new Tell("ended", Actor.GATEWAY));
    }

    @Test
    void givesAHumanBackWhoWasHeldTooLate() {
        ask(Mode.LISTEN);
        on(new SupervisionEvent.Dismissed(SUE));
        hasEnded(End.DISMISSED, new Tell("ended", SUE));
        on(new SupervisionEvent.Reserved());
        assertEquals(List.of(new Release()), effects);
    }

    @Test
    void staysEndedWhateverComes() {
        up(Mode.LISTEN);
        on(new SupervisionEvent.CallOver());
        for (SupervisionEvent late : List.of(
                new SupervisionEvent.NotFree(),
                new SupervisionEvent.Answered(),
                new SupervisionEvent.Failed(""),
                new SupervisionEvent.Gone(""),
                new SupervisionEvent.RangInVain(),
                new SupervisionEvent.Wanted(Mode.BARGE, SUE),
                new SupervisionEvent.Dismissed(SUE),
                new SupervisionEvent.CallOver())) {
            on(late);
            hasEnded(End.CALL_OVER);
        }
    }
}
