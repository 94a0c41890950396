package io.segue.rtp;

/**
 * Lays the numbers of another stream's packets onto a {@link Timeline}: the first packet taken is the base, from there the input's deltas are kept, so that loss and
 * silence stay visible. A change of the input's own SSRC, or a restart of its sequence (RFC 3550, A.1), takes a new base.
 */
public final class RelayedInput {
    private static final int DROPOUT_MAX = 3000;
    private static final int MISORDER_MAX = 100;

    private boolean based;
    private boolean mapped;
    private int ssrc;
    private long base;
    private long highest;
    private int restart = -1;
    private int lost;
    private int sequenceOffset;
    private int timestampOffset;

    /** Forgets the base: the next packet is the first. */
    public void reset() {
        based = false;
        mapped = false;
    }

    /**
     * Takes note of a packet.
     *
     * @return false where it is from before the base, or the first of what may be a restart: it must be dropped
     */
    public boolean take(int packetSsrc, int sequence) {
        if (!based || packetSsrc != ssrc) {
            rebase(packetSsrc, sequence);
            return true;
        }
        int ahead = (short) (sequence - (int) highest);
        if (ahead > DROPOUT_MAX || ahead < -MISORDER_MAX) {
            if (sequence == restart) {
                rebase(packetSsrc, sequence);
                return true;
            }
            restart = (sequence + 1) & 0xFFFF;
            return false;
        }
        if (highest + ahead < base) {
            return false;
        }
        lost = Math.max(0, ahead - 1);
        highest += Math.max(0, ahead);
        return true;
    }

    private void rebase(int packetSsrc, int sequence) {
        based = true;
        mapped = false;
        ssrc = packetSsrc;
        highest = sequence;
        base = sequence;
        restart = -1;
        lost = 0;
    }

    /** How many packets are missing just before the one taken last. */
    public int lost() {
        return lost;
    }

    /** Whether the packets taken so far have a place on the timeline: false until the first is stamped after a (new) base. */
    public boolean mapped() {
        return mapped;
    }

    /** The timestamp on the timeline of an input's timestamp; only when {@link #mapped}. */
    public int timestampOf(int inputTimestamp) {
        return inputTimestamp + timestampOffset;
    }

    /** Stamps a packet that goes out as it came, with its own numbers moved. */
    public void stamp(
            Timeline timeline, int sequence, int timestamp, boolean marker, long nowNanos, int packetSamples) {
        boolean first = map(timeline, sequence, timestamp, nowNanos);
        timeline.relayed(
                sequence + sequenceOffset, timestamp + timestampOffset, first || marker, nowNanos, packetSamples);
    }

    /**
     * Stamps a packet that was put together anew out of the input's audio.
     *
     * @param timestamp the input's timestamp of its first sample
     * @param missing how many such packets are missing before it
     */
    public void stampRepacked(Timeline timeline, int timestamp, int missing, long nowNanos, int packetSamples) {
        int next = timeline.lastSequence() + 1;
        boolean first = map(timeline, next, timestamp, nowNanos);
        timeline.relayed(first ? next : next + missing, timestamp + timestampOffset, first, nowNanos, packetSamples);
    }

    private boolean map(Timeline timeline, int sequence, int timestamp, long nowNanos) {
        if (mapped && !timeline.changing()) {
            return false;
        }
        sequenceOffset = timeline.lastSequence() + 1 - sequence;
        timestampOffset = timeline.timestampAt(nowNanos) - timestamp;
        base = highest;
        mapped = true;
        return true;
    }

    /** The packet taken last is not sent: those after it move up, those before it are refused. */
    public void swallow() {
        sequenceOffset--;
        base = highest + 1;
    }

    /** So many packets were put in before the one taken last, into the places of lost ones first. */
    public void inserted(int packets) {
        sequenceOffset += Math.max(0, packets - lost);
        base = highest;
    }
}
