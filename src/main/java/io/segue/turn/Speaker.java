package io.segue.turn;

/** Who said a turn. */
public enum Speaker {
    CALLER,
    AGENT,
    HUMAN
}
