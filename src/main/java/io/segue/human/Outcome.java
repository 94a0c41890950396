package io.segue.human;

/** What a human says came of a call that they had. */
public enum Outcome {
    /** What the caller wanted is done. */
    RESOLVED,
    /** Somebody has to come back to it. */
    FOLLOW_UP,
    /** It could not be done. */
    UNRESOLVED,
    /** The caller was wrong here, or nobody was there. */
    MISDIRECTED
}
