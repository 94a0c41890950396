package io.segue.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.agent.Agent;
import io.segue.call.Call.Link;
import io.segue.call.Call.Stage;
import io.segue.call.CallEffect.Hearing;
import io.segue.handoff.HandoffEffect;
import io.segue.handoff.HandoffEvent;
import io.segue.handoff.HandoffTimer;
import io.segue.handoff.Reason;
import io.segue.turn.Speaker;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What brings a human, and what the human then has. */
class CallStepTest extends CallUnderTest {
    @Test
    void aDoubtfulTurnBringsAHumanWhileTheAgentTalksOn() {
        withAgent();
        say(0.7);
        assertEquals(Stage.WITH_AGENT, call.stage());
        assertTrue(has(new CallEffect.CallerHears(new Hearing.TheAgent(true))));
        assertTrue(names(CallEffect.Measure.class));
        connect();
        assertEquals(Stage.WITH_HUMAN, call.stage());
        assertEquals(Link.CLOSED, call.link());
        assertTrue(has(new CallEffect.StopAgent("handed_off")));
    }

    @Test
    void anAgentThatListensStays() {
        call = Call.of(ID, "a", "b", agent(Agent.AfterHandoff.LISTEN), 0, Instant.EPOCH);
        withAgent();
        say(0.7);
        connect();
        assertEquals(Link.LIVE, call.link());
        on(new CallEvent.AgentDown(Reason.AGENT_CLOSED, "1000"));
        assertEquals(Stage.WITH_HUMAN, call.stage(), "nothing the agent does ends a call that a human has");
        assertFalse(names(CallEffect.ReleaseCaller.class));
    }

    @Test
    void aFailedHandoffCalmsDoubtsButNotRequests() {
        plan = List.of();
        withAgent();
        say(0.7);
        assertEquals(1, call.handoffs().size());
        now += TimeUnit.MILLISECONDS.toNanos(CallStep.CALM_MS) - 1;
        say(0.7);
        assertEquals(1, call.handoffs().size(), "one short of the calm");
        on(new CallEvent.AgentAsked("caller_request", null, List.of(), 0, null, Map.of()));
        assertEquals(2, call.handoffs().size());
        now += TimeUnit.MILLISECONDS.toNanos(CallStep.CALM_MS);
        say(0.7);
        assertEquals(3, call.handoffs().size(), "at its end");
    }

    @Test
    void aNearlyDoubtfulTurnPrewarmsAndTwoGoodOnesLetGo() {
        withAgent();
        say(0.87);
        assertTrue(call.handoff().isPresent());
        assertFalse(call.handoff().get().requested());
        assertTrue(has(new CallEffect.Start(CallTimer.PREWARM, 15_000)));
        say(0.95);
        assertTrue(call.handoff().isPresent());
        say(0.95);
        assertTrue(call.handoff().isEmpty());
        assertTrue(has(new CallEffect.Stop(CallTimer.PREWARM)));
    }

    @Test
    void aPrewarmedHumanIsSwitchedToAtOnceWhenWanted() {
        withAgent();
        say(0.87);
        reserve();
        on(new CallEvent.OfHandoff(new HandoffEvent.LegAnswered(LEG)));
        assertFalse(has(new CallEffect.CallerHears(new Hearing.TheHuman(LEG))));
        say(0.5);
        assertTrue(has(new CallEffect.CallerHears(new Hearing.TheHuman(LEG))));
        assertEquals(1, call.handoffs().size());
    }

    @Test
    void aHoldingHumanLeavesTheCallerTheFiller() {
        withAgent();
        say(0.7);
        connect();
        on(new CallEvent.HumanHolds(true));
        assertTrue(has(new CallEffect.CallerHears(new Hearing.TheFiller())));
        on(new CallEvent.HumanHolds(false));
        assertTrue(has(new CallEffect.CallerHears(new Hearing.TheHuman(LEG))));
    }

    @Test
    void theAgentsSilenceIsCountedFromTheEndOfTheCallersWords() {
        withAgent();
        on(new CallEvent.CallerTalking(true));
        on(new CallEvent.CallerTalking(false));
        assertTrue(has(new CallEffect.Start(CallTimer.AGENT_SILENCE, 6_000)));
        on(new CallEvent.AgentPlaying(true));
        assertTrue(has(new CallEffect.Stop(CallTimer.AGENT_SILENCE)));
        on(new CallEvent.AgentPlaying(false));
        assertFalse(has(new CallEffect.Start(CallTimer.AGENT_SILENCE, 6_000)), "it has answered");
        on(new CallEvent.Expired(CallTimer.AGENT_SILENCE));
        assertEquals(Reason.AGENT_SILENCE, call.handoffs().getFirst().reason());
    }

    @Test
    void turnsBeyondTheLimitAreNotKept() {
        withAgent();
        for (int i = 0; i < Call.TURNS_MAX; i++) {
            on(new CallEvent.TurnAdded(turn("t" + i, Speaker.CALLER, null)));
        }
        assertEquals(Call.TURNS_MAX, call.turns().size());
        on(new CallEvent.TurnAdded(turn("more", Speaker.CALLER, null)));
        assertEquals(Call.TURNS_MAX, call.turns().size());
    }

    @Test
    void aReservationForAHandoffThatIsOverIsGivenBackAndNotTakenByTheNext() {
        withAgent();
        say(0.87);
        on(new CallEvent.Expired(CallTimer.PREWARM));
        say(0.7);
        assertEquals(2, call.handoffs().size());
        reserve();
        assertEquals(
                List.of(new CallEffect.OfHandoff(
                        ID + "-1", new HandoffEffect.Release("anna", HandoffEffect.Afterwards.SAME_PLACE))),
                effects);
        on(new CallEvent.OfHandoff(new HandoffEvent.Reserved(ID + "-2", 1, List.of("ben"))));
        assertTrue(has(new CallEffect.OfHandoff(ID + "-2", new HandoffEffect.RaiseLeg(ID + "-2.1", "ben"))));
    }

    @Test
    void whatTricklesInOfAHandoffThatHasFailedLeavesTheNextAlone() {
        withAgent();
        say(0.7);
        reserve();
        on(new CallEvent.OfHandoff(new HandoffEvent.Expired(HandoffTimer.RING, LEG)));
        on(new CallEvent.OfHandoff(new HandoffEvent.NoneFree(ID + "-1", 2)));
        on(new CallEvent.OperatorAsked(null, null, List.of(), null));
        on(new CallEvent.OfHandoff(new HandoffEvent.Reserved(ID + "-2", 1, List.of("ben"))));
        on(new CallEvent.OfHandoff(new HandoffEvent.LegAnswered(ID + "-2.1")));
        on(new CallEvent.OfHandoff(new HandoffEvent.LegFailed(LEG, Reason.HUMAN_NO_ANSWER, "487")));
        assertTrue(has(new CallEffect.OfHandoff(
                ID + "-1", new HandoffEffect.Release("anna", HandoffEffect.Afterwards.UNANSWERED))));
        assertFalse(names(CallEffect.CallerHears.class), "the switch to ben is armed");
    }
}
