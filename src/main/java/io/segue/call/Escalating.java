package io.segue.call;

import io.segue.call.Call.Stage;
import io.segue.handoff.HandoffEvent;
import io.segue.handoff.Reason;
import io.segue.policy.Decision;
import io.segue.policy.Escalation;
import io.segue.policy.Signal;
import io.segue.turn.Turn;

/** What is said, pressed, asked for or not said, and what the policy makes of it while the agent has the caller. */
final class Escalating {
    private Escalating() {}

    static void said(CallDraft draft, Turn turn) {
        draft.become(draft.call().plus(turn));
        decide(draft, new Signal.TurnSaid(turn));
    }

    static void pressed(CallDraft draft, char digit) {
        draft.become(draft.call().with(draft.call().tally().pressed(digit)));
        decide(draft, new Signal.DigitsPressed(draft.call().tally().digits()));
    }

    static void agentAsked(CallDraft draft, CallEvent.AgentAsked asked) {
        if (draft.call().stage() == Stage.WITH_AGENT
                && judge(draft, new Signal.AgentAsked(asked.reason())) instanceof Decision.HandOff handOff) {
            CallHandoffs.request(
                    draft,
                    handOff.reason(),
                    handOff.detail(),
                    Wish.of(asked.queue(), asked.skills(), asked.priority(), asked.summary(), asked.context()));
        }
    }

    static void decide(CallDraft draft, Signal signal) {
        if (draft.call().stage() != Stage.WITH_AGENT) {
            return;
        }
        switch (judge(draft, signal)) {
            case Decision.Carry carry -> carried(draft, carry.good());
            case Decision.Prewarm prewarm -> prewarm(draft, prewarm);
            case Decision.HandOff handOff -> {
                if (!isDoubt(handOff.reason()) || !calm(draft)) {
                    CallHandoffs.request(draft, handOff.reason(), handOff.detail(), Wish.of(handOff.whom()));
                }
            }
        }
    }

    private static Decision judge(CallDraft draft, Signal signal) {
        Call call = draft.call();
        Escalation.Judged judged = Escalation.judge(
                call.policy(), call.tally().history(), signal, call.began().wallAt(draft.now()));
        draft.become(call.with(call.tally().history(judged.history())));
        return judged.decision();
    }

    private static boolean isDoubt(Reason reason) {
        return reason == Reason.LOW_CONFIDENCE || reason == Reason.NEGATIVE_SENTIMENT || reason == Reason.POLICY_RULE;
    }

    private static boolean calm(CallDraft draft) {
        return draft.now() < draft.call().tally().calmUntil();
    }

    private static void carried(CallDraft draft, boolean good) {
        Call call = draft.call();
        boolean prewarmed = call.handoff().isPresent() && !call.wanted();
        if (good && prewarmed) {
            int inARow = call.tally().goodTurns() + 1;
            draft.become(call.with(call.tally().goodTurns(inARow)));
            if (inARow >= call.policy().prewarmTurns()) {
                CallHandoffs.tell(draft, new HandoffEvent.LetGo());
            }
        }
    }

    private static void prewarm(CallDraft draft, Decision.Prewarm wanted) {
        if (draft.call().handoff().isPresent()) {
            draft.become(draft.call().with(draft.call().tally().goodTurns(0)));
        } else if (!calm(draft)) {
            CallHandoffs.prewarm(draft, wanted);
        }
    }
}
