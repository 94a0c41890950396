package io.segue.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.agent.Agent;
import io.segue.call.Call.Stage;
import io.segue.call.CallEffect.Hearing;
import io.segue.handoff.Reason;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the caller hears of an agent that waits for people, and what people are fetched for. */
class HeldAgentTest extends CallUnderTest {
    @Test
    void aCallerIsOwedTheFillerWhileTheAgentIsHeldAndNoLonger() {
        withAgent();
        on(new CallEvent.AgentHeld(true));
        assertTrue(has(new CallEffect.CallerHears(new Hearing.TheAgent(true))));
        on(new CallEvent.AgentHeld(false));
        assertTrue(has(new CallEffect.CallerHears(new Hearing.TheAgent(false))));
    }

    @Test
    void theFillerStaysWhileAHumanIsWanted() {
        withAgent();
        on(new CallEvent.AgentHeld(true));
        say(0.7);
        on(new CallEvent.AgentHeld(false));
        assertTrue(has(new CallEffect.CallerHears(new Hearing.TheAgent(true))));
    }

    @Test
    void aCallerWithAHumanHearsNothingOfIt() {
        call = Call.of(ID, "a", "b", agent(Agent.AfterHandoff.LISTEN), 0, Instant.EPOCH);
        withAgent();
        say(0.7);
        connect();
        on(new CallEvent.AgentHeld(true));
        assertFalse(names(CallEffect.CallerHears.class));
        on(new CallEvent.PeopleAsked(Reason.SIGNOFF_VIOLATED, "x"));
        assertEquals(1, call.handoffs().size());
    }

    @Test
    void aViolationBringsAHumanEvenJustAfterAFailedHandoff() {
        withAgent();
        on(new CallEvent.PeopleAsked(Reason.APPROVAL_VIOLATED, "a turn was spoken that was never proposed"));
        assertEquals(Stage.WITH_AGENT, call.stage());
        assertEquals(Reason.APPROVAL_VIOLATED, call.handoffs().getLast().reason());
        connect();
        assertEquals(Stage.WITH_HUMAN, call.stage());
    }
}
