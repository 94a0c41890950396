package io.segue.contact;

/** Whether a contact wrote a message or was written to. */
public enum Direction {
    /** From the contact. */
    IN,
    /** To the contact. */
    OUT
}
