package io.segue.flow.record;

/**
 * The archive (PostgreSQL) is not configured, cannot be reached now, or has too much to do: what was asked for was not done. To the outside, a 503
 * with the message, which is written for the reader.
 */
public final class ArchiveAway extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ArchiveAway(String why) {
        super(why, null, false, false);
    }
}
