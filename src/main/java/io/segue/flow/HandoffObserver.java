package io.segue.flow;

import io.segue.handoff.Reason;
import org.jspecify.annotations.Nullable;

/** Told of calls and of every handoff's beginning and end, for metrics; on the call's thread. */
public interface HandoffObserver {
    /** A call of this agent was answered. */
    void answered(String agent);

    /** A human is wanted; one who was pre-warmed before that, from now on. */
    void requested(String agent, @Nullable String queue, Reason why);

    /** A handoff that was wanted has ended, or connected. */
    void ended(Reason why, Reason how);

    /**
     * The caller hears the human; milliseconds.
     *
     * @param handoffMs T0–T4 or max(T2, Tc)–T4 where that is shorter to answer for
     * @param waitMs T0–T2, 0 for a human who had answered before
     */
    void connected(double handoffMs, double waitMs, double deadAirMs, double gapMs);
}
