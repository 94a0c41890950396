package io.segue.flow;

import io.segue.handoff.Reason;

/** Told of every handoff's end, for metrics; on the call's thread. */
public interface HandoffObserver {
    /** A handoff that was wanted has ended, or connected. */
    void ended(Reason why, Reason how);

    /** The caller hears the human; milliseconds, T0–T4 or max(T2, Tc)–T4 where that is shorter to answer for. */
    void connected(double handoffMs, double deadAirMs, double gapMs);
}
