package io.segue.flow;

import java.util.concurrent.atomic.LongAdder;

/** What the flow of calls has counted; safe from any thread. */
public final class FlowCounters {
    /** Calls that were answered. */
    public final LongAdder answered = new LongAdder();

    /** Calls that were refused, whatever the reason. */
    public final LongAdder refused = new LongAdder();

    /** Steps that ended in an exception, each of which ended its call. */
    public final LongAdder faults = new LongAdder();

    /** Steps that found a call's mailbox full. */
    public final LongAdder mailboxFull = new LongAdder();

    /** Supervisors who were let hear a call. */
    public final LongAdder supervisions = new LongAdder();

    /** Pre-warmed humans that were let go unneeded. */
    public final LongAdder prewarmsWasted = new LongAdder();
}
