package io.segue.handoff;

/** What a handoff waits for. */
public enum HandoffTimer {
    /** A phone rings no longer than this. */
    RING,
    /** A caller waits no longer than this for somebody of the queue. */
    WAIT,
    /** The end of the utterance is waited for no longer than this. */
    CUT,
    /** An answered phone sends something within this. */
    MEDIA
}
