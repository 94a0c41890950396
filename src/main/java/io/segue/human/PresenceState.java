package io.segue.human;

/** What a human is doing. The first two are chosen, the others follow from calls. */
public enum PresenceState {
    AVAILABLE,
    AWAY,
    RESERVED,
    RINGING,
    TALKING,
    WRAP_UP
}
