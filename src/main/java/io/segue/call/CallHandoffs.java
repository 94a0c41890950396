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
import io.segue.policy.EscalationPolicy;
import io.segue.policy.EscalationPolicy.Cut;
import io.segue.policy.History;
import io.segue.policy.Whom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A call's handoffs: begun, told what happens, and what their effects mean to the call. */
final class CallHandoffs {
    private CallHandoffs() {}

    /** A human is wanted now; one who is pre-warmed is that human, unless somebody else is asked for. */
    static void request(CallDraft draft, Reason reason, String detail, Wish wish) {
        Call call = draft.call();
        if (call.stage() != Stage.WITH_AGENT && call.stage() != Stage.WAITING || call.wanted()) {
            return;
        }
        draft.want(new CallEffect.Measure(draft.now()));
        if (call.stage() == Stage.WITH_AGENT) {
            draft.hear(new Hearing.TheAgent(true));
        }
        Brief brief = brief(draft, wish);
        Brief prewarmed = call.handoff().map(Handoff::brief).orElse(null);
        if (prewarmed != null && serves(prewarmed, brief)) {
            draft.stop(CallTimer.PREWARM);
            tell(draft, new HandoffEvent.Requested(reason, detail));
        } else {
            if (prewarmed != null) {
                tell(draft, new HandoffEvent.LetGo());
            }
            begun(draft, HandoffStep.request(brief, reason, detail, draft.now()));
        }
    }

    private static boolean serves(Brief prewarmed, Brief wanted) {
        return prewarmed.plan().equals(wanted.plan()) && prewarmed.skills().containsAll(wanted.skills());
    }

    static void prewarm(CallDraft draft, Decision.Prewarm wanted) {
        Brief brief = brief(draft, Wish.of(wanted.whom()));
        if (!brief.plan().isEmpty()) {
            draft.start(CallTimer.PREWARM, draft.call().policy().prewarmSeconds() * 1000L);
            begun(draft, HandoffStep.prewarm(brief, wanted.reason(), wanted.detail(), draft.now()));
        }
    }

    private static Brief brief(CallDraft draft, Wish wish) {
        Call call = draft.call();
        EscalationPolicy policy = call.policy();
        Whom whom = wish.whom().or(policy.whomOf(call.tally().history().intent()));
        String queue = whom.queue();
        String outside = wish.outside();
        Integer priority = whom.priority();
        return new Brief(
                call.id() + "-" + (call.handoffs().size() + 1),
                outside == null
                        ? draft.plans().from(queue == null ? call.agent().queue() : queue)
                        : List.of(new Brief.Target.AtSip(outside)),
                Set.copyOf(whom.skills()),
                priority == null ? 0 : priority,
                wish.summary(),
                wish.context(),
                policy.cut() == Cut.NOW,
                policy.cutMaxMs(),
                CallStep.HUMAN_MEDIA_MS);
    }

    private static void begun(CallDraft draft, HandoffStep.Result begun) {
        draft.become(draft.call().plus(begun.handoff()));
        carryOut(draft, begun, true);
    }

    /** Events of a handoff go to the last one: an earlier one is over, and its legs with it or on their way. */
    static void tell(CallDraft draft, HandoffEvent event) {
        for (Handoff handoff : draft.call().handoffs().reversed()) {
            if (concerns(handoff, event)) {
                HandoffStep.Result result = HandoffStep.step(handoff, event, draft.now());
                draft.become(draft.call().with(result.handoff()));
                carryOut(draft, result, !handoff.over());
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
    private static void carryOut(CallDraft draft, HandoffStep.Result result, boolean wasOn) {
        String id = result.handoff().id();
        for (HandoffEffect effect : result.effects()) {
            switch (effect) {
                case HandoffEffect.Switch to -> draft.hear(new Hearing.TheHuman(to.leg()));
                case HandoffEffect.Unswitch back -> draft.hear(withoutHuman(draft.call()));
                case HandoffEffect.AwaitUtteranceEnd wait -> {
                    if (draft.call().link() == Link.LIVE) {
                        draft.want(new CallEffect.AwaitUtteranceEnd());
                    } else {
                        tell(draft, new HandoffEvent.UtteranceEnded());
                    }
                }
                case HandoffEffect.Tell tell -> {
                    draft.want(new CallEffect.OfHandoff(id, tell));
                    draft.want(new CallEffect.TellAgent(id, tell.state(), tell.reason()));
                    if (tell.state() == HandoffState.CONNECTED) {
                        connected(draft);
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
                        HandoffEffect.Stop _ -> draft.want(new CallEffect.OfHandoff(id, effect));
            }
        }
        if (wasOn && result.handoff().over()) {
            over(draft, result.handoff());
        }
    }

    private static Hearing withoutHuman(Call call) {
        return call.stage() == Stage.WITH_AGENT ? call.withAgent() : new Hearing.TheFiller();
    }

    private static void connected(CallDraft draft) {
        Call call = draft.call();
        draft.become(call.in(Stage.WITH_HUMAN)
                .with(call.absence().heard(call.turns().size()))
                .with(call.tally().history(History.NONE)));
        AgentAway.stopWaiting(draft);
        Silences.stop(draft);
        if (call.agent().afterHandoff() == AfterHandoff.STOP) {
            CallEnd.stopAgent(draft, "handed_off");
        }
    }

    private static void over(CallDraft draft, Handoff handoff) {
        draft.stop(CallTimer.PREWARM);
        Call call = draft.call();
        switch (call.stage()) {
            case WITH_AGENT -> {
                if (handoff.requested() && handoff.state() == HandoffState.FAILED) {
                    long calmUntil = draft.now() + TimeUnit.MILLISECONDS.toNanos(CallStep.CALM_MS);
                    draft.become(call.with(call.tally().calmUntil(calmUntil)));
                    draft.hear(draft.call().withAgent());
                }
            }
            case WAITING -> {
                if (handoff.state() == HandoffState.FAILED && call.link() == Link.DEAD) {
                    AgentAway.reconnectLater(draft);
                }
            }
            case WITH_HUMAN -> {
                if (handoff.ended() == Reason.HUMAN_HUNG_UP) {
                    CallEnd.release(draft, CallEffect.Release.NORMAL, Reason.HUMAN_HUNG_UP);
                }
            }
            case ENDING, ENDED -> {}
        }
    }
}
