package io.segue.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.agent.Agent;
import io.segue.agent.Dialect;
import io.segue.call.Call.Link;
import io.segue.call.Call.Stage;
import io.segue.call.CallEffect.Hearing;
import io.segue.handoff.Brief;
import io.segue.handoff.HandoffEffect;
import io.segue.handoff.HandoffEvent;
import io.segue.handoff.HandoffState;
import io.segue.handoff.HandoffTimer;
import io.segue.handoff.Reason;
import io.segue.human.Queue;
import io.segue.policy.EscalationPolicy;
import io.segue.turn.Speaker;
import io.segue.turn.Turn;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CallStepTest {
    private static final CallId ID = new CallId("0123456789abcdef0123456789abcdef");
    private static final String LEG = ID + "-1.1";

    private long now;
    private List<Brief.Target> plan = List.of(new Brief.Target.InQueue(Queue.named("billing")));
    private Call call = Call.of(ID, "+15550199", "+15550100", agent(Agent.AfterHandoff.STOP), 0);
    private List<CallEffect> effects = List.of();

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
        call = Call.of(ID, "a", "b", agent(Agent.AfterHandoff.LISTEN), 0);
        withAgent();
        say(0.7);
        connect();
        assertEquals(Link.LIVE, call.link());
        on(new CallEvent.AgentDown(Reason.AGENT_CLOSED, "1000"));
        assertEquals(Stage.WITH_HUMAN, call.stage(), "nothing the agent does ends a call that a human has");
        assertFalse(names(CallEffect.ReleaseCaller.class));
    }

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
        call = Call.of(ID, "a", "b", endOfUtterance(), 0);
        withAgent();
        say(0.7);
        reserve();
        on(new CallEvent.OfHandoff(new HandoffEvent.LegAnswered(LEG)));
        assertTrue(has(new CallEffect.AwaitUtteranceEnd()));
        on(new CallEvent.AgentDown(Reason.AGENT_CLOSED, ""));
        assertTrue(has(new CallEffect.CallerHears(new Hearing.TheHuman(LEG))));
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
        on(new CallEvent.OperatorAsked(null, List.of(), null));
        on(new CallEvent.OfHandoff(new HandoffEvent.Reserved(ID + "-2", 1, List.of("ben"))));
        on(new CallEvent.OfHandoff(new HandoffEvent.LegAnswered(ID + "-2.1")));
        on(new CallEvent.OfHandoff(new HandoffEvent.LegFailed(LEG, Reason.HUMAN_NO_ANSWER, "487")));
        assertTrue(has(new CallEffect.OfHandoff(
                ID + "-1", new HandoffEffect.Release("anna", HandoffEffect.Afterwards.UNANSWERED))));
        assertFalse(names(CallEffect.CallerHears.class), "the switch to ben is armed");
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
        connect();
        on(new CallEvent.GiveBack("settled"));
        on(new CallEvent.AgentUp());
        assertTrue(has(new CallEffect.TellReturned(List.of(), "settled")));
    }

    private void withAgent() {
        on(new CallEvent.Answered());
        on(new CallEvent.AgentUp());
    }

    private void reserve() {
        on(new CallEvent.OfHandoff(new HandoffEvent.Reserved(ID + "-1", 1, List.of("anna"))));
    }

    private void connect() {
        reserve();
        on(new CallEvent.OfHandoff(new HandoffEvent.LegAnswered(LEG)));
        on(new CallEvent.OfHandoff(new HandoffEvent.Switched(LEG, now)));
    }

    private void say(double confidence) {
        on(new CallEvent.Said(turn("t", Speaker.AGENT, confidence)));
    }

    private static Turn turn(String id, Speaker speaker, Double confidence) {
        return new Turn(id, speaker, "text", null, confidence, null, null, Map.of(), 0, 1, false);
    }

    private void on(CallEvent event) {
        CallStep.Result result = CallStep.step(call, event, queue -> plan, now);
        call = result.call();
        effects = result.effects();
    }

    private boolean has(CallEffect effect) {
        return effects.contains(effect);
    }

    private boolean names(Class<? extends CallEffect> type) {
        return effects.stream().anyMatch(type::isInstance);
    }

    private static Agent agent(Agent.AfterHandoff after) {
        return agent(after, EscalationPolicy.defaults());
    }

    private static Agent endOfUtterance() {
        EscalationPolicy d = EscalationPolicy.defaults();
        return agent(
                Agent.AfterHandoff.STOP,
                new EscalationPolicy(
                        d.threshold(),
                        d.intents(),
                        d.prewarmMargin(),
                        d.prewarmTurns(),
                        d.prewarmSeconds(),
                        d.prewarmListen(),
                        d.sentimentFloor(),
                        d.phrases(),
                        d.dtmf(),
                        d.callerSilenceSeconds(),
                        d.agentSilenceSeconds(),
                        EscalationPolicy.Cut.END_OF_UTTERANCE,
                        d.cutMaxMs(),
                        d.fillerAfterMs(),
                        d.maxWaitSeconds()));
    }

    private static Agent agent(Agent.AfterHandoff after, EscalationPolicy policy) {
        return new Agent(
                "demo",
                "Demo",
                "team",
                URI.create("wss://agent.example/"),
                Dialect.TWILIO,
                List.of(),
                Agent.Mode.HOTL,
                "billing",
                new Agent.Auth(Agent.Auth.Type.NONE, null),
                "tone",
                after,
                false,
                false,
                policy,
                List.of());
    }
}
