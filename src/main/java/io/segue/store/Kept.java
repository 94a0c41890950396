package io.segue.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Humans whose leg stands by on this gateway. Once Redis has written that down no other gateway reserves them, so this one takes them from its own
 * memory and tells Redis afterwards. Used on the store's thread.
 */
final class Kept {
    private final Set<String> wanted = new TreeSet<>();
    private final Set<String> confirmed = new HashSet<>();
    /** Taken here, by whom, while Redis has not been heard to know. */
    private final Map<String, String> untold = new HashMap<>();

    /** A leg has come up, or is gone. */
    void want(String human, boolean here) {
        if (here) {
            wanted.add(human);
        } else {
            wanted.remove(human);
            confirmed.remove(human);
        }
    }

    List<String> wanted() {
        return List.copyOf(wanted);
    }

    /** What Redis has written down. */
    void confirm(Collection<String> humans) {
        confirmed.clear();
        confirmed.addAll(humans);
        confirmed.retainAll(wanted);
    }

    /** Redis is away: who reserves whom is settled by other rules. */
    void doubt() {
        confirmed.clear();
    }

    /** Whether nobody but this gateway reserves them, and Redis knows of all it did. */
    boolean mine(String human) {
        return confirmed.contains(human) && !untold.containsKey(human);
    }

    void taken(String human, String handoff) {
        untold.put(human, handoff);
    }

    void told(String human) {
        untold.remove(human);
    }

    /** Whether what Redis says of a human is older than what this gateway did with them. */
    boolean isOld(Place place) {
        String handoff = untold.get(place.human());
        return handoff != null && !handoff.equals(place.handoff());
    }
}
