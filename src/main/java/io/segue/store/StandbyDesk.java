package io.segue.store;

import io.segue.flow.desk.Desk;
import io.segue.flow.desk.Staff;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reserves humans whose leg stands by on this gateway: nobody else could, so Redis is told and not asked, and the caller does not wait for it. Used
 * on the store's thread.
 */
final class StandbyDesk {
    private static final Logger LOG = Logger.getLogger(StandbyDesk.class);

    private final Line line;
    private final String node;
    private final Counters counters;
    private final WriteBack writeBack;
    private final BiFunction<String, List<String>, CompletableFuture<@Nullable Response>> script;
    private final Kept kept = new Kept();

    StandbyDesk(
            Line line,
            String node,
            Counters counters,
            WriteBack writeBack,
            BiFunction<String, List<String>, CompletableFuture<@Nullable Response>> script) {
        this.line = line;
        this.node = node;
        this.counters = counters;
        this.writeBack = writeBack;
        this.script = script;
    }

    void want(String human, boolean here) {
        kept.want(human, here);
    }

    /** Redis is away. */
    void doubt() {
        kept.doubt();
    }

    boolean isOld(Place place) {
        return kept.isOld(place);
    }

    /** Tells Redis whose legs stand by here. */
    void tell() {
        Link.then(
                script.apply("keep", kept.wanted()), answer -> kept.confirm(Link.texts(answer)), error -> kept.doubt());
    }

    /** Whose turn it is, if they stand by here. */
    Optional<String> take(Desk.Request request, List<Staff.Member> members, long nowUs) {
        Place next = line.longestIdle(request, members).orElse(null);
        if (next == null || request.atMost() > 1 || !kept.mine(next.human())) {
            return Optional.empty();
        }
        if (line.reserve(request, members, node, next.human()::equals, nowUs).isEmpty()) {
            return Optional.empty();
        }
        kept.taken(next.human(), request.handoff());
        tellTaken(next, request.handoff(), request.call(), request.leaseMs(), request.prewarm());
        return Optional.of(next.human());
    }

    /** Whether only this gateway can take them. */
    boolean isMine(String human) {
        return kept.mine(human);
    }

    /** One who is {@link #isMine mine}; false where another call of this gateway has them. */
    boolean take(String human, String holder, String call, long leaseMs, long nowUs) {
        Place before = line.get(human);
        boolean taken = line.take(human, holder, call, node, leaseMs, nowUs);
        if (taken) {
            kept.taken(human, holder);
            tellTaken(before, holder, call, leaseMs, false);
        }
        return taken;
    }

    private void tellTaken(Place before, String holder, String call, long leaseMs, boolean prewarm) {
        String human = before.human();
        Link.then(
                script.apply("take", List.of(human, holder, call, "" + leaseMs, prewarm ? "1" : "0")),
                answer -> {
                    kept.told(human);
                    if (Link.texts(answer).isEmpty()) {
                        counters.conflicts.increment();
                        LOG.warnf("Human %s, who stands by here, is held by a handoff of another gateway", human);
                    }
                },
                error -> {
                    kept.told(human);
                    if (Link.isAway(error)) {
                        writeBack.changed(human, before);
                    }
                });
    }
}
