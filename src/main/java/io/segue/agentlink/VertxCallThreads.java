package io.segue.agentlink;

import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The signalling threads: so many event loops of Vert.x, each with a context that is asked for once. */
public final class VertxCallThreads {
    private final List<VertxCallThread> threads;
    private final AtomicInteger next = new AtomicInteger();

    /** @param count how many; more than Vert.x has event loops share them */
    public VertxCallThreads(Vertx vertx, int count) {
        // Not getOrCreateContext: that gives one context to a thread however often it asks.
        VertxInternal loops = (VertxInternal) vertx;
        threads = Stream.generate(() -> new VertxCallThread(loops.createEventLoopContext()))
                .limit(count)
                .toList();
    }

    public List<VertxCallThread> all() {
        return threads;
    }

    /** One thread after the other, for a call that begins. */
    public VertxCallThread next() {
        return threads.get(Math.floorMod(next.getAndIncrement(), threads.size()));
    }
}
