package io.segue.handoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.handoff.HandoffEffect.Afterwards;
import io.segue.handoff.HandoffEffect.Why;
import io.segue.human.Queue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HandoffStepTest {
    private static final Queue BILLING = queue("billing", Queue.Ring.ONE, 0);
    private static final Queue PATIENT = queue("patient", Queue.Ring.ONE, 30);

    private Handoff handoff;
    private List<HandoffEffect> effects = List.of();

    @Test
    void reservesThenRingsThenSwitchesAtTheAnswer() {
        request(true, new Brief.Target.InQueue(BILLING));
        assertTrue(has(new HandoffEffect.Reserve(1, BILLING, Set.of(), Set.of(), false)));
        on(new HandoffEvent.Reserved("c-1", 1, List.of("anna")), 10);
        assertTrue(has(new HandoffEffect.RaiseLeg("c-1.1", "anna")));
        on(new HandoffEvent.LegRinging("c-1.1"), 20);
        assertEquals(HandoffState.RINGING, handoff.state());
        on(new HandoffEvent.LegAnswered("c-1.1"), 30);
        assertTrue(has(new HandoffEffect.LetHear("c-1.1")));
        assertTrue(has(new HandoffEffect.Switch("c-1.1")));
        on(new HandoffEvent.Switched("c-1.1", 40), 41);
        assertEquals(HandoffState.CONNECTED, handoff.state());
        assertEquals(new Clock(0L, 10L, 30L, 30L, 30L, 40L), handoff.clock());
        assertFalse(handoff.over());
    }

    @Test
    void waitsForTheEndOfTheUtteranceButNoLongerThanItMay() {
        request(false, new Brief.Target.InQueue(BILLING));
        answer("anna");
        assertTrue(has(new HandoffEffect.AwaitUtteranceEnd()));
        assertTrue(has(new HandoffEffect.Start(HandoffTimer.CUT, "", 5_000)));
        assertFalse(has(new HandoffEffect.Switch("c-1.1")));
        on(new HandoffEvent.UtteranceEnded(), 70);
        assertTrue(has(new HandoffEffect.Switch("c-1.1")));
        on(new HandoffEvent.Expired(HandoffTimer.CUT, ""), 80);
        assertFalse(has(new HandoffEffect.Switch("c-1.1")), "armed once");
        assertEquals(70L, handoff.clock().tc());
    }

    @Test
    void theLongestWaitForTheUtteranceCutsIt() {
        request(false, new Brief.Target.InQueue(BILLING));
        answer("anna");
        on(new HandoffEvent.Expired(HandoffTimer.CUT, ""), 5_000);
        assertTrue(has(new HandoffEffect.Switch("c-1.1")));
    }

    @Test
    void aBusyHumanGoesToTheEndOfTheLineAndTheNextIsTried() {
        request(true, new Brief.Target.InQueue(BILLING));
        on(new HandoffEvent.Reserved("c-1", 1, List.of("anna")), 1);
        on(new HandoffEvent.LegFailed("c-1.1", Reason.HUMAN_BUSY, "486 Busy Here"), 2);
        assertTrue(has(new HandoffEffect.Release("anna", Afterwards.END_OF_LINE)));
        assertTrue(has(new HandoffEffect.Reserve(2, BILLING, Set.of(), Set.of("anna"), false)));
        on(new HandoffEvent.NoneFree("c-1", 2), 3);
        assertEquals(HandoffState.FAILED, handoff.state());
        assertEquals(Reason.HUMAN_BUSY, handoff.ended());
        assertEquals("486 Busy Here", handoff.attempts().getFirst().evidence());
    }

    @Test
    void aPhoneThatRingsTooLongIsCancelledAndItsHumanFreedWhenThatIsDone() {
        request(true, new Brief.Target.InQueue(BILLING));
        on(new HandoffEvent.Reserved("c-1", 1, List.of("anna")), 1);
        on(new HandoffEvent.Expired(HandoffTimer.RING, "c-1.1"), 20_000);
        assertTrue(has(new HandoffEffect.DropLeg("c-1.1", Why.NO_ANSWER)));
        assertFalse(has(new HandoffEffect.Release("anna", Afterwards.UNANSWERED)));
        assertTrue(has(new HandoffEffect.Reserve(2, BILLING, Set.of(), Set.of("anna"), false)));
        on(new HandoffEvent.LegFailed("c-1.1", Reason.HUMAN_NO_ANSWER, "487"), 20_001);
        assertEquals(List.of("Stop", "Stop", "Release"), names());
        assertTrue(has(new HandoffEffect.Release("anna", Afterwards.UNANSWERED)));
    }

    @Test
    void anAnswerThatCrossesTheCancelWinsIfNobodyHas() {
        request(true, new Brief.Target.InQueue(BILLING));
        on(new HandoffEvent.Reserved("c-1", 1, List.of("anna")), 1);
        on(new HandoffEvent.Expired(HandoffTimer.RING, "c-1.1"), 20_000);
        on(new HandoffEvent.LegAnswered("c-1.1"), 20_001);
        assertEquals("c-1.1", handoff.winner());
        on(new HandoffEvent.Reserved("c-1", 2, List.of("ben")), 20_002);
        assertEquals(List.of(new HandoffEffect.Release("ben", Afterwards.SAME_PLACE)), effects);
    }

    @Test
    void twoAnswersHaveOneWinner() {
        Queue all = queue("all", Queue.Ring.ALL, 0);
        request(true, new Brief.Target.InQueue(all));
        on(new HandoffEvent.Reserved("c-1", 1, List.of("anna", "ben")), 1);
        on(new HandoffEvent.LegAnswered("c-1.2"), 2);
        assertTrue(has(new HandoffEffect.DropLeg("c-1.1", Why.ANSWERED_ELSEWHERE)));
        on(new HandoffEvent.LegAnswered("c-1.1"), 3);
        assertEquals("c-1.2", handoff.winner());
        assertTrue(has(new HandoffEffect.DropLeg("c-1.1", Why.ANSWERED_ELSEWHERE)));
        assertTrue(has(new HandoffEffect.Release("anna", Afterwards.SAME_PLACE)));
    }

    @Test
    void aPhoneThatAnswersAndSendsNothingIsHungUpAndTheCallerKeepsTheAgent() {
        request(true, new Brief.Target.InQueue(BILLING));
        answer("anna");
        on(new HandoffEvent.Expired(HandoffTimer.MEDIA, "c-1.1"), 1_000);
        assertTrue(has(new HandoffEffect.DropLeg("c-1.1", Why.NO_MEDIA)));
        assertTrue(has(new HandoffEffect.Unswitch()));
        assertTrue(has(new HandoffEffect.Release("anna", Afterwards.UNANSWERED)));
        assertTrue(has(new HandoffEffect.Reserve(2, BILLING, Set.of(), Set.of("anna"), false)));
        assertNull(handoff.winner());
        assertNull(handoff.clock().t3());
    }

    @Test
    void theCallersHangUpCancelsEverythingAtOnce() {
        request(true, new Brief.Target.InQueue(queue("all", Queue.Ring.ALL, 0)));
        on(new HandoffEvent.Reserved("c-1", 1, List.of("anna", "ben")), 1);
        on(new HandoffEvent.CallerGone(Reason.CALLER_HUNG_UP), 2);
        assertTrue(has(new HandoffEffect.DropLeg("c-1.1", Why.CALLER_GONE)));
        assertTrue(has(new HandoffEffect.DropLeg("c-1.2", Why.CALLER_GONE)));
        assertEquals(HandoffState.ABANDONED, handoff.state());
        on(new HandoffEvent.LegAnswered("c-1.1"), 3);
        assertTrue(has(new HandoffEffect.DropLeg("c-1.1", Why.ANSWERED_ELSEWHERE)));
        assertTrue(has(new HandoffEffect.Release("anna", Afterwards.SAME_PLACE)));
        on(new HandoffEvent.LegFailed("c-1.2", Reason.HUMAN_UNREACHABLE, "487"), 4);
        assertTrue(has(new HandoffEffect.Release("ben", Afterwards.SAME_PLACE)));
    }

    @Test
    void aReservationThatComesAfterTheEndIsGivenBack() {
        request(true, new Brief.Target.InQueue(BILLING));
        on(new HandoffEvent.CallerGone(Reason.CALLER_HUNG_UP), 2);
        on(new HandoffEvent.Reserved("c-1", 1, List.of("anna")), 3);
        assertEquals(List.of(new HandoffEffect.Release("anna", Afterwards.SAME_PLACE)), effects);
    }

    @Test
    void aCallerWaitsForSomebodyToComeFreeAndNoLongerThanTheQueueSays() {
        request(true, new Brief.Target.InQueue(PATIENT), new Brief.Target.AtSip("sip:acd@pbx.example"));
        on(new HandoffEvent.NoneFree("c-1", 1), 1);
        assertTrue(has(new HandoffEffect.AwaitFree("patient")));
        assertTrue(has(new HandoffEffect.Start(HandoffTimer.WAIT, "", 30_000)));
        assertTrue(
                has(new HandoffEffect.Reserve(2, PATIENT, Set.of(), Set.of(), false)),
                "who came free before anybody listened is asked for");
        on(new HandoffEvent.NoneFree("c-1", 2), 1);
        assertEquals(List.of(), effects);
        on(new HandoffEvent.SomebodyFree(), 2);
        assertTrue(has(new HandoffEffect.Reserve(3, PATIENT, Set.of(), Set.of(), false)));
        on(new HandoffEvent.NoneFree("c-1", 3), 3);
        assertEquals(List.of(), effects, "another was quicker: the wait goes on, its limit stands");
        on(new HandoffEvent.Expired(HandoffTimer.WAIT, ""), 30_000);
        assertTrue(has(new HandoffEffect.StopAwaiting()));
        assertTrue(has(new HandoffEffect.RaiseOutside("c-1.1", "sip:acd@pbx.example")));
    }

    @Test
    void whoComesFreeWhileTheQuestionIsOutIsAskedForAgain() {
        request(true, new Brief.Target.InQueue(PATIENT));
        on(new HandoffEvent.NoneFree("c-1", 1), 1);
        on(new HandoffEvent.SomebodyFree(), 2);
        assertEquals(List.of(), effects);
        on(new HandoffEvent.NoneFree("c-1", 2), 3);
        assertEquals(List.of(new HandoffEffect.Reserve(3, PATIENT, Set.of(), Set.of(), false)), effects);
        on(new HandoffEvent.NoneFree("c-1", 3), 4);
        assertEquals(List.of(), effects);
    }

    @Test
    void aPrewarmThatFoundNobodyAsksForEverybodyOnceItIsWanted() {
        take(HandoffStep.prewarm(brief(true, new Brief.Target.InQueue(BILLING)), Reason.LOW_CONFIDENCE, "", 0));
        on(new HandoffEvent.Requested(Reason.LOW_CONFIDENCE, "0.7"), 5);
        on(new HandoffEvent.NoneFree("c-1", 1), 6);
        assertEquals(List.of(new HandoffEffect.Reserve(2, BILLING, Set.of(), Set.of(), false)), effects);
        on(new HandoffEvent.NoneFree("c-1", 2), 7);
        assertEquals(HandoffState.FAILED, handoff.state());
    }

    @Test
    void aHumanWhoFallsSilentBeforeTheCallerHeardThemIsHungUpToo() {
        request(false, new Brief.Target.InQueue(BILLING));
        answer("anna");
        on(new HandoffEvent.LegHeard("c-1.1"), 30);
        assertTrue(has(new HandoffEffect.Stop(HandoffTimer.MEDIA, "c-1.1")));
        on(new HandoffEvent.UtteranceEnded(), 40);
        assertTrue(has(new HandoffEffect.Start(HandoffTimer.MEDIA, "c-1.1", 1_000)));
        on(new HandoffEvent.LegHeard("c-1.1"), 50);
        assertEquals(List.of(), effects, "only the switch shows it now");
        on(new HandoffEvent.Expired(HandoffTimer.MEDIA, "c-1.1"), 1_040);
        assertTrue(has(new HandoffEffect.DropLeg("c-1.1", Why.NO_MEDIA)));
        assertTrue(has(new HandoffEffect.Unswitch()));
    }

    @Test
    void anAnswerThatCrossedTheCancelForNoAnswerIsNoUnansweredCall() {
        request(true, new Brief.Target.InQueue(BILLING));
        on(new HandoffEvent.Reserved("c-1", 1, List.of("anna")), 1);
        on(new HandoffEvent.Expired(HandoffTimer.RING, "c-1.1"), 20_001);
        on(new HandoffEvent.LegAnswered("c-1.1"), 20_002);
        on(new HandoffEvent.Switched("c-1.1", 20_003), 20_003);
        on(new HandoffEvent.LegGone("c-1.1", "BYE"), 30_000);
        assertTrue(has(new HandoffEffect.Release("anna", Afterwards.END_OF_LINE)));
    }

    @Test
    void aLegThatHasFailedCannotAnswerAnyMore() {
        request(true, new Brief.Target.InQueue(BILLING));
        on(new HandoffEvent.Reserved("c-1", 1, List.of("anna")), 1);
        on(new HandoffEvent.LegFailed("c-1.1", Reason.HUMAN_BUSY, "486"), 2);
        on(new HandoffEvent.LegAnswered("c-1.1"), 3);
        assertEquals(List.of(), effects);
        assertNull(handoff.winner());
    }

    @Test
    void overflowIsTriedInOrderAndInTheEndTheAgentKeepsTheCaller() {
        Queue second = queue("second", Queue.Ring.ONE, 0);
        request(true, new Brief.Target.InQueue(BILLING), new Brief.Target.InQueue(second));
        on(new HandoffEvent.NoneFree("c-1", 1), 1);
        assertTrue(has(new HandoffEffect.Reserve(2, second, Set.of(), Set.of(), false)));
        on(new HandoffEvent.NoneFree("c-1", 1), 2);
        assertEquals(List.of(), effects, "a late answer of the first queue");
        on(new HandoffEvent.NoneFree("c-1", 2), 3);
        assertEquals(HandoffState.FAILED, handoff.state());
        assertEquals(Reason.NO_HUMAN, handoff.ended());
    }

    @Test
    void aPlanWithoutAnyoneFailsAtOnce() {
        request(true);
        assertEquals(HandoffState.FAILED, handoff.state());
    }

    @Test
    void aPrewarmIsToldToNobodyAndSwitchesOnlyWhenWanted() {
        take(HandoffStep.prewarm(brief(true, new Brief.Target.InQueue(BILLING)), Reason.LOW_CONFIDENCE, "", 0));
        assertTrue(has(new HandoffEffect.Reserve(1, BILLING, Set.of(), Set.of(), true)));
        answer("anna");
        assertFalse(names().contains("Tell"));
        assertFalse(has(new HandoffEffect.Switch("c-1.1")));
        on(new HandoffEvent.Requested(Reason.LOW_CONFIDENCE, "0.7"), 900);
        assertTrue(has(new HandoffEffect.Switch("c-1.1")));
        assertEquals(900L, handoff.clock().t0());
        assertEquals(900L, handoff.clock().tc());
        assertEquals(20L, handoff.clock().t2());
    }

    @Test
    void aPrewarmedHumanWhoIsNotNeededKeepsTheirPlace() {
        take(HandoffStep.prewarm(brief(true, new Brief.Target.InQueue(BILLING)), Reason.LOW_CONFIDENCE, "", 0));
        answer("anna");
        on(new HandoffEvent.LetGo(), 50);
        assertTrue(has(new HandoffEffect.DropLeg("c-1.1", Why.LET_GO)));
        assertTrue(has(new HandoffEffect.Release("anna", Afterwards.SAME_PLACE)));
        assertFalse(names().contains("Tell"));
        assertTrue(handoff.over());
    }

    @Test
    void aHumanWhoHangsUpBeforeTheCallerHeardThemIsReplaced() {
        request(false, new Brief.Target.InQueue(BILLING));
        answer("anna");
        on(new HandoffEvent.LegGone("c-1.1", "BYE"), 30);
        assertTrue(has(new HandoffEffect.Reserve(2, BILLING, Set.of(), Set.of("anna"), false)));
    }

    @Test
    void aHumanWhoHangsUpAfterTheConversationEndsTheHandoff() {
        request(true, new Brief.Target.InQueue(BILLING));
        answer("anna");
        on(new HandoffEvent.Switched("c-1.1", 25), 25);
        on(new HandoffEvent.LegGone("c-1.1", "BYE"), 30);
        assertEquals(Reason.HUMAN_HUNG_UP, handoff.ended());
        assertTrue(has(new HandoffEffect.Release("anna", Afterwards.END_OF_LINE)));
    }

    @Test
    void givingBackDropsTheLegAndEndsReturned() {
        request(true, new Brief.Target.InQueue(BILLING));
        answer("anna");
        on(new HandoffEvent.Switched("c-1.1", 25), 25);
        on(new HandoffEvent.GivenBack(), 30);
        assertTrue(has(new HandoffEffect.DropLeg("c-1.1", Why.GIVEN_BACK)));
        assertEquals(HandoffState.RETURNED, handoff.state());
        assertTrue(has(new HandoffEffect.Tell(HandoffState.RETURNED, Reason.RETURNED)));
    }

    private void answer(String human) {
        on(new HandoffEvent.Reserved("c-1", 1, List.of(human)), 10);
        on(new HandoffEvent.LegAnswered("c-1.1"), 20);
    }

    private void request(boolean cutAtOnce, Brief.Target... plan) {
        take(HandoffStep.request(brief(cutAtOnce, plan), Reason.LOW_CONFIDENCE, "", 0));
    }

    private static Brief brief(boolean cutAtOnce, Brief.Target... plan) {
        return new Brief("c-1", List.of(plan), Set.of(), 0, null, Map.of(), cutAtOnce, 5_000, 1_000);
    }

    private void on(HandoffEvent event, long now) {
        take(HandoffStep.step(handoff, event, now));
    }

    private void take(HandoffStep.Result result) {
        handoff = result.handoff();
        effects = result.effects();
    }

    private boolean has(HandoffEffect effect) {
        return effects.contains(effect);
    }

    private List<String> names() {
        return effects.stream().map(e -> e.getClass().getSimpleName()).toList();
    }

    private static Queue queue(String id, Queue.Ring ring, int waitSeconds) {
        return new Queue(id, id, 20, ring, waitSeconds, List.of());
    }
}
