package io.segue.review;

/** What a reviewer says of a turn. */
public enum Mark {
    /** It was right. */
    APPROVED,
    /** It was not; this would have been better. */
    EDITED,
    /** It was not. */
    REJECTED;

    /** Whether the agent was right. */
    public boolean right() {
        return this == APPROVED;
    }
}
