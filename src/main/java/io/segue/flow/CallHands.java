package io.segue.flow;

import io.segue.call.Call;
import io.segue.call.CallEffect;
import io.segue.call.CallEffect.Hearing;
import io.segue.call.CallTimer;
import io.segue.flow.oversight.OversightSide;
import io.segue.flow.thread.Timers;
import io.segue.handoff.Handoff;
import io.segue.handoff.HandoffEffect;
import org.jboss.logging.Logger;

/** Carries out what a call's steps ask for: gives each effect to the side whose it is. Used on the call's thread. */
final class CallHands {
    private static final Logger LOG = Logger.getLogger(CallHands.class);

    private final CallerSide caller;
    private final AgentSide agent;
    private final OversightSide people;
    private final HumanSide humans;
    private final CallRecorder recorder;
    private final CallFacts facts;
    private final Timers<CallTimer> timers;

    CallHands(
            CallerSide caller,
            AgentSide agent,
            OversightSide people,
            HumanSide humans,
            CallRecorder recorder,
            CallFacts facts,
            Timers<CallTimer> timers) {
        this.caller = caller;
        this.agent = agent;
        this.people = people;
        this.humans = humans;
        this.recorder = recorder;
        this.facts = facts;
        this.timers = timers;
    }

    /** @param call as the step left it */
    void carryOut(Call call, CallEffect effect) {
        switch (effect) {
            case CallEffect.ConnectAgent(var resumed) -> agent.connect(resumed);
            case CallEffect.StopAgent(var why) -> {
                agent.stop(why);
                people.over();
            }
            case CallEffect.TellAgent(var handoff, var state, var reason) -> agent.handoff(handoff, state, reason);
            case CallEffect.TellReturned returned -> agent.returned(returned, facts::wall);
            case CallEffect.CallerHears(Hearing what) -> caller.hears(what, humans::media);
            case CallEffect.Measure(var t0) -> caller.media().measureFrom(t0);
            case CallEffect.AwaitUtteranceEnd wait -> caller.media().playout().awaitUtteranceEnd();
            case CallEffect.ReleaseCaller(var why) -> caller.release(why);
            case CallEffect.Start(var timer, var ms) -> timers.start(timer, ms);
            case CallEffect.Stop(var timer) -> timers.stop(timer);
            case CallEffect.OfHandoff(var id, var wanted) -> ofHandoff(call, id, wanted);
        }
    }

    private void ofHandoff(Call call, String id, HandoffEffect effect) {
        Handoff handoff = call.handoffs().stream()
                .filter(h -> h.id().equals(id))
                .findFirst()
                .orElseThrow();
        if (effect instanceof HandoffEffect.Tell(var state, var reason)) {
            LOG.infof("%s %s (%s)", id, state, reason);
            recorder.handoff(call, handoff, state);
        } else {
            humans.carryOut(handoff, effect, recorder);
        }
    }

    /** Nothing is waited for any more. */
    void stop() {
        timers.stopAll();
    }
}
