package io.segue.insight;

import java.time.Instant;

/**
 * What was found of an agent when it was last looked.
 *
 * @param since since when it has been so
 * @param at when it was looked
 */
public record Finding(String agent, Trend trend, Instant since, Instant at) {
    /** Whether somebody should look. */
    public boolean alarm() {
        return trend.state() == Trend.State.WORSE;
    }

    /** The same without anything to say any more. */
    public Finding over() {
        return new Finding(agent, new Trend(trend.metric(), null, 0, null, 0, null, Trend.State.TOO_FEW), at, at);
    }
}
