package io.segue.recording;

/**
 * Where a channel's packets belong on the recording's clock, in samples of 8 kHz. Within a stream the RTP timestamp decides, so that jitter does not tear speech apart; the clock of arrival holds it to
 * the other channel: a stream that runs ahead of it, or that stays behind it, is put right.
 */
final class Placement {
    /** A packet cannot be there before it was said: beyond this the stream's own clock is fast, or was anchored at a packet that was late. */
    static final int EARLY_SAMPLES_MAX = 320;
    /** What the quickest of a window's packets may lag before the whole stream is moved. */
    static final int LAG_SAMPLES_MAX = 160;
    /** What one packet may lag before the stream begins anew. */
    static final int LATE_SAMPLES_MAX = 4000;
    /** A timestamp that goes back further is no packet that was overtaken. */
    static final int BACK_SAMPLES_MAX = 800;
    /** The packets of a window. */
    static final int WINDOW = 100;

    private boolean anchored;
    private int ssrc;
    private int lastTimestamp;
    private int lastLength;
    private long lastPosition;
    private long leastLag = Long.MAX_VALUE;
    private int seen;

    /**
     * The position of a packet's first sample.
     *
     * @param arrived when it came, in samples since the recording began
     */
    long place(int packetSsrc, int timestamp, int length, long arrived) {
        int step = timestamp - lastTimestamp;
        long position = lastPosition + step;
        long lag = arrived - position;
        boolean goesOn = anchored
                && packetSsrc == ssrc
                && step - lastLength >= -BACK_SAMPLES_MAX
                && lag >= -EARLY_SAMPLES_MAX
                && lag <= LATE_SAMPLES_MAX;
        if (!goesOn) {
            position = arrived;
            anchored = true;
            ssrc = packetSsrc;
            seen = 0;
            leastLag = Long.MAX_VALUE;
        } else {
            leastLag = Math.min(leastLag, lag);
            if (++seen == WINDOW) {
                position += leastLag > LAG_SAMPLES_MAX ? leastLag : 0;
                seen = 0;
                leastLag = Long.MAX_VALUE;
            }
        }
        lastTimestamp = timestamp;
        lastLength = length;
        lastPosition = position;
        return position;
    }
}
