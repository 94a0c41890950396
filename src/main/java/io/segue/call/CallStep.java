package io.segue.call;

import io.segue.agent.Agent.AfterHandoff;
import io.segue.call.Call.Link;
import io.segue.call.Call.Stage;
import io.segue.call.CallEffect.Hearing;
import io.segue.handoff.Brief;
import io.segue.handoff.Handoff;
import io.segue.handoff.HandoffEffect;
import io.segue.handoff.HandoffEvent;
import io.segue.handoff.HandoffState;
import io.segue.handoff.HandoffStep;
import io.segue.handoff.Reason;
import io.segue.policy.Decision;
import io.segue.policy.Escalation;
import io.segue.policy.EscalationPolicy;
import io.segue.policy.EscalationPolicy.Cut;
import io.segue.policy.Signal;
import io.segue.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The call's state machine: {@code (call, event, now) -> (call, effects)}. {@code now} is {@code System.nanoTime()}, handed in.
 */
public final class CallStep {
    /** What a step makes of a call, and what then has to be done, in this order. */
    public record Result(Call call, List<CallEffect> effects) {}

    /** After a failed handoff a doubtful turn alone starts no other for so long; whoever asks for a human is heeded at once. */
    static final long CALM_MS = 30_000;

    /** An answered phone that sends nothing for so long is hung up. */
    static final int HUMAN_MEDIA_MS = 1_000;

    private final Plans plans;
    private final long now;
    private final List<CallEffect> effects = new ArrayList<>();
    private Call call;

    private CallStep(Call call, Plans plans, long now) {
        this.call = call;
        this.plans = plans;
        this.now = now;
    }

    public static Result step(Call call, CallEvent event, Plans plans, long now) {
        CallStep step = new CallStep(call, plans, now);
        step.on(event);
        return new Result(step.call, List.copyOf(step.effects));
    }

    private void on(CallEvent event) {
        if (call.stage() == Stage.ENDED) {
            if (event instanceof CallEvent.OfHandoff late) {
                ofHandoff(late.event());
            }
            return;
        }
        switch (event) {
            case CallEvent.Answered answered -> answered();
            case CallEvent.AgentUp up -> agentUp();
            case CallEvent.AgentDown down -> agentDown(down.why(), down.detail());
            case CallEvent.Said said -> said(said.turn());
            case CallEvent.TurnAdded added -> call = call.plus(added.turn());
            case CallEvent.AgentAsked asked -> agentAsked(asked);
            case CallEvent.OperatorAsked asked ->
                request(Reason.OPERATOR_REQUEST, "", ask(asked.queue(), asked.skills(), 0, asked.note(), Map.of()));
            case CallEvent.Digit digit -> digit(digit.digit());
            case CallEvent.CallerTalking talking -> sounds(talking.speaking(), call.agentPlaying());
            case CallEvent.AgentPlaying playing -> sounds(call.callerTalking(), playing.playing());
            case CallEvent.HumanHolds holds -> humanHolds(holds.holding());
            case CallEvent.GiveBack back -> giveBack(back.note());
            case CallEvent.HangUp hangUp -> hangUp();
            case CallEvent.Shutdown shutdown -> release(CallEffect.Release.SHUTDOWN);
            case CallEvent.AnnouncementEnded ended -> release(CallEffect.Release.NOBODY);
            case CallEvent.CallerGone gone -> callerGone();
            case CallEvent.Expired expired -> expired(expired.timer());
            case CallEvent.OfHandoff of -> {
                if (call.stage() == Stage.ENDING && of.event() instanceof HandoffEvent.UtteranceEnded) {
                    release(CallEffect.Release.NORMAL);
                } else {
                    ofHandoff(of.event());
                }
            }
        }
    }

    private void answered() {
        effects.add(new CallEffect.CallerHears(new Hearing.TheAgent(false)));
        effects.add(new CallEffect.ConnectAgent(false));
        sounds(false, false);
    }

    private void agentUp() {
        call = call.with(Link.LIVE).reconnects(0);
        if (call.stage() != Stage.WAITING) {
            return;
        }
        effects.add(new CallEffect.Stop(CallTimer.MAX_WAIT));
        effects.add(new CallEffect.Stop(CallTimer.RECONNECT));
        call = call.in(Stage.WITH_AGENT);
        if (!armed()) {
            effects.add(new CallEffect.CallerHears(new Hearing.TheAgent(wanted())));
        }
        tellReturned();
    }

    private void tellReturned() {
        if (!call.handoffs().isEmpty() && call.handoffs().getLast().state() == HandoffState.RETURNED) {
            List<Turn> said = call.turns()
                    .subList(
                            Math.min(call.heard(), call.turns().size()),
                            call.turns().size());
            effects.add(new CallEffect.TellReturned(said, call.note()));
        }
    }

    private void agentDown(Reason why, String detail) {
        call = call.with(Link.DEAD);
        switch (call.stage()) {
            case WITH_AGENT -> {
                call = call.in(Stage.WAITING);
                if (!armed()) {
                    effects.add(new CallEffect.CallerHears(new Hearing.TheFiller()));
                }
                effects.add(new CallEffect.Start(CallTimer.MAX_WAIT, policy().maxWaitSeconds() * 1000L));
                if (wanted()) {
                    ofHandoff(new HandoffEvent.UtteranceEnded());
                } else {
                    request(why, detail, ask(null, List.of(), 0, null, Map.of()));
                }
            }
            case WAITING -> {
                // Humans and agent are tried in turn until the longest wait is over.
                if (!wanted()) {
                    request(why, detail, ask(null, List.of(), 0, null, Map.of()));
                }
            }
            case ENDING -> release(CallEffect.Release.NORMAL);
            case WITH_HUMAN, ENDED -> {}
        }
    }

    /** Whether a human is wanted now; a pre-warm is not yet that. */
    private boolean wanted() {
        return call.handoff().filter(Handoff::requested).isPresent();
    }

    /** Whether the caller is about to hear a human: anything else put before it would be what the caller goes on hearing. */
    private boolean armed() {
        return call.handoff()
                .filter(h -> h.winner() != null && h.clock().t3() != null)
                .isPresent();
    }

    private void reconnectLater() {
        int tries = call.reconnects();
        call = call.reconnects(tries + 1);
        effects.add(new CallEffect.Start(CallTimer.RECONNECT, Math.min(30, 1L << Math.min(tries, 5)) * 1000));
    }

    private void said(Turn turn) {
        call = call.plus(turn);
        if (call.stage() == Stage.WITH_AGENT) {
            decide(new Signal.TurnSaid(turn));
        }
    }

    private void decide(Signal signal) {
        switch (Escalation.decide(policy(), signal)) {
            case Decision.Carry carry -> carried(carry.good());
            case Decision.Prewarm prewarm -> prewarm(prewarm.reason(), prewarm.detail());
            case Decision.HandOff handOff -> {
                if (!isDoubt(handOff.reason()) || now >= call.calmUntil()) {
                    request(handOff.reason(), handOff.detail(), ask(null, List.of(), 0, null, Map.of()));
                }
            }
        }
    }

    private static boolean isDoubt(Reason reason) {
        return reason == Reason.LOW_CONFIDENCE || reason == Reason.NEGATIVE_SENTIMENT;
    }

    private void carried(boolean good) {
        boolean prewarmed = call.handoff().isPresent() && !wanted();
        if (good && prewarmed) {
            call = call.goodTurns(call.goodTurns() + 1);
            if (call.goodTurns() >= policy().prewarmTurns()) {
                ofHandoff(new HandoffEvent.LetGo());
            }
        }
    }

    private void prewarm(Reason reason, String detail) {
        if (call.handoff().isPresent()) {
            call = call.goodTurns(0);
            return;
        }
        Brief brief = ask(null, List.of(), 0, null, Map.of());
        if (now < call.calmUntil() || brief.plan().isEmpty()) {
            return;
        }
        effects.add(new CallEffect.Start(CallTimer.PREWARM, policy().prewarmSeconds() * 1000L));
        begun(HandoffStep.prewarm(brief, reason, detail, now));
    }

    private void agentAsked(CallEvent.AgentAsked asked) {
        if (call.stage() == Stage.WITH_AGENT
                && Escalation.decide(policy(), new Signal.AgentAsked(asked.reason()))
                        instanceof Decision.HandOff handOff) {
            request(
                    handOff.reason(),
                    handOff.detail(),
                    ask(asked.queue(), asked.skills(), asked.priority(), asked.summary(), asked.context()));
        }
    }

    private Brief ask(
            @Nullable String queue,
            List<String> skills,
            int priority,
            @Nullable String summary,
            Map<String, Object> context) {
        EscalationPolicy policy = policy();
        return new Brief(
                call.id() + "-" + (call.handoffs().size() + 1),
                plans.from(queue == null ? call.agent().queue() : queue),
                Set.copyOf(skills),
                priority,
                summary,
                context,
                policy.cut() == Cut.NOW,
                policy.cutMaxMs(),
                HUMAN_MEDIA_MS);
    }

    private void request(Reason reason, String detail, Brief brief) {
        if (call.stage() != Stage.WITH_AGENT && call.stage() != Stage.WAITING || wanted()) {
            return;
        }
        effects.add(new CallEffect.Measure(now));
        if (call.stage() == Stage.WITH_AGENT) {
            effects.add(new CallEffect.CallerHears(new Hearing.TheAgent(true)));
        }
        if (call.handoff().isPresent()) {
            effects.add(new CallEffect.Stop(CallTimer.PREWARM));
            ofHandoff(new HandoffEvent.Requested(reason, detail));
        } else {
            begun(HandoffStep.request(brief, reason, detail, now));
        }
    }

    private void begun(HandoffStep.Result begun) {
        call = call.plus(begun.handoff());
        carryOut(begun, true);
    }

    /** Events of a handoff go to the last one: an earlier one is over, and its legs with it or on their way. */
    private void ofHandoff(HandoffEvent event) {
        for (Handoff handoff : call.handoffs().reversed()) {
            if (concerns(handoff, event)) {
                HandoffStep.Result result = HandoffStep.step(handoff, event, now);
                call = call.with(result.handoff());
                carryOut(result, !handoff.over());
                return;
            }
        }
    }

    private static boolean concerns(Handoff handoff, HandoffEvent event) {
        return switch (event) {
            case HandoffEvent.Reserved e -> handoff.id().equals(e.handoff());
            case HandoffEvent.NoneFree e -> handoff.id().equals(e.handoff());
            case HandoffEvent.LegRinging e -> handoff.attempt(e.leg()).isPresent();
            case HandoffEvent.LegAnswered e -> handoff.attempt(e.leg()).isPresent();
            case HandoffEvent.LegFailed e -> handoff.attempt(e.leg()).isPresent();
            case HandoffEvent.LegHeard e -> handoff.attempt(e.leg()).isPresent();
            case HandoffEvent.LegGone e -> handoff.attempt(e.leg()).isPresent();
            case HandoffEvent.Switched e -> handoff.attempt(e.leg()).isPresent();
            case HandoffEvent.Requested _,
                    HandoffEvent.SomebodyFree _,
                    HandoffEvent.UtteranceEnded _,
                    HandoffEvent.Expired _,
                    HandoffEvent.LetGo _,
                    HandoffEvent.CallerGone _,
                    HandoffEvent.WaitedTooLong _,
                    HandoffEvent.GivenBack _ -> true;
        };
    }

    /** @param wasOn whether it was not over before: what its end means to the call is done once, not again for what trickles in */
    private void carryOut(HandoffStep.Result result, boolean wasOn) {
        String id = result.handoff().id();
        for (HandoffEffect effect : result.effects()) {
            switch (effect) {
                case HandoffEffect.Switch to -> effects.add(new CallEffect.CallerHears(new Hearing.TheHuman(to.leg())));
                case HandoffEffect.Unswitch back -> effects.add(new CallEffect.CallerHears(withoutHuman()));
                case HandoffEffect.AwaitUtteranceEnd wait -> {
                    if (call.link() == Link.LIVE) {
                        effects.add(new CallEffect.AwaitUtteranceEnd());
                    } else {
                        ofHandoff(new HandoffEvent.UtteranceEnded());
                    }
                }
                case HandoffEffect.Tell tell -> {
                    effects.add(new CallEffect.OfHandoff(id, tell));
                    effects.add(new CallEffect.TellAgent(id, tell.state(), tell.reason()));
                    if (tell.state() == HandoffState.CONNECTED) {
                        connected();
                    }
                }
                case HandoffEffect.Reserve _,
                        HandoffEffect.Release _,
                        HandoffEffect.AwaitFree _,
                        HandoffEffect.StopAwaiting _,
                        HandoffEffect.RaiseLeg _,
                        HandoffEffect.RaiseOutside _,
                        HandoffEffect.DropLeg _,
                        HandoffEffect.LetHear _,
                        HandoffEffect.LetWait _,
                        HandoffEffect.Start _,
                        HandoffEffect.Stop _ -> effects.add(new CallEffect.OfHandoff(id, effect));
            }
        }
        if (wasOn && result.handoff().over()) {
            handoffOver(result.handoff());
        }
    }

    private Hearing withoutHuman() {
        return call.stage() == Stage.WITH_AGENT ? new Hearing.TheAgent(wanted()) : new Hearing.TheFiller();
    }

    private void connected() {
        call = call.in(Stage.WITH_HUMAN).heardAll();
        effects.add(new CallEffect.Stop(CallTimer.MAX_WAIT));
        effects.add(new CallEffect.Stop(CallTimer.RECONNECT));
        effects.add(new CallEffect.Stop(CallTimer.AGENT_SILENCE));
        effects.add(new CallEffect.Stop(CallTimer.CALLER_SILENCE));
        if (call.agent().afterHandoff() == AfterHandoff.STOP) {
            stopAgent("handed_off");
        }
    }

    private void stopAgent(String why) {
        if (call.link() == Link.LIVE || call.link() == Link.CONNECTING) {
            call = call.with(Link.CLOSED);
            effects.add(new CallEffect.StopAgent(why));
        }
    }

    private void handoffOver(Handoff handoff) {
        effects.add(new CallEffect.Stop(CallTimer.PREWARM));
        switch (call.stage()) {
            case WITH_AGENT -> {
                if (handoff.requested() && handoff.state() == HandoffState.FAILED) {
                    call = call.calmUntil(now + TimeUnit.MILLISECONDS.toNanos(CALM_MS));
                    effects.add(new CallEffect.CallerHears(new Hearing.TheAgent(false)));
                }
            }
            case WAITING -> {
                if (handoff.state() == HandoffState.FAILED && call.link() == Link.DEAD) {
                    reconnectLater();
                }
            }
            case WITH_HUMAN -> {
                if (handoff.ended() == Reason.HUMAN_HUNG_UP) {
                    release(CallEffect.Release.NORMAL);
                }
            }
            case ENDING, ENDED -> {}
        }
    }

    private void digit(char digit) {
        call = call.pressed(digit);
        if (call.stage() == Stage.WITH_AGENT) {
            decide(new Signal.DigitsPressed(call.digits()));
        }
    }

    /** The silences are counted anew whenever somebody makes a sound. */
    private void sounds(boolean caller, boolean agent) {
        boolean answerOwed = call.callerTalking() && !caller;
        boolean agentSpoke = agent && !call.agentPlaying();
        call = call.sounds(caller, agent);
        if (call.stage() != Stage.WITH_AGENT) {
            return;
        }
        if (policy().callerSilenceSeconds() > 0) {
            effects.add(
                    caller || agent
                            ? new CallEffect.Stop(CallTimer.CALLER_SILENCE)
                            : new CallEffect.Start(CallTimer.CALLER_SILENCE, policy().callerSilenceSeconds() * 1000L));
        }
        if (agentSpoke || caller) {
            effects.add(new CallEffect.Stop(CallTimer.AGENT_SILENCE));
        } else if (answerOwed && !agent && policy().agentSilenceSeconds() > 0) {
            effects.add(new CallEffect.Start(CallTimer.AGENT_SILENCE, policy().agentSilenceSeconds() * 1000L));
        }
    }

    private void humanHolds(boolean holding) {
        Handoff handoff = call.handoff().orElse(null);
        if (call.stage() != Stage.WITH_HUMAN || handoff == null) {
            return;
        }
        String leg = handoff.winner();
        if (holding || leg == null) {
            effects.add(new CallEffect.CallerHears(new Hearing.TheFiller()));
        } else {
            effects.add(new CallEffect.CallerHears(new Hearing.TheHuman(leg)));
        }
    }

    private void giveBack(@Nullable String note) {
        if (call.stage() != Stage.WITH_HUMAN) {
            return;
        }
        if (call.link() == Link.LIVE) {
            call = call.in(Stage.WITH_AGENT);
            effects.add(new CallEffect.CallerHears(new Hearing.TheAgent(false)));
            ofHandoff(new HandoffEvent.GivenBack());
            effects.add(new CallEffect.TellReturned(
                    call.turns()
                            .subList(
                                    Math.min(call.heard(), call.turns().size()),
                                    call.turns().size()),
                    note));
        } else {
            call = call.in(Stage.WAITING).with(Link.CONNECTING).note(note);
            effects.add(new CallEffect.CallerHears(new Hearing.TheFiller()));
            effects.add(new CallEffect.Start(CallTimer.MAX_WAIT, policy().maxWaitSeconds() * 1000L));
            ofHandoff(new HandoffEvent.GivenBack());
            effects.add(new CallEffect.ConnectAgent(true));
        }
    }

    /** What the agent has queued is still played; a second hang-up changes nothing. */
    private void hangUp() {
        if (call.stage() == Stage.WITH_AGENT && call.link() == Link.LIVE && call.agentPlaying()) {
            call = call.in(Stage.ENDING);
            ofHandoff(new HandoffEvent.CallerGone());
            effects.add(new CallEffect.Start(CallTimer.DRAIN, policy().cutMaxMs()));
            effects.add(new CallEffect.AwaitUtteranceEnd());
        } else if (call.stage() != Stage.ENDING) {
            release(CallEffect.Release.NORMAL);
        }
    }

    private void release(CallEffect.Release why) {
        effects.add(new CallEffect.ReleaseCaller(why));
        callerGone();
    }

    private void callerGone() {
        if (call.stage() == Stage.ENDED) {
            return;
        }
        call = call.in(Stage.ENDED);
        ofHandoff(new HandoffEvent.CallerGone());
        stopAgent("caller_gone");
        for (CallTimer timer : CallTimer.values()) {
            effects.add(new CallEffect.Stop(timer));
        }
    }

    private void expired(CallTimer timer) {
        switch (timer) {
            case CALLER_SILENCE -> {
                if (call.stage() == Stage.WITH_AGENT) {
                    decide(new Signal.CallerQuiet(policy().callerSilenceSeconds()));
                }
            }
            case AGENT_SILENCE -> {
                if (call.stage() == Stage.WITH_AGENT) {
                    decide(new Signal.AgentQuiet(policy().agentSilenceSeconds()));
                }
            }
            case PREWARM -> ofHandoff(new HandoffEvent.LetGo());
            case RECONNECT -> {
                if (call.stage() == Stage.WAITING && call.link() == Link.DEAD) {
                    call = call.with(Link.CONNECTING);
                    effects.add(new CallEffect.ConnectAgent(true));
                }
            }
            case MAX_WAIT -> {
                if (call.stage() == Stage.WAITING) {
                    nobodyIsLeft();
                }
            }
            case DRAIN -> {
                if (call.stage() == Stage.ENDING) {
                    // Only an agent that still lives was being heard to its end; else it was the announcement.
                    release(call.link() == Link.LIVE ? CallEffect.Release.NORMAL : CallEffect.Release.NOBODY);
                }
            }
        }
    }

    private void nobodyIsLeft() {
        call = call.in(Stage.ENDING);
        ofHandoff(new HandoffEvent.WaitedTooLong());
        stopAgent("nobody");
        effects.add(new CallEffect.CallerHears(new Hearing.TheAnnouncement()));
        effects.add(new CallEffect.Start(CallTimer.DRAIN, 20_000));
    }

    private EscalationPolicy policy() {
        return call.agent().policy();
    }
}
