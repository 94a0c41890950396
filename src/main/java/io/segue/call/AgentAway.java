package io.segue.call;

import io.segue.call.Call.Link;
import io.segue.call.Call.Stage;
import io.segue.call.CallEffect.Hearing;
import io.segue.handoff.Handoff;
import io.segue.handoff.HandoffEvent;
import io.segue.handoff.HandoffState;
import io.segue.handoff.Reason;
import org.jspecify.annotations.Nullable;

/** A caller whose agent is not there: humans and agent are tried in turn until one has the caller or the longest wait is over. */
final class AgentAway {
    private static final int ANNOUNCEMENT_MS_MAX = 20_000;
    private static final int RECONNECT_SECONDS_MAX = 30;

    private AgentAway() {}

    static void down(CallDraft draft, Reason why, String detail) {
        draft.become(draft.call().with(Link.DEAD));
        switch (draft.call().stage()) {
            case WITH_AGENT -> {
                draft.become(draft.call().in(Stage.WAITING));
                if (!draft.call().armed()) {
                    draft.hear(new Hearing.TheFiller());
                }
                startWaiting(draft);
                if (draft.call().wanted()) {
                    CallHandoffs.tell(draft, new HandoffEvent.UtteranceEnded());
                } else {
                    CallHandoffs.request(draft, why, detail, Wish.ANYBODY);
                }
            }
            case WAITING -> CallHandoffs.request(draft, why, detail, Wish.ANYBODY);
            case ENDING -> CallEnd.release(draft, CallEffect.Release.NORMAL);
            case WITH_HUMAN, ENDED -> {}
        }
    }

    static void up(CallDraft draft) {
        Call call = draft.call();
        draft.become(call.with(Link.LIVE).with(call.absence().reconnects(0)));
        if (call.stage() != Stage.WAITING) {
            return;
        }
        stopWaiting(draft);
        draft.become(draft.call().in(Stage.WITH_AGENT));
        if (!draft.call().armed()) {
            draft.hear(draft.call().withAgent());
        }
        if (!call.handoffs().isEmpty() && call.handoffs().getLast().state() == HandoffState.RETURNED) {
            tellReturned(draft);
        }
    }

    /** The human gives the caller back to an agent that listened on, or else to one that is called again. */
    static void giveBack(CallDraft draft, CallEvent.GiveBack back) {
        Call call = draft.call();
        if (call.stage() != Stage.WITH_HUMAN) {
            return;
        }
        draft.become(call.with(call.absence().over(back.note(), draft.now())));
        call = draft.call();
        if (call.link() == Link.LIVE) {
            draft.become(call.in(Stage.WITH_AGENT));
            draft.hear(new Hearing.TheAgent(call.held()));
            CallHandoffs.tell(draft, new HandoffEvent.GivenBack());
            tellReturned(draft);
        } else {
            draft.become(call.in(Stage.WAITING).with(Link.CONNECTING));
            draft.hear(new Hearing.TheFiller());
            startWaiting(draft);
            CallHandoffs.tell(draft, new HandoffEvent.GivenBack());
            draft.want(new CallEffect.ConnectAgent(true));
        }
    }

    /**
     * The human passes the caller on: an agent that listened on has them until somebody else answers, with any other the caller hears the filler, and the agent
     * is called again when nobody answers.
     */
    static void letGoOfHuman(CallDraft draft, @Nullable String note) {
        if (draft.call().link() == Link.LIVE) {
            giveBack(draft, new CallEvent.GiveBack(note));
            return;
        }
        draft.become(draft.call().with(draft.call().absence().over(note, draft.now())));
        draft.become(draft.call().in(Stage.WAITING).with(Link.DEAD));
        draft.hear(new Hearing.TheFiller());
        startWaiting(draft);
        CallHandoffs.tell(draft, new HandoffEvent.GivenBack());
    }

    /** What was said and by whom, and when the human's stretch began and ended. */
    private static void tellReturned(CallDraft draft) {
        Call call = draft.call();
        Handoff last = call.handoffs().getLast();
        Long from = last.clock().t4();
        long to = call.absence().over();
        draft.want(new CallEffect.TellReturned(
                call.missed(), call.absence().note(), last.human().orElse(null), from == null ? to : from, to));
    }

    static void reconnectLater(CallDraft draft) {
        Call call = draft.call();
        int tries = call.absence().reconnects();
        draft.become(call.with(call.absence().reconnects(tries + 1)));
        draft.start(CallTimer.RECONNECT, Math.min(RECONNECT_SECONDS_MAX, 1L << Math.min(tries, 5)) * 1000);
    }

    static void reconnect(CallDraft draft) {
        Call call = draft.call();
        if (call.stage() == Stage.WAITING && call.link() == Link.DEAD) {
            draft.become(call.with(Link.CONNECTING));
            draft.want(new CallEffect.ConnectAgent(true));
        }
    }

    private static void startWaiting(CallDraft draft) {
        draft.start(CallTimer.MAX_WAIT, draft.call().policy().maxWaitSeconds() * 1000L);
    }

    static void stopWaiting(CallDraft draft) {
        draft.stop(CallTimer.MAX_WAIT);
        draft.stop(CallTimer.RECONNECT);
    }

    static void waitedTooLong(CallDraft draft) {
        if (draft.call().stage() == Stage.WAITING) {
            draft.become(draft.call().in(Stage.ENDING));
            CallHandoffs.tell(draft, new HandoffEvent.WaitedTooLong());
            CallEnd.stopAgent(draft, "nobody");
            draft.hear(new Hearing.TheAnnouncement());
            draft.start(CallTimer.DRAIN, ANNOUNCEMENT_MS_MAX);
        }
    }
}
