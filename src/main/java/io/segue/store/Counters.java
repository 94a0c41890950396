package io.segue.store;

import java.util.concurrent.atomic.LongAdder;

/** What happened, for the metrics. Each only grows. */
public final class Counters {
    /** Connections to Redis that were lost, or went silent. */
    public final LongAdder lost = new LongAdder();
    /** Commands that Redis refused for a reason that is not its absence: a bug. */
    public final LongAdder errors = new LongAdder();
    /** Reservations made from memory while Redis was away. */
    public final LongAdder localReservations = new LongAdder();
    /** Humans found held by another handoff when reservations were written back. */
    public final LongAdder conflicts = new LongAdder();
    /** Records of calls written. */
    public final LongAdder written = new LongAdder();
    /** Records refused: another gateway owns the call, or the version is an old one. */
    public final LongAdder refused = new LongAdder();
    /** Records not written: too many calls, or too large. */
    public final LongAdder unwritten = new LongAdder();
    /** Events dropped: Redis was away for too long. */
    public final LongAdder eventsDropped = new LongAdder();
    /** Subscribers to events that were too slow and had to start anew. */
    public final LongAdder subscribersReset = new LongAdder();
    /** Orders and answers of other gateways that were not believed: not signed with our key, too old, or sent twice. */
    public final LongAdder messagesRefused = new LongAdder();
}
