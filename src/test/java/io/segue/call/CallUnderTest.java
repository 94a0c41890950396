package io.segue.call;

import io.segue.agent.Agent;
import io.segue.agent.Dialect;
import io.segue.handoff.Brief;
import io.segue.handoff.HandoffEvent;
import io.segue.human.Queue;
import io.segue.policy.EscalationPolicy;
import io.segue.turn.Speaker;
import io.segue.turn.Turn;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A call that a test leads step by step, at a time of its own. */
abstract class CallUnderTest {
    static final CallId ID = new CallId("0123456789abcdef0123456789abcdef");
    static final String LEG = ID + "-1.1";

    long now;
    List<Brief.Target> plan = List.of(new Brief.Target.InQueue(Queue.named("billing")));
    Call call = Call.of(ID, "+15550199", "+15550100", agent(Agent.AfterHandoff.STOP), 0, Instant.EPOCH);
    List<CallEffect> effects = List.of();

    void withAgent() {
        on(new CallEvent.Answered());
        on(new CallEvent.AgentUp());
    }

    void reserve() {
        on(new CallEvent.OfHandoff(new HandoffEvent.Reserved(ID + "-1", 1, List.of("anna"))));
    }

    void connect() {
        reserve();
        on(new CallEvent.OfHandoff(new HandoffEvent.LegAnswered(LEG)));
        on(new CallEvent.OfHandoff(new HandoffEvent.Switched(LEG, now)));
    }

    void say(double confidence) {
        on(new CallEvent.Said(turn("t", Speaker.AGENT, confidence)));
    }

    static Turn turn(String id, Speaker speaker, Double confidence) {
        return new Turn(id, speaker, "text", null, confidence, null, null, Map.of(), 0, 1, false);
    }

    void on(CallEvent event) {
        CallStep.Result result = CallStep.step(call, event, queue -> plan, now);
        call = result.call();
        effects = result.effects();
    }

    boolean has(CallEffect effect) {
        return effects.contains(effect);
    }

    boolean names(Class<? extends CallEffect> type) {
        return effects.stream().anyMatch(type::isInstance);
    }

    static Agent agent(Agent.AfterHandoff after) {
        return agent(after, EscalationPolicy.defaults());
    }

    static Agent endOfUtterance() {
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
                        d.maxWaitSeconds(),
                        d.rules()));
    }

    static Agent agent(Agent.AfterHandoff after, EscalationPolicy policy) {
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
                null,
                List.of(),
                Agent.Hitl.defaults(),
                Agent.OnViolation.ALARM,
                false,
                3);
    }
}
