package io.segue.flow.record;

/** The store cannot be reached now: what was asked for was not done, or nobody knows whether it was. To the outside, a 503. */
public final class StoreAway extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreAway(String why) {
        super(why, null, false, false);
    }
}
