package io.segue.sip.dialog;

/** The timers of a leg; at most one of each runs. A late one does no harm. */
public enum TimerKind {
    /** Say the 2xx again: its ACK has not come. */
    REPEAT_2XX,
    /** The ACK never came (64 T1). */
    ACK_WAIT,
    /** Say 18x again. */
    REPEAT_PROGRESS,
    /** Offer once more after 491 (RFC 3261 14.1). */
    GLARE,
    /** A cancelled INVITE was never answered (RFC 3261 9.1: 64 T1). */
    CANCEL_WAIT
}
