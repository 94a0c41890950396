package io.segue.media;

import io.segue.flow.media.LegCounters;
import java.util.concurrent.atomic.LongAdder;

/** Adds up what came of the peers' RTP, leg by leg as they close. Safe from any thread. */
final class ReceptionTally {
    private final LongAdder legs = new LongAdder();
    private final LongAdder packets = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder jitterMicros = new LongAdder();

    /** A leg that heard nothing says nothing of a network. More came than was sent where packets were doubled: none is lost then. */
    void closed(LegCounters leg) {
        if (leg.packetsIn() > 0) {
            legs.increment();
            packets.add(leg.packetsIn());
            lost.add(Math.max(0, leg.lost()));
            jitterMicros.add(Math.round(leg.jitterMs() * 1_000));
        }
    }

    MediaCounters.Reception sum() {
        return new MediaCounters.Reception(legs.sum(), packets.sum(), lost.sum(), jitterMicros.sum());
    }
}
