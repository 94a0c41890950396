package io.segue.sip.dialog;

/** Where unguessable values come from (RFC 3261 19.3). Tests count; a running gateway draws from a secure source. */
public interface Identifiers {
    /** A new tag or {@code cnonce}: a token of at least 32 random bits. */
    String tag();

    /** A number from 0 to {@code bound - 1}, for the waits of RFC 3261 14. */
    int random(int bound);
}
