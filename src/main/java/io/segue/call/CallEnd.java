package io.segue.call;

import io.segue.call.Call.Link;
import io.segue.call.Call.Stage;
import io.segue.handoff.HandoffEvent;
import io.segue.handoff.Reason;

/** How a call ends: by the caller, by whoever has the caller, or by an order. */
final class CallEnd {
    private CallEnd() {}

    /** What the agent has queued is still played; a second hang-up changes nothing. */
    static void hangUp(CallDraft draft, Reason why) {
        Call call = draft.call();
        if (call.stage() == Stage.WITH_AGENT
                && call.link() == Link.LIVE
                && call.sounds().agent()) {
            draft.become(call.in(Stage.ENDING));
            CallHandoffs.tell(draft, new HandoffEvent.CallerGone(why));
            draft.start(CallTimer.DRAIN, call.policy().cutMaxMs());
            draft.want(new CallEffect.AwaitUtteranceEnd());
        } else if (call.stage() != Stage.ENDING) {
            release(draft, CallEffect.Release.NORMAL, why);
        }
    }

    /** The last utterance, or the announcement, has had its time. */
    static void drained(CallDraft draft) {
        if (draft.call().stage() == Stage.ENDING) {
            // Only an agent that still lives was being heard to its end; else it was the announcement.
            release(draft, draft.call().link() == Link.LIVE ? CallEffect.Release.NORMAL : CallEffect.Release.NOBODY);
        }
    }

    /** Hangs up on a caller whose handoffs are over. */
    static void release(CallDraft draft, CallEffect.Release how) {
        release(draft, how, Reason.LET_GO);
    }

    /** @param why how a handoff that goes on ends */
    static void release(CallDraft draft, CallEffect.Release how, Reason why) {
        draft.want(new CallEffect.ReleaseCaller(how));
        over(draft, why);
    }

    static void over(CallDraft draft, Reason why) {
        if (draft.call().stage() == Stage.ENDED) {
            return;
        }
        draft.become(draft.call().in(Stage.ENDED));
        CallHandoffs.tell(draft, new HandoffEvent.CallerGone(why));
        stopAgent(draft, "caller_gone");
        for (CallTimer timer : CallTimer.values()) {
            draft.stop(timer);
        }
    }

    static void stopAgent(CallDraft draft, String why) {
        Call call = draft.call();
        if (call.link() == Link.LIVE || call.link() == Link.CONNECTING) {
            draft.become(call.with(Link.CLOSED));
            draft.want(new CallEffect.StopAgent(why));
        }
    }
}
