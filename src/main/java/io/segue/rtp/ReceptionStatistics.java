package io.segue.rtp;

/** What RFC 3550, appendices A.1, A.3 and A.8 keep of one source, in their names. */
public final class ReceptionStatistics {
    private static final int MAX_DROPOUT = 3000;
    private static final int MAX_MISORDER = 100;

    private boolean started;
    private int ssrc;
    private long baseSeq;
    private long maxSeq;
    private int badSeq = -1;
    private long received;
    private long expectedPrior;
    private long receivedPrior;
    private int transit;
    private int jitter;
    private long lostBefore;

    /**
     * Takes note of a packet.
     *
     * @param arrival the time of its arrival in timestamp units
     */
    public void received(int packetSsrc, int sequence, int timestamp, int arrival) {
        if (!started || packetSsrc != ssrc) {
            start(packetSsrc, sequence, timestamp, arrival);
            return;
        }
        int ahead = (short) (sequence - (int) maxSeq);
        if (ahead > MAX_DROPOUT || ahead < -MAX_MISORDER) {
            if (sequence == badSeq) {
                start(packetSsrc, sequence, timestamp, arrival);
            } else {
                badSeq = (sequence + 1) & 0xFFFF;
            }
            return;
        }
        maxSeq += Math.max(0, ahead);
        received++;
        int newTransit = arrival - timestamp;
        int d = Math.abs(newTransit - transit);
        transit = newTransit;
        jitter += d - ((jitter + 8) >> 4);
    }

    private void start(int packetSsrc, int sequence, int timestamp, int arrival) {
        lostBefore = lost();
        started = true;
        ssrc = packetSsrc;
        baseSeq = sequence;
        maxSeq = sequence;
        badSeq = -1;
        received = 1;
        expectedPrior = 0;
        receivedPrior = 0;
        transit = arrival - timestamp;
        jitter = 0;
    }

    /** Whether there has been a packet at all. */
    public boolean started() {
        return started;
    }

    public int ssrc() {
        return ssrc;
    }

    /** The extended highest sequence number received, as a report block carries it. */
    public int extendedHighest() {
        return (int) maxSeq;
    }

    /** Packets missing so far, over all SSRCs of this source; never negative, though duplicates count as received. */
    public long lost() {
        return lostBefore + (started ? Math.max(0, maxSeq - baseSeq + 1 - received) : 0);
    }

    /** The cumulative number of packets lost of the present SSRC, clamped to 24 bits with sign. */
    public int cumulativeLost() {
        return (int) Math.clamp(maxSeq - baseSeq + 1 - received, -0x800000L, 0x7FFFFFL);
    }

    /** The fraction lost since it was asked last, in 256ths. */
    public int takeFractionLost() {
        long expected = maxSeq - baseSeq + 1;
        long expectedInterval = expected - expectedPrior;
        long lostInterval = expectedInterval - (received - receivedPrior);
        expectedPrior = expected;
        receivedPrior = received;
        return expectedInterval == 0 || lostInterval <= 0
                ? 0
                : (int) Math.min(255, (lostInterval << 8) / expectedInterval);
    }

    /** Interarrival jitter in timestamp units. */
    public int jitter() {
        return jitter >> 4;
    }
}
