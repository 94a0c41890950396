package io.segue.handoff;

import java.util.Locale;

/** Where a handoff stands. */
public enum HandoffState {
    /** Someone is looked for. */
    REQUESTED,
    /** A human has been reserved. */
    RESERVED,
    /** The human's phone rings. */
    RINGING,
    /** The human has answered; the caller still hears what it heard. */
    ANSWERED,
    /** The caller hears the human. */
    CONNECTED,
    /** Nobody took the call; the agent has it, or nobody. */
    FAILED,
    /** The caller hung up first. */
    ABANDONED,
    /** The human gave the caller back. */
    RETURNED;

    /** As it stands on every wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing more comes of it. */
    public boolean ended() {
        return this == FAILED || this == ABANDONED || this == RETURNED;
    }
}
