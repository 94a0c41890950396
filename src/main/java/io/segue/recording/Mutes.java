package io.segue.recording;

/** When nothing may be kept: while somebody has paused the recording, and around digits that the caller presses. In samples since the recording began. */
final class Mutes {
    /** A digit is known of a little after it began. */
    static final int LEAD_SAMPLES = 1600;

    private static final long NEVER = Long.MIN_VALUE;

    private final long digitsSamples;
    private long digitsFrom = NEVER;
    private long digitsUntil = NEVER;
    private long pausedFrom = NEVER;
    private long pausedUntil = NEVER;

    /** @param digitsSamples how long it stays silent after the last digit of a run; 0: digits are of no matter */
    Mutes(long digitsSamples) {
        this.digitsSamples = digitsSamples;
    }

    /** The caller has pressed a digit; from where on what is there already has to go. */
    long digit(long at) {
        if (digitsSamples == 0) {
            return Long.MAX_VALUE;
        }
        if (at >= digitsUntil) {
            digitsFrom = at - LEAD_SAMPLES;
        }
        digitsUntil = at + digitsSamples;
        return digitsFrom;
    }

    void pause(long at) {
        pausedFrom = at;
        pausedUntil = Long.MAX_VALUE;
    }

    void resume(long at) {
        pausedUntil = at;
    }

    boolean mutes(long position) {
        return position >= digitsFrom && position < digitsUntil || position >= pausedFrom && position < pausedUntil;
    }
}
