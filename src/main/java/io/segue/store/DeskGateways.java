package io.segue.store;

import java.util.List;
import java.util.stream.Stream;

/** Which gateways are there, and whose a human is while Redis is away. Used on the store's thread. */
final class DeskGateways {
    /** Beats after which every other gateway has seen a new one. */
    private static final int JOIN_BEATS = 3;

    private final String node;
    private final Home home;
    private final DeskClock clock;
    private final Limits.Desk limits;
    private List<String> nodes = List.of();
    private long settledAtMs;
    private long joinedAtMs = Long.MAX_VALUE;

    DeskGateways(String node, Home home, DeskClock clock, Limits.Desk limits) {
        this.node = node;
        this.home = home;
        this.clock = clock;
        this.limits = limits;
    }

    /** Redis is back. Those seen before count until they had time to come back. */
    void met(List<String> alive) {
        add(alive);
        joinedAtMs = Math.min(joinedAtMs, clock.nowMs());
    }

    /** Redis is the truth from now on. */
    void settle() {
        settledAtMs = clock.nowMs() + limits.settleMs();
    }

    void seen(List<String> alive) {
        if (settling()) {
            add(alive);
        } else {
            nodes = alive;
        }
    }

    private void add(List<String> alive) {
        nodes = Stream.concat(nodes.stream(), alive.stream()).distinct().toList();
    }

    /** Whether another gateway may have rung somebody Redis has not heard of yet. */
    boolean settling() {
        return clock.nowMs() < settledAtMs;
    }

    /** Whether a human is this gateway's. */
    boolean assigned(String human) {
        String where = home.of(human);
        if (where != null) {
            return where.equals(node);
        }
        // One that has just come may not be known to the others yet, who then share everybody out among themselves.
        boolean known = joinedAtMs != Long.MAX_VALUE && clock.nowMs() - joinedAtMs >= JOIN_BEATS * limits.beatMs();
        return (known || nodes.equals(List.of(node))) && node.equals(Rendezvous.pick(human, nodes));
    }
}
