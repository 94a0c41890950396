package io.segue.insight;

import java.util.Locale;

/** The three figures that say whether agents get better by what people do. */
public enum LoopMetric {
    /** Should fall. */
    INTERVENTION_RATE,
    /** Should fall. */
    EDIT_RATE,
    /** Should rise. */
    EDGE_CONFIDENCE;

    /** {@code intervention_rate} */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
