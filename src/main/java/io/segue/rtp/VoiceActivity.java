package io.segue.rtp;

/** Whether somebody speaks: by level, with two packets to begin and a hangover to end. */
public final class VoiceActivity {
    /** Louder than this is speech. */
    public static final double SPEECH_DBM0 = -40;

    private static final long HANGOVER_NANOS = 300_000_000;
    private static final long BEGIN_NANOS = 60_000_000;

    private boolean speaking;
    private boolean pending;
    private long firstAtNanos;
    private long lastAtNanos;

    /** Takes note of a packet; true where what {@link #speaking} tells has changed. */
    public boolean packet(boolean loud, long nowNanos) {
        if (!loud) {
            return quiet(nowNanos);
        }
        boolean second = pending && nowNanos - firstAtNanos <= BEGIN_NANOS;
        if (!second) {
            firstAtNanos = nowNanos;
        }
        pending = true;
        lastAtNanos = nowNanos;
        if (speaking || !second) {
            return false;
        }
        speaking = true;
        return true;
    }

    /** Lets time pass without a packet; true where what {@link #speaking} tells has changed. */
    public boolean quiet(long nowNanos) {
        if (!speaking || nowNanos - lastAtNanos < HANGOVER_NANOS) {
            return false;
        }
        speaking = false;
        pending = false;
        return true;
    }

    public boolean speaking() {
        return speaking;
    }
}
