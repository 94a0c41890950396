package io.segue.net;

/**
 * How the listeners are.
 *
 * @param open whether they are meant to run: started and not closed
 * @param sinceLastTurnMs how long ago their thread last came round; at rest it comes round every second
 * @param turnsFailed turns that ended by an error; the thread went on
 */
public record Health(boolean open, long sinceLastTurnMs, long turnsFailed) {
    /** @param toleranceMs several seconds */
    public boolean turning(long toleranceMs) {
        return open && sinceLastTurnMs <= toleranceMs;
    }
}
