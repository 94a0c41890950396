package io.segue.media;

import io.segue.flow.media.LegCounters;
import io.segue.flow.media.LegEvent;
import io.segue.flow.media.LegListener;
import io.segue.flow.media.LegTap;
import io.segue.flow.media.LegTimeline;
import io.segue.flow.media.MediaLeg;
import io.segue.flow.media.Playout;
import io.segue.flow.media.Source;
import io.segue.flow.thread.CallThread;
import io.segue.rtp.Law;
import io.segue.rtp.Timeline;
import io.segue.sdp.Agreement;
import io.segue.sdp.Codec;
import io.segue.sdp.Security;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One peer's RTP: the parts that its loop owns, and what the call may ask of them. */
final class Leg implements MediaLeg {
    private static final long LOOK_NANOS = 100_000_000;
    private static final VarHandle ROUTE;

    static {
        try {
            ROUTE = MethodHandles.lookup().findVarHandle(Leg.class, "route", Route.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Media plane;
    private final Loop loop;
    private final CallThread thread;
    private final LegListener listener;
    private final LegTransport transport;
    private final Ingress ingress;
    private final Egress egress;
    private final AgentPlayout playout;
    private final Reports reports;
    private final LegTimer looking = new LegTimer(this, this::look);
    private final List<Leg> heardLegs = new ArrayList<>();
    private final List<Leg> watchedLegs = new ArrayList<>();
    private volatile Route route = new Route(Heard.SILENCE, null);
    private final AtomicBoolean closed = new AtomicBoolean();

    // On the loop alone, from the start on.
    private @Nullable Wake wake;

    Leg(
            Media plane,
            Loop loop,
            CallThread thread,
            LegListener listener,
            LegTransport transport,
            RandomGenerator random) {
        this.plane = plane;
        this.loop = loop;
        this.thread = thread;
        this.listener = listener;
        this.transport = transport;
        Limits limits = plane.limits();
        long now = System.nanoTime();
        this.playout = new AgentPlayout(this, loop, plane.pool(), limits, now);
        this.ingress = new Ingress(this, transport);
        // The first half of the sequence numbers, as RFC 3550, 5.1 suggests for streams that are to be encrypted one
        // day (RFC 3711, 3.3.1).
        Timeline timeline = new Timeline(random.nextInt(), random.nextInt(1 << 15), random.nextInt());
        this.egress = new Egress(this, transport, timeline, new PacedSources(this, playout));
        String cname = Long.toHexString(random.nextLong());
        this.reports = new Reports(this, transport, limits.rtcpIntervalMs(), cname, random::nextDouble);
    }

    static Law law(Codec codec) {
        return switch (codec) {
            case PCMU -> Law.ULAW;
            case PCMA -> Law.ALAW;
        };
    }

    /** Begins to listen. Called on the loop. */
    void start(long now) {
        wake = loop.wayTo(thread);
        transport.start(this);
        loop.wheel.schedule(looking, now + LOOK_NANOS);
    }

    private void look(long now) {
        transport.look(now);
        ingress.look(now, plane.limits().rtpTimeoutMs() * 1_000_000L);
        loop.wheel.schedule(looking, now + LOOK_NANOS);
    }

    @Override
    public InetSocketAddress local() {
        return transport.local();
    }

    @Override
    public @Nullable Security security() {
        return transport.security();
    }

    @Override
    public void negotiated(Agreement terms) {
        onLoop(now -> {
            transport.negotiated(terms, now);
            ingress.negotiated(terms, now);
            egress.negotiated(terms, now);
            reports.negotiated(now);
        });
    }

    @Override
    public void hear(Source source) {
        Route before;
        Route after;
        do {
            before = route;
            Heard now = before.current();
            after = new Route(now, source.equals(now.source()) ? null : Heard.of(source, plane.sounds(), now));
        } while (!ROUTE.compareAndSet(this, before, after));
        onLoop(egress::rerouted);
    }

    @Override
    public Playout playout() {
        return playout;
    }

    @Override
    public void tap(FrameSink sink) {
        onLoop(now -> ingress.tap(sink, plane.limits().tapFramesMax(), now));
    }

    @Override
    public void untap() {
        onLoop(now -> ingress.untap());
    }

    @Override
    public void copyTo(@Nullable LegTap tap) {
        onLoop(now -> {
            ingress.copyTo(tap);
            egress.copyTo(tap);
        });
    }

    @Override
    public void measureFrom(long t0Nanos) {
        onLoop(now -> egress.measureFrom(t0Nanos));
    }

    @Override
    public void sendDigits(String digits) {
        onLoop(now -> egress.sendDigits(digits, digitsMax(), now));
    }

    /** Read from any thread: each figure is one the loop wrote, not all of them at one moment. */
    @Override
    public LegCounters counters() {
        return new LegCounters(
                ingress.packets(),
                egress.packets(),
                ingress.statistics().lost(),
                transport.strangers(),
                egress.late(),
                playout.discardedBytes(),
                reports.jitterMs(),
                reports.roundTripMs(),
                ingress.refused() + reports.refused() + transport.refused(),
                ingress.tapDropped(),
                playout.underruns());
    }

    @Override
    public LegTimeline timeline() {
        // Read beside the loop: a packet more or less does not matter.
        Timeline now = egress.timeline();
        return new LegTimeline(
                Integer.toUnsignedLong(now.ssrc()), now.sequence(), Integer.toUnsignedLong(now.timestamp()));
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            plane.closing(this);
            loop.post(this::finish);
        }
    }

    private void finish(long now) {
        reports.close(now);
        loop.wheel.cancel(looking);
        ingress.close();
        egress.close();
        playout.leave(now);
        route = new Route(Heard.SILENCE, null);
        attach();
        transport.close(now);
        if (wake != null) {
            loop.left(wake);
        }
        plane.closed(this);
    }

    boolean isClosed() {
        return closed.get();
    }

    /** Tells the call, on its own thread, once the loop's pass is over. Called on the loop. */
    void tell(LegEvent event) {
        Wake way = wake;
        if (way != null && !closed.get()) {
            loop.told(way.tell(this, event));
        }
    }

    /** Called on the call's thread. */
    void told(LegEvent event) {
        if (!closed.get()) {
            listener.on(event);
        }
    }

    void onLoop(LongConsumer task) {
        loop.post(now -> {
            if (!closed.get()) {
                task.accept(now);
            }
        });
    }

    Route route() {
        return route;
    }

    boolean commit(Route from, Route to) {
        return ROUTE.compareAndSet(this, from, to);
    }

    /** Makes the legs that are heard send here, and those that no longer are stop. Called on the loop. */
    void attach() {
        Route now = route;
        for (Leg heard : List.copyOf(heardLegs)) {
            if (!now.hears(heard)) {
                heardLegs.remove(heard);
                heard.loop.post(nanos -> heard.ingress.detach(this));
            }
        }
        for (Leg watched : List.copyOf(watchedLegs)) {
            if (!now.watches(watched)) {
                watchedLegs.remove(watched);
                watched.loop.post(nanos -> watched.egress.unwatch(this));
            }
        }
        hearing(now.current());
        hearing(now.next());
    }

    private void hearing(@Nullable Heard heard) {
        if (heard != null) {
            hearing(heard.awaited());
            heard.voices().forEach(this::hearing);
            watching(heard.watched());
        }
    }

    private void hearing(@Nullable Leg heard) {
        if (heard != null && !heardLegs.contains(heard)) {
            heardLegs.add(heard);
            heard.onLoop(nanos -> heard.ingress.attach(this));
        }
    }

    private void watching(@Nullable Leg watched) {
        if (watched != null && !watchedLegs.contains(watched)) {
            watchedLegs.add(watched);
            watched.onLoop(nanos -> watched.egress.watch(this));
        }
    }

    int digitsMax() {
        return plane.limits().digitsMax();
    }

    Loop loop() {
        return loop;
    }

    /** The way to the call's thread; null before the start. On the loop alone. */
    @Nullable
    Wake wake() {
        return wake;
    }

    LegTransport transport() {
        return transport;
    }

    Reports reports() {
        return reports;
    }

    Ingress ingress() {
        return ingress;
    }

    Egress egress() {
        return egress;
    }
}
