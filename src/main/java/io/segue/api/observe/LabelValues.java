package io.segue.api.observe;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Values of a metric's label: the first so many stand for themselves, all later ones are {@value #OTHERS} together, so that series stay bounded. */
final class LabelValues {
    /** No id: ids have no parentheses. */
    static final String OTHERS = "(others)";

    private final int valuesMax;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    LabelValues(int valuesMax) {
        this.valuesMax = valuesMax;
    }

    String of(String value) {
        if (known.contains(value)) {
            return value;
        }
        synchronized (this) {
            if (known.size() < valuesMax) {
                known.add(value);
            }
        }
        return known.contains(value) ? value : OTHERS;
    }
}
