package io.segue.rtp;

/**
 * The outbound side of one RTP stream: its SSRC, sequence and timestamp for the life of a call, whatever sources feed it (RFC 3550, 5.1; 8 kHz). At a change of
 * source {@code sequence = last + 1} and {@code timestamp = last + S * max(1, round(elapsed * 8 / S))} with S the samples of the packet sent last, elapsed in
 * milliseconds, and the marker once. A {@link RelayedInput} keeps the input's own deltas in between.
 */
public final class Timeline {
    private static final int NANOS_PER_SAMPLE = 125_000;

    private final int ssrc;
    private boolean started;
    private boolean changed = true;
    private int sequence;
    private int timestamp;
    private long clockAtNanos;
    private int samples;
    private boolean marker;
    private int stampedSequence;
    private int stamped;

    /** Starts with the numbers that the first packet will carry; they should be random. */
    public Timeline(int ssrc, int firstSequence, int firstTimestamp) {
        this.ssrc = ssrc;
        this.sequence = firstSequence - 1;
        this.timestamp = firstTimestamp;
    }

    /** The next packet is another source's, or comes after a time in which nothing was sent. */
    public void sourceChanged() {
        changed = true;
    }

    /** Stamps the next packet of a source that has no clock of its own. */
    public void next(long nowNanos, int packetSamples) {
        marker = changed;
        advance(nowNanos, packetSamples);
        stampedSequence = ++sequence;
        stamped = timestamp;
    }

    /** Lets a packet's time pass on the clock and stamps a packet that keeps the timestamp of its event. */
    public void nextOfEvent(long nowNanos, int packetSamples, int eventTimestamp) {
        advance(nowNanos, packetSamples);
        stampExtra(eventTimestamp);
    }

    /** Stamps a packet that takes no time: the repeated end of an event. */
    public void stampExtra(int eventTimestamp) {
        stampedSequence = ++sequence;
        stamped = eventTimestamp;
        marker = false;
    }

    private void advance(long nowNanos, int packetSamples) {
        timestamp = changed || !started ? timestampAt(nowNanos) : timestamp + samples;
        clockAtNanos = nowNanos;
        samples = packetSamples;
        started = true;
        changed = false;
    }

    /**
     * Stamps a packet whose numbers a {@link RelayedInput} has worked out.
     *
     * @param packetSamples 0 where the packet takes no time of its own, as a telephone-event
     */
    void relayed(int newSequence, int newTimestamp, boolean newMarker, long nowNanos, int packetSamples) {
        // A packet that was overtaken on its way keeps its place; the end of the timeline does not go back.
        if (!started || (short) (newSequence - sequence) > 0) {
            sequence = newSequence;
        }
        if (!started || newTimestamp - timestamp > 0) {
            timestamp = newTimestamp;
            clockAtNanos = nowNanos;
        }
        if (packetSamples > 0) {
            samples = packetSamples;
        }
        stampedSequence = newSequence;
        stamped = newTimestamp;
        marker = newMarker;
        started = true;
        changed = false;
    }

    /** The timestamp that a change of source at this time gets. */
    public int timestampAt(long nowNanos) {
        if (!started) {
            return timestamp;
        }
        return timestamp + step(nowNanos - clockAtNanos, Math.max(1, samples));
    }

    /** {@code S * max(1, round(elapsed * 8 / S))}. */
    static int step(long elapsedNanos, int samples) {
        long packet = (long) samples * NANOS_PER_SAMPLE;
        return (int) (samples * Math.max(1, (elapsedNanos + packet / 2) / packet));
    }

    public int ssrc() {
        return ssrc;
    }

    /** The sequence number of the packet stamped last, 0 to 65535. */
    public int sequence() {
        return stampedSequence & 0xFFFF;
    }

    /** The timestamp of the packet stamped last. */
    public int timestamp() {
        return stamped;
    }

    /** The marker of the packet stamped last. */
    public boolean marker() {
        return marker;
    }

    /** Whether the next packet is another source's. */
    public boolean changing() {
        return changed;
    }

    /** The highest sequence number so far. */
    int lastSequence() {
        return sequence & 0xFFFF;
    }
}
