package io.segue.review;

/** Why a turn was offered for review. Figures that shall hold for all turns are made of {@link #RANDOM} alone. */
public enum Slice {
    /** Little confidence in what matters. */
    RISK,
    /** By lot, whatever it says. */
    RANDOM,
    /** By lot among the labelled, to a second reviewer who is not shown the first label. */
    SECOND
}
