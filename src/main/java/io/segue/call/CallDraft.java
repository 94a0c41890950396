package io.segue.call;

import java.util.ArrayList;
import java.util.List;

/** A call while a step is made of it: how it stands so far, and what is wanted so far, in order. */
final class CallDraft {
    private final Plans plans;
    private final long now;
    private final List<CallEffect> effects = new ArrayList<>();
    private Call call;

    CallDraft(Call call, Plans plans, long now) {
        this.call = call;
        this.plans = plans;
        this.now = now;
    }

    Call call() {
        return call;
    }

    Plans plans() {
        return plans;
    }

    /** {@code System.nanoTime()}. */
    long now() {
        return now;
    }

    void become(Call next) {
        call = next;
    }

    void want(CallEffect effect) {
        effects.add(effect);
    }

    void hear(CallEffect.Hearing what) {
        want(new CallEffect.CallerHears(what));
    }

    void start(CallTimer timer, long ms) {
        want(new CallEffect.Start(timer, ms));
    }

    void stop(CallTimer timer) {
        want(new CallEffect.Stop(timer));
    }

    CallStep.Result result() {
        return new CallStep.Result(call, List.copyOf(effects));
    }
}
