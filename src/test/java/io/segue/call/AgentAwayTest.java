package io.segue.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.call.Call.Stage;
import io.segue.call.CallEffect.Hearing;
import io.segue.handoff.Brief;
import io.segue.handoff.HandoffEffect;
import io.segue.handoff.HandoffEvent;
import io.segue.handoff.HandoffState;
import io.segue.handoff.Reason;
import io.segue.human.Queue;
import io.segue.turn.Speaker;
import io.segue.turn.Turn;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A caller whose agent is not there, or comes back. */
class AgentAwayTest extends CallUnderTest {
    @Test
    void aDeadAgentIsAHandoffAndTheCallerHearsTheFillerAtOnce() {
        on(new CallEvent.Answered());
        on(new CallEvent.AgentDown(Reason.AGENT_REFUSED, "connection refused"));
        assertEquals(new CallEffect.CallerHears(new Hearing.TheFiller()), effects.getFirst());
        assertEquals(Reason.AGENT_REFUSED, call.handoffs().getFirst().reason());
        assertEquals(Stage.WAITING, call.stage());
    }

    @Test
    void humansAndAgentAreTriedInTurnUntilTheLongestWaitIsOver() {
        plan = List.of();
        on(new CallEvent.Answered());
        on(new CallEvent.AgentDown(Reason.AGENT_REFUSED, ""));
        assertTrue(has(new CallEffect.Start(CallTimer.RECONNECT, 1_000)));
        on(new CallEvent.Expired(CallTimer.RECONNECT));
        assertTrue(has(new CallEffect.ConnectAgent(true)));
        on(new CallEvent.AgentDown(Reason.AGENT_REFUSED, ""));
        assertEquals(2, call.handoffs().size());
        assertTrue(has(new CallEffect.Start(CallTimer.RECONNECT, 2_000)));
        on(new CallEvent.Expired(CallTimer.MAX_WAIT));
        assertTrue(has(new CallEffect.CallerHears(new Hearing.TheAnnouncement())));
        on(new CallEvent.AnnouncementEnded());
        assertTrue(has(new CallEffect.ReleaseCaller(CallEffect.Release.NOBODY)));
        assertEquals(Stage.ENDED, call.stage());
    }

    @Test
    void anAgentThatComesBackGetsTheCaller() {
        plan = List.of();
        on(new CallEvent.Answered());
        on(new CallEvent.AgentDown(Reason.AGENT_CLOSED, ""));
        on(new CallEvent.Expired(CallTimer.RECONNECT));
        on(new CallEvent.AgentUp());
        assertEquals(Stage.WITH_AGENT, call.stage());
        assertTrue(has(new CallEffect.CallerHears(new Hearing.TheAgent(false))));
        assertTrue(has(new CallEffect.Stop(CallTimer.MAX_WAIT)));
    }

    @Test
    void anAgentThatDiesWhileItsUtteranceIsWaitedForIsNotWaitedForAnyMore() {
        call = Call.of(ID, "a", "b", endOfUtterance(), 0, Instant.EPOCH);
        withAgent();
        say(0.7);
        reserve();
        on(new CallEvent.OfHandoff(new HandoffEvent.LegAnswered(LEG)));
        assertTrue(has(new CallEffect.AwaitUtteranceEnd()));
        on(new CallEvent.AgentDown(Reason.AGENT_CLOSED, ""));
        assertTrue(has(new CallEffect.CallerHears(new Hearing.TheHuman(LEG))));
    }

    @Test
    void aCallerGivenBackIsTakenUpByANewSocketThatKnowsWhatWasSaid() {
        withAgent();
        say(0.7);
        connect();
        Turn meanwhile = turn("h1", Speaker.HUMAN, null);
        on(new CallEvent.TurnAdded(meanwhile));
        on(new CallEvent.GiveBack("all settled"));
        assertTrue(has(new CallEffect.ConnectAgent(true)));
        assertEquals(Stage.WAITING, call.stage());
        on(new CallEvent.AgentUp());
        assertTrue(names(CallEffect.TellReturned.class));
        assertEquals(
                List.of(meanwhile),
                effects.stream()
                        .filter(CallEffect.TellReturned.class::isInstance)
                        .map(e -> ((CallEffect.TellReturned) e).said())
                        .findFirst()
                        .orElseThrow());
        assertEquals(HandoffState.RETURNED, call.handoffs().getFirst().state());
    }

    @Test
    void anAgentThatDiesAfterTheSwitchWasArmedTakesNothingFromTheHuman() {
        withAgent();
        say(0.7);
        reserve();
        on(new CallEvent.OfHandoff(new HandoffEvent.LegAnswered(LEG)));
        on(new CallEvent.AgentDown(Reason.AGENT_CLOSED, ""));
        assertFalse(names(CallEffect.CallerHears.class), "the human's first packet is all that is waited for");
        on(new CallEvent.OfHandoff(new HandoffEvent.Switched(LEG, now)));
        assertEquals(Stage.WITH_HUMAN, call.stage());
    }

    @Test
    void anAnnouncementThatNeverEndsStillEndsInACause() {
        plan = List.of();
        on(new CallEvent.Answered());
        on(new CallEvent.AgentDown(Reason.AGENT_REFUSED, ""));
        plan = List.of(new Brief.Target.InQueue(Queue.named("billing")));
        on(new CallEvent.Expired(CallTimer.RECONNECT));
        on(new CallEvent.AgentDown(Reason.AGENT_REFUSED, ""));
        on(new CallEvent.OfHandoff(new HandoffEvent.Reserved(ID + "-2", 1, List.of("anna"))));
        on(new CallEvent.Expired(CallTimer.MAX_WAIT));
        assertEquals(Reason.NO_HUMAN, call.handoffs().getLast().ended());
        assertTrue(has(
                new CallEffect.OfHandoff(ID + "-2", new HandoffEffect.DropLeg(ID + "-2.1", HandoffEffect.Why.LET_GO))));
        on(new CallEvent.Expired(CallTimer.DRAIN));
        assertTrue(has(new CallEffect.ReleaseCaller(CallEffect.Release.NOBODY)));
    }

    @Test
    void theNoteOfTheHumanReachesTheAgentThatIsCalledAgain() {
        withAgent();
        say(0.7);
        now = 1_000;
        connect();
        now = 5_000;
        on(new CallEvent.GiveBack("settled"));
        now = 9_000;
        on(new CallEvent.AgentUp());
        assertTrue(has(new CallEffect.TellReturned(List.of(), "settled", "anna", 1_000, 5_000)));
    }

    @Test
    void aCallerWhoIsPassedOnHearsTheFillerUntilTheNextHumanAnswers() {
        withAgent();
        say(0.7);
        connect();
        on(new CallEvent.OperatorAsked("disputes", null, List.of(), "knows the account"));
        assertEquals(HandoffState.RETURNED, call.handoffs().getFirst().state());
        assertEquals(Stage.WAITING, call.stage());
        assertTrue(has(new CallEffect.CallerHears(new Hearing.TheFiller())));
        assertFalse(names(CallEffect.ConnectAgent.class), "the next human comes first");
        assertEquals("knows the account", call.handoffs().getLast().brief().summary());
        on(new CallEvent.OfHandoff(new HandoffEvent.Reserved(ID + "-2", 1, List.of("bob"))));
        on(new CallEvent.OfHandoff(new HandoffEvent.LegAnswered(ID + "-2.1")));
        on(new CallEvent.OfHandoff(new HandoffEvent.Switched(ID + "-2.1", now)));
        assertEquals(Stage.WITH_HUMAN, call.stage());
    }

    @Test
    void aCallerWhoIsPassedOnInVainComesBackToTheAgent() {
        withAgent();
        say(0.7);
        connect();
        on(new CallEvent.OperatorAsked(null, "sip:acd@pbx.example", List.of(), null));
        assertEquals(
                List.of(new Brief.Target.AtSip("sip:acd@pbx.example")),
                call.handoffs().getLast().brief().plan());
        on(new CallEvent.OfHandoff(new HandoffEvent.LegFailed(ID + "-2.1", Reason.HUMAN_BUSY, "486")));
        on(new CallEvent.Expired(CallTimer.RECONNECT));
        assertTrue(has(new CallEffect.ConnectAgent(true)));
        on(new CallEvent.AgentUp());
        assertEquals(Stage.WITH_AGENT, call.stage());
    }

    @Test
    void aCallerIsGivenBackOnce() {
        withAgent();
        say(0.7);
        connect();
        on(new CallEvent.GiveBack("settled"));
        Call back = call;
        on(new CallEvent.GiveBack("settled again"));
        assertEquals(back, call);
        assertEquals(List.of(), effects);
    }
}
