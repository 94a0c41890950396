package io.segue.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.call.Call.Stage;
import io.segue.handoff.HandoffEffect;
import io.segue.handoff.HandoffEvent;
import io.segue.handoff.HandoffState;
import io.segue.handoff.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a call ends, and what its end does to a handoff. */
class CallEndTest extends CallUnderTest {
    @Test
    void theCallersHangUpEndsEverythingOnce() {
        withAgent();
        say(0.7);
        reserve();
        on(new CallEvent.CallerGone("BYE"));
        assertEquals(Stage.ENDED, call.stage());
        assertTrue(has(
                new CallEffect.OfHandoff(ID + "-1", new HandoffEffect.DropLeg(LEG, HandoffEffect.Why.CALLER_GONE))));
        assertTrue(has(new CallEffect.StopAgent("caller_gone")));
        on(new CallEvent.CallerGone("again"));
        assertEquals(List.of(), effects);
    }

    @Test
    void aHumanWhoHangsUpEndsTheCall() {
        withAgent();
        say(0.7);
        connect();
        on(new CallEvent.OfHandoff(new HandoffEvent.LegGone(LEG, "BYE")));
        assertTrue(has(new CallEffect.ReleaseCaller(CallEffect.Release.NORMAL)));
    }

    @Test
    void hangUpDrainsWhatIsQueuedAndIsIdempotent() {
        withAgent();
        on(new CallEvent.AgentPlaying(true));
        on(new CallEvent.HangUp(Reason.OPERATOR_HUNG_UP));
        assertEquals(Stage.ENDING, call.stage());
        assertFalse(names(CallEffect.ReleaseCaller.class));
        on(new CallEvent.HangUp(Reason.OPERATOR_HUNG_UP));
        assertEquals(List.of(), effects);
        on(new CallEvent.OfHandoff(new HandoffEvent.UtteranceEnded()));
        assertTrue(has(new CallEffect.ReleaseCaller(CallEffect.Release.NORMAL)));
    }

    @Test
    void hangingUpGivesUpTheHandoffWhileTheAgentIsHeardToItsEnd() {
        withAgent();
        on(new CallEvent.AgentPlaying(true));
        say(0.7);
        reserve();
        on(new CallEvent.HangUp(Reason.OPERATOR_HUNG_UP));
        assertEquals(Stage.ENDING, call.stage());
        assertTrue(has(
                new CallEffect.OfHandoff(ID + "-1", new HandoffEffect.DropLeg(LEG, HandoffEffect.Why.CALLER_GONE))));
        on(new CallEvent.OfHandoff(new HandoffEvent.UtteranceEnded()));
        assertTrue(has(new CallEffect.ReleaseCaller(CallEffect.Release.NORMAL)));
    }

    @Test
    void whoEndedTheCallIsWhatItsHandoffEndedOf() {
        Map<CallEvent, Reason> ends = Map.of(
                new CallEvent.CallerGone("BYE"), Reason.CALLER_HUNG_UP,
                new CallEvent.HangUp(Reason.OPERATOR_HUNG_UP), Reason.OPERATOR_HUNG_UP,
                new CallEvent.HangUp(Reason.TIME_LIMIT), Reason.TIME_LIMIT,
                new CallEvent.Shutdown(), Reason.SHUTDOWN);
        withAgent();
        say(0.7);
        Call rings = call;
        connect();
        Call talks = call;
        ends.forEach((end, why) -> {
            call = rings;
            on(end);
            assertEquals(HandoffState.ABANDONED, call.handoffs().getFirst().state());
            assertEquals(why, call.handoffs().getFirst().ended());
            call = talks;
            on(end);
            assertEquals(HandoffState.CONNECTED, call.handoffs().getFirst().state());
            assertEquals(why, call.handoffs().getFirst().ended());
        });
    }

    @Test
    void aGatewayThatGoesAwayWaitsForNothing() {
        withAgent();
        on(new CallEvent.AgentPlaying(true));
        on(new CallEvent.Shutdown());
        assertTrue(has(new CallEffect.ReleaseCaller(CallEffect.Release.SHUTDOWN)));
        assertEquals(Stage.ENDED, call.stage());
    }
}
