package io.segue.recording;

/** The two channels, in the order in which they stand in the file. */
enum Side {
    /** Left: what the caller says. */
    CALLER,
    /** Right: what the caller hears. */
    OTHER
}
