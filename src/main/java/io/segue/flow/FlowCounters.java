package io.segue.flow;

import io.segue.handoff.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

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
    /** Pre-warmed humans that were let go unneeded. */
    public final LongAdder prewarmsWasted = new LongAdder();

    private final Map<Reason, LongAdder> begun = adders();
    private final Map<Reason, LongAdder> ended = adders();
    private volatile BiConsumer<Reason, Double> seconds = (reason, t) -> {};

    private static Map<Reason, LongAdder> adders() {
        Map<Reason, LongAdder> adders = new EnumMap<>(Reason.class);
        for (Reason reason : Reason.values()) {
            adders.put(reason, new LongAdder());
        }
        return adders;
    }

    /** Handoffs begun, by why. */
    public long begun(Reason why) {
        return of(begun, why).sum();
    }

    /** Handoffs ended or connected, by how. */
    public long ended(Reason how) {
        return of(ended, how).sum();
    }

    /** Told of each connected handoff: why it began, and T0–T4 in seconds. */
    public void onConnected(BiConsumer<Reason, Double> listener) {
        seconds = listener;
    }

    void handoffBegun(Reason why) {
        of(begun, why).increment();
    }

    void handoffEnded(Reason how) {
        of(ended, how).increment();
    }

    void handoffConnected(Reason why, double t0ToT4Seconds) {
        of(ended, Reason.CONNECTED).increment();
        seconds.accept(why, t0ToT4Seconds);
    }

    private static LongAdder of(Map<Reason, LongAdder> adders, Reason reason) {
        LongAdder adder = adders.get(reason);
        if (adder == null) {
            throw new IllegalStateException("no counter for " + reason);
        }
        return adder;
    }
}
