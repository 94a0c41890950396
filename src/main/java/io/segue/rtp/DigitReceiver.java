package io.segue.rtp;

/** Tells each press once: an event is known by its timestamp, its updates and its repeated ends carry the same (RFC 4733, 2.5.1.2). */
public final class DigitReceiver {
    private boolean any;
    private int ssrc;
    private int timestamp;

    /** Whether this packet is the first that is seen of its event. */
    public boolean isNew(int packetSsrc, int eventTimestamp) {
        boolean fresh = !any || packetSsrc != ssrc || eventTimestamp - timestamp > 0;
        if (fresh) {
            any = true;
            ssrc = packetSsrc;
            timestamp = eventTimestamp;
        }
        return fresh;
    }
}
