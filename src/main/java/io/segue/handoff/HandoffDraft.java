package io.segue.handoff;

import io.segue.handoff.HandoffEffect.Afterwards;
import java.util.ArrayList;
import java.util.List;

/** A handoff while a step is made of it: how it stands so far, and what is wanted so far, in order. */
final class HandoffDraft {
    private final long now;
    private final List<HandoffEffect> effects = new ArrayList<>();
    private Handoff handoff;

    HandoffDraft(Handoff handoff, long now) {
        this.handoff = handoff;
        this.now = now;
    }

    Handoff handoff() {
        return handoff;
    }

    /** {@code System.nanoTime()}. */
    long now() {
        return now;
    }

    void become(Handoff next) {
        handoff = next;
    }

    void want(HandoffEffect effect) {
        effects.add(effect);
    }

    void start(HandoffTimer timer, String leg, long ms) {
        want(new HandoffEffect.Start(timer, leg, ms));
    }

    void stop(HandoffTimer timer, String leg) {
        want(new HandoffEffect.Stop(timer, leg));
    }

    void release(String human, Afterwards afterwards) {
        want(new HandoffEffect.Release(human, afterwards));
    }

    void enter(HandoffState next) {
        if (handoff.state() != next) {
            handoff = handoff.in(next);
            tell();
        }
    }

    /** A pre-warm is told to nobody. */
    void tell() {
        if (handoff.requested()) {
            want(new HandoffEffect.Tell(handoff.state(), handoff.reason()));
        }
    }

    void stopSearching() {
        if (handoff.search().waiting()) {
            want(new HandoffEffect.StopAwaiting());
            stop(HandoffTimer.WAIT, "");
        }
        handoff = handoff.with(handoff.search().stop());
    }

    void end(HandoffState state, Reason how) {
        stopSearching();
        stop(HandoffTimer.CUT, "");
        handoff = handoff.endedIn(state, how);
        if (handoff.requested()) {
            want(new HandoffEffect.Tell(state, how));
        }
    }

    HandoffStep.Result result() {
        return new HandoffStep.Result(handoff, List.copyOf(effects));
    }
}
