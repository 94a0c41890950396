package io.segue.media;

import io.segue.flow.media.LegListener;
import io.segue.flow.media.MediaLeg;
import io.segue.flow.media.MediaPlane;
import io.segue.flow.thread.CallThread;
import io.segue.rtp.srtp.KeyAgreement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The media plane: its loops run from construction to {@link #close}. Safe from any thread. */
public final class Media implements MediaPlane, AutoCloseable {
    private static final long JOIN_MS = 2000;

    private final MediaConfig config;
    private final Loop[] loops;
    private final PortPool ports;
    private final ChunkPool pool;
    private final Sounds sounds;
    private final Set<Leg> legs = ConcurrentHashMap.newKeySet();
    private final AtomicInteger nextLoop = new AtomicInteger();
    private final AtomicLong shortages = new AtomicLong();
    private final ReceptionTally reception = new ReceptionTally();
    private final @Nullable BrowserPort browserPort;
    private volatile boolean closed;

    /** Without browsers. */
    public Media(MediaConfig config) {
        this(config, null, null);
    }

    /**
     * With browsers.
     *
     * @throws UncheckedIOException where their port cannot be had
     */
    public Media(MediaConfig config, @Nullable BrowserConfig browsers, @Nullable KeyAgreement keys) {
        this.config = config;
        Limits limits = config.limits();
        ports = new PortPool(config.portFirst(), config.portLast(), limits.portRestMs() * 1_000_000L);
        pool = new ChunkPool(limits.backlogPoolBytesMax());
        sounds = new Sounds(config.sounds(), limits.soundBytesMax());
        loops = new Loop[config.loops()];
        for (int i = 0; i < loops.length; i++) {
            loops[i] = new Loop(i, loops, limits);
        }
        try {
            // The last loop's legs are fewer: callers' begin with the first.
            browserPort = browsers == null || keys == null
                    ? null
                    : BrowserPort.open(loops[loops.length - 1], browsers, config.bind(), config.advertised(), keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Loop loop : loops) {
            loop.start();
        }
    }

    @Override
    public Opening open(CallThread thread, LegListener listener, @Nullable MediaLeg near) {
        Optional<PortPair> pair = bind();
        if (closed || pair.isEmpty()) {
            shortages.incrementAndGet();
            pair.ifPresent(PortPair::close);
            return new Opening.NoPort();
        }
        Loop loop =
                near instanceof Leg leg ? leg.loop() : loops[Math.floorMod(nextLoop.getAndIncrement(), loops.length)];
        return new Opening.Opened(open(loop, thread, listener, pair.get(), config.advertised()));
    }

    @Override
    public Opening openSecure(CallThread thread, LegListener listener) {
        BrowserPort port = browserPort;
        Optional<SecureTransport> transport = port == null || closed ? Optional.empty() : port.transport();
        if (port == null || transport.isEmpty()) {
            shortages.incrementAndGet();
            return new Opening.NoPort();
        }
        return new Opening.Opened(open(port.loop(), thread, listener, transport.get()));
    }

    /** Opens a leg on a loop, with sockets that are bound already. */
    Leg open(Loop loop, CallThread thread, LegListener listener, PortPair pair, InetAddress advertised) {
        LongConsumer whenClosed = pair.pooled() ? now -> ports.giveBack(pair.port(), now) : now -> {};
        return open(loop, thread, listener, new PlainTransport(loop, pair, advertised, whenClosed));
    }

    private Leg open(Loop loop, CallThread thread, LegListener listener, LegTransport transport) {
        Leg leg = new Leg(this, loop, thread, listener, transport, ThreadLocalRandom.current());
        legs.add(leg);
        leg.onLoop(leg::start);
        return leg;
    }

    private Optional<PortPair> bind() {
        // A port that another program has rests as if it had been ours, and the next one is tried.
        for (int tries = ports.free(System.nanoTime()); tries > 0; tries--) {
            OptionalInt port = ports.take(System.nanoTime());
            if (port.isEmpty()) {
                return Optional.empty();
            }
            Optional<PortPair> pair = PortPair.bind(
                    config.bind(), port.getAsInt(), config.limits().receiveBufferBytes());
            if (pair.isPresent()) {
                return pair;
            }
            ports.giveBack(port.getAsInt(), System.nanoTime());
        }
        return Optional.empty();
    }

    void closing(Leg leg) {
        legs.remove(leg);
    }

    void closed(Leg leg) {
        if (leg.transport().pooled()) {
            reception.closed(leg.counters());
        }
    }

    /** Sends packets through every loop, over real sockets, until the compiler has seen what a call does; returns when it has. Before readiness. */
    public void warmUp() {
        new WarmUp(this, config).run();
        if (browserPort != null) {
            SrtpWarmUp.run();
        }
    }

    /** What the plane has been doing. */
    public MediaCounters counters() {
        long now = System.nanoTime();
        long oldest = 0;
        long failures = 0;
        long crossings = 0;
        long strangers = 0;
        long behind = 0;
        long digits = 0;
        for (Loop loop : loops) {
            oldest = Math.max(oldest, now - loop.turnedAtNanos());
            failures += loop.failures();
            crossings += loop.crossingsDropped();
            strangers += loop.strangers();
            behind += loop.eventsBehind();
            digits += loop.digitsDropped();
        }
        return new MediaCounters(
                legs.size(),
                ports.used(),
                ports.free(now),
                browserPort == null ? 0 : browserPort.legs(),
                shortages.get(),
                pool.heldBytes(),
                sounds.unknown(),
                crossings,
                strangers,
                reception.sum(),
                behind,
                digits,
                failures,
                oldest);
    }

    /** So many datagrams of browsers, or to them, have come to nothing for that reason. */
    public long dropped(BrowserDrop why) {
        return browserPort == null ? 0 : browserPort.dropped(why);
    }

    /** Whether every loop has turned within the time; one that has nothing to do turns twice a second. */
    public boolean turning(long withinMs) {
        return !closed && counters().oldestTurnNanos() <= withinMs * 1_000_000L;
    }

    /** Closes all legs and ends the loops. */
    @Override
    public void close() {
        closed = true;
        legs.forEach(Leg::close);
        for (Loop loop : loops) {
            loop.close();
        }
        for (Loop loop : loops) {
            try {
                loop.join(JOIN_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (browserPort != null) {
            browserPort.close();
        }
    }

    Limits limits() {
        return config.limits();
    }

    ChunkPool pool() {
        return pool;
    }

    Sounds sounds() {
        return sounds;
    }

    Loop[] loops() {
        return loops;
    }
}
