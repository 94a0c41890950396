package io.segue.media;

/** What a packet on its way from one leg to another is part of. */
enum Strand {
    /** What the leg's peer says. */
    SPEECH,
    /** The digits that it presses: telephone-events. */
    EVENTS,
    /** What the leg's peer is sent. */
    SENT
}
