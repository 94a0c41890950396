package io.segue.call;

import io.segue.call.Call.Sounds;
import io.segue.call.Call.Stage;
import io.segue.call.CallEffect.Hearing;
import io.segue.handoff.HandoffEvent;
import io.segue.handoff.Reason;
import io.segue.policy.Signal;
import java.util.List;
import java.util.Map;

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

    private CallStep() {}

    public static Result step(Call call, CallEvent event, Plans plans, long now) {
        CallDraft draft = new CallDraft(call, plans, now);
        if (call.stage() != Stage.ENDED) {
            on(draft, event);
        } else if (event instanceof CallEvent.OfHandoff late) {
            CallHandoffs.tell(draft, late.event());
        }
        return draft.result();
    }

    private static void on(CallDraft draft, CallEvent event) {
        Sounds sounds = draft.call().sounds();
        switch (event) {
            case CallEvent.Answered answered -> answered(draft);
            case CallEvent.AgentUp up -> AgentAway.up(draft);
            case CallEvent.AgentDown(var why, var detail) -> AgentAway.down(draft, why, detail);
            case CallEvent.Said(var turn) -> Escalating.said(draft, turn);
            case CallEvent.TurnAdded(var turn) -> draft.become(draft.call().plus(turn));
            case CallEvent.AgentAsked asked -> Escalating.agentAsked(draft, asked);
            case CallEvent.OperatorAsked asked -> operatorAsked(draft, asked);
            case CallEvent.AgentHeld(var held) -> held(draft, held);
            case CallEvent.PeopleAsked(var reason, var detail) ->
                CallHandoffs.request(draft, reason, detail, Wish.ANYBODY);
            case CallEvent.Digit(var digit) -> Escalating.pressed(draft, digit);
            case CallEvent.CallerTalking(var speaking) -> Silences.sounds(draft, new Sounds(speaking, sounds.agent()));
            case CallEvent.AgentPlaying(var playing) -> Silences.sounds(draft, new Sounds(sounds.caller(), playing));
            case CallEvent.HumanHolds(var holding) -> humanHolds(draft, holding);
            case CallEvent.GiveBack back -> AgentAway.giveBack(draft, back);
            case CallEvent.HangUp(var why) -> CallEnd.hangUp(draft, why);
            case CallEvent.Shutdown shutdown -> CallEnd.release(draft, CallEffect.Release.SHUTDOWN, Reason.SHUTDOWN);
            case CallEvent.AnnouncementEnded ended -> CallEnd.release(draft, CallEffect.Release.NOBODY);
            case CallEvent.CallerGone gone -> CallEnd.over(draft, Reason.CALLER_HUNG_UP);
            case CallEvent.Expired(var timer) -> expired(draft, timer);
            case CallEvent.OfHandoff(var of) -> {
                if (draft.call().stage() == Stage.ENDING && of instanceof HandoffEvent.UtteranceEnded) {
                    CallEnd.release(draft, CallEffect.Release.NORMAL);
                } else {
                    CallHandoffs.tell(draft, of);
                }
            }
        }
    }

    private static void answered(CallDraft draft) {
        draft.hear(new Hearing.TheAgent(false));
        draft.want(new CallEffect.ConnectAgent(false));
        Silences.sounds(draft, new Sounds(false, false));
    }

    /** A human who has the caller passes them on: then they let go first. */
    private static void operatorAsked(CallDraft draft, CallEvent.OperatorAsked asked) {
        if (draft.call().stage() == Stage.WITH_HUMAN) {
            AgentAway.letGoOfHuman(draft, asked.note());
        }
        Wish wish = Wish.of(asked.queue(), asked.skills(), 0, asked.note(), Map.of());
        String sip = asked.sip();
        CallHandoffs.request(draft, Reason.OPERATOR_REQUEST, "", sip == null ? wish : wish.outside(sip));
    }

    private static void held(CallDraft draft, boolean held) {
        draft.become(draft.call().held(held));
        if (draft.call().stage() == Stage.WITH_AGENT && !draft.call().armed()) {
            draft.hear(draft.call().withAgent());
        }
    }

    private static void humanHolds(CallDraft draft, boolean holding) {
        if (draft.call().stage() == Stage.WITH_HUMAN) {
            draft.call().handoff().ifPresent(handoff -> {
                String leg = handoff.winner();
                draft.hear(holding || leg == null ? new Hearing.TheFiller() : new Hearing.TheHuman(leg));
            });
        }
    }

    private static void expired(CallDraft draft, CallTimer timer) {
        switch (timer) {
            case CALLER_SILENCE ->
                Escalating.decide(
                        draft, new Signal.CallerQuiet(draft.call().policy().callerSilenceSeconds()));
            case AGENT_SILENCE ->
                Escalating.decide(
                        draft, new Signal.AgentQuiet(draft.call().policy().agentSilenceSeconds()));
            case PREWARM -> CallHandoffs.tell(draft, new HandoffEvent.LetGo());
            case RECONNECT -> AgentAway.reconnect(draft);
            case MAX_WAIT -> AgentAway.waitedTooLong(draft);
            case DRAIN -> CallEnd.drained(draft);
        }
    }
}
