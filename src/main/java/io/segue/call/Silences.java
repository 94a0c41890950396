package io.segue.call;

import io.segue.call.Call.Sounds;
import io.segue.call.Call.Stage;
import io.segue.policy.EscalationPolicy;

/** How long caller and agent have been silent while the agent has the caller: counted anew whenever somebody makes a sound. */
final class Silences {
    private Silences() {}

    static void sounds(CallDraft draft, Sounds now) {
        Sounds before = draft.call().sounds();
        boolean answerOwed = before.caller() && !now.caller();
        boolean agentSpoke = now.agent() && !before.agent();
        draft.become(draft.call().with(now));
        if (draft.call().stage() != Stage.WITH_AGENT) {
            return;
        }
        EscalationPolicy policy = draft.call().policy();
        if (policy.callerSilenceSeconds() > 0) {
            if (now.caller() || now.agent()) {
                draft.stop(CallTimer.CALLER_SILENCE);
            } else {
                draft.start(CallTimer.CALLER_SILENCE, policy.callerSilenceSeconds() * 1000L);
            }
        }
        if (agentSpoke || now.caller()) {
            draft.stop(CallTimer.AGENT_SILENCE);
        } else if (answerOwed && !now.agent() && policy.agentSilenceSeconds() > 0) {
            draft.start(CallTimer.AGENT_SILENCE, policy.agentSilenceSeconds() * 1000L);
        }
    }

    /** Nobody counts silences while a human has the caller. */
    static void stop(CallDraft draft) {
        draft.stop(CallTimer.AGENT_SILENCE);
        draft.stop(CallTimer.CALLER_SILENCE);
    }
}
