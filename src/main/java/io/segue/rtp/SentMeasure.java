package io.segue.rtp;

/**
 * Measures what a peer is sent between two moments: the longest gap between packets, the longest stretch of quiet, and departures from the timeline's rules. It works
 * on the packets as they go out and shares nothing with the {@link Timeline} but the rule.
 */
public final class SentMeasure {
    /** Decoded audio below this is dead air. */
    public static final double QUIET_DBM0 = -50;

    private static final int NANOS_PER_SAMPLE = 125_000;

    private boolean any;
    private int sequence;
    private int timestamp;
    private int samples;
    private boolean eventBefore;
    private long sentAtNanos;
    private long quietSinceNanos;

    private boolean measuring;
    private long fromNanos;
    private long gapNanos;
    private long deadAirNanos;
    private int sequenceBreaks;
    private int timestampBreaks;

    /** Begins at a moment, which may lie a little in the past. */
    public void begin(long nanos) {
        measuring = true;
        fromNanos = nanos;
        gapNanos = 0;
        deadAirNanos = 0;
        sequenceBreaks = 0;
        timestampBreaks = 0;
    }

    public boolean measuring() {
        return measuring;
    }

    public void end() {
        measuring = false;
    }

    /**
     * Takes note of a packet that has been sent.
     *
     * @param packetSamples what it lasts; 0 for a packet of a telephone-event, whose timestamp stands still
     * @param changed whether it is the first of its source
     * @param paced whether its source has no clock of its own: then every packet follows the one before it without a hole
     * @param quiet whether its audio is below {@link #QUIET_DBM0}
     */
    public void sent(
            int newSequence,
            int newTimestamp,
            int packetSamples,
            boolean changed,
            boolean paced,
            boolean quiet,
            long nowNanos) {
        if (measuring && any) {
            gapNanos = Math.max(gapNanos, nowNanos - sentAtNanos);
            deadAirNanos = Math.max(deadAirNanos, nowNanos - Math.max(quietSinceNanos, fromNanos));
            if (newSequence != ((sequence + 1) & 0xFFFF)) {
                sequenceBreaks++;
            }
            int step = newTimestamp - timestamp;
            boolean comparable = packetSamples > 0 && !eventBefore;
            if (comparable
                    && (changed && step != Timeline.step(nowNanos - sentAtNanos, samples)
                            || !changed && paced && step != samples
                            || step <= 0)) {
                timestampBreaks++;
            }
        }
        if (!quiet) {
            quietSinceNanos = nowNanos + (long) (packetSamples > 0 ? packetSamples : samples) * NANOS_PER_SAMPLE;
        } else if (!any) {
            quietSinceNanos = nowNanos;
        }
        any = true;
        sequence = newSequence;
        timestamp = newTimestamp;
        samples = packetSamples > 0 ? packetSamples : samples;
        eventBefore = packetSamples == 0;
        sentAtNanos = nowNanos;
    }

    public long gapNanos() {
        return gapNanos;
    }

    public long deadAirNanos() {
        return deadAirNanos;
    }

    public int sequenceBreaks() {
        return sequenceBreaks;
    }

    public int timestampBreaks() {
        return timestampBreaks;
    }
}
