package io.segue.media;

import io.segue.flow.thread.CallThread;
import io.segue.rtp.Law;
import io.segue.rtp.RtpPacket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One media loop: a thread with a selector, a wheel, and the buffers that packets live in while it looks at them. What belongs to a leg is touched by its loop alone;
 * everybody else posts a {@link Command}.
 */
final class Loop implements Runnable {
    private static final Logger LOG = Logger.getLogger(Loop.class);
    private static final int SLAB_BYTES = 2048;
    private static final int IDLE_MS_MAX = 500;
    private static final long MILLI_NANOS = 1_000_000;

    /** What a selection key carries. */
    interface Readable {
        void readable(long nowNanos);
    }

    final Wheel wheel = new Wheel(System.nanoTime());
    /** A received packet, rewritten in place. */
    final ByteBuffer slab = ByteBuffer.allocateDirect(SLAB_BYTES);
    /** A packet made here. */
    final ByteBuffer out = ByteBuffer.allocateDirect(SLAB_BYTES);
    /** A copy of a received packet, where more than one leg hears it. */
    final ByteBuffer copy = ByteBuffer.allocateDirect(SLAB_BYTES);
    /** A frame on its way to a packet. */
    final byte[] frame = new byte[SLAB_BYTES];

    private final int index;
    private final Selector selector;
    private final Thread thread;
    private final Commands commands = new Commands();
    private final AtomicBoolean awake = new AtomicBoolean(true);
    private final AtomicReferenceArray<@Nullable CrossRing> inbound;
    private final boolean[] crossed;
    private final Loop[] all;
    private final Limits limits;
    private final RtpPacket view = new RtpPacket();
    private final Map<CallThread, Wake> wakes = new IdentityHashMap<>();
    private final Consumer<SelectionKey> onReady = this::ready;
    private final CrossRing.Receiver onCrossed = this::deliver;

    private volatile boolean closed;
    private volatile long turnedAtNanos = System.nanoTime();
    private volatile long failures;
    private volatile long strangers;
    private volatile long eventsBehind;
    private volatile long digitsDropped;
    private Wake[] wakeList = {};

    Loop(int index, Loop[] all, Limits limits) {
        this.index = index;
        this.all = all;
        this.limits = limits;
        this.inbound = new AtomicReferenceArray<>(all.length);
        this.crossed = new boolean[all.length];
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.thread = Thread.ofPlatform().name("segue-media-" + index).daemon().unstarted(this);
    }

    void start() {
        thread.start();
    }

    Selector selector() {
        return selector;
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    Thread thread() {
        return thread;
    }

    long turnedAtNanos() {
        return turnedAtNanos;
    }

    long failures() {
        return failures;
    }

    /** Hands over and wakes the loop. Safe from any thread. */
    void post(Command command) {
        commands.push(command);
        wake();
    }

    /** Hands over; the loop finds it at its next turn. Safe from any thread. */
    void postQuietly(Command command) {
        commands.push(command);
    }

    void post(LongConsumer task) {
        post(new Command() {
            @Override
            void run(long nowNanos) {
                task.accept(nowNanos);
            }
        });
    }

    private void wake() {
        if (awake.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    void close() {
        closed = true;
        awake.set(true);
        selector.wakeup();
    }

    void join(long millis) throws InterruptedException {
        thread.join(millis);
    }

    @Override
    public void run() {
        try {
            while (!closed) {
                turn();
            }
            drainCommands(System.nanoTime());
        } catch (IOException e) {
            LOG.errorf(e, "media loop %d has ended", index);
        } finally {
            try {
                selector.close();
            } catch (IOException ignored) {
                // The thread ends anyway.
            }
        }
    }

    private void turn() throws IOException {
        long waitNanos = wheel.untilNext(System.nanoTime(), IDLE_MS_MAX * MILLI_NANOS);
        awake.set(false);
        if (waitNanos <= 0 || !commands.isEmpty() || crossing()) {
            selector.selectNow(onReady);
        } else {
            selector.select(onReady, Math.ceilDiv(waitNanos, MILLI_NANOS));
        }
        awake.set(true);
        pass(System.nanoTime());
    }

    /** What a turn does besides reading: what was asked for, what came from other loops, what is due, and who is to be told. */
    void pass(long now) {
        drainCommands(now);
        drainCrossings(now);
        wheel.advance(now);
        for (int i = 0; i < crossed.length; i++) {
            if (crossed[i]) {
                crossed[i] = false;
                all[i].wake();
            }
        }
        for (Wake wake : wakeList) {
            wake.flush();
        }
        turnedAtNanos = now;
    }

    private void ready(SelectionKey key) {
        try {
            ((Readable) key.attachment()).readable(System.nanoTime());
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void drainCommands(long now) {
        for (Command command = commands.poll(); command != null; command = commands.poll()) {
            try {
                command.run(now);
            } catch (RuntimeException e) {
                failed(e);
            }
        }
    }

    private boolean crossing() {
        for (int i = 0; i < inbound.length(); i++) {
            CrossRing ring = inbound.get(i);
            if (ring != null && !ring.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private void drainCrossings(long now) {
        for (int i = 0; i < inbound.length(); i++) {
            CrossRing ring = inbound.get(i);
            if (ring != null) {
                ring.drain(copy, onCrossed, now);
            }
        }
    }

    /** A bug shows itself: it costs what was being done, not the loop. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // One writer.
    void failed(RuntimeException e) {
        failures++;
        LOG.error("a media loop met a bug", e);
    }

    /** Sends a packet across to a sink of another loop. Called on this loop, which is the source's. */
    void cross(Leg source, Leg sink, ByteBuffer packet, int offset, int length, Strand strand, Law law) {
        Loop to = sink.loop();
        CrossRing ring = to.inbound.get(index);
        if (ring == null) {
            ring = new CrossRing(limits.crossingPacketsMax());
            to.inbound.set(index, ring);
        }
        ring.put(source, sink, packet, offset, length, strand, law);
        crossed[to.index] = true;
    }

    private void deliver(Leg source, Leg sink, int length, Strand strand, Law law, long now) {
        try {
            if (view.wrap(copy, 0, length)) {
                sink.egress().fromLeg(source, view, strand, law, now);
            }
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** A packet came from somewhere that is no peer's. Called on this loop. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // One writer.
    void stranger() {
        strangers++;
    }

    long strangers() {
        return strangers;
    }

    /** What became of an event that is no news any more. Called on this loop. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // One writer.
    void told(EventRing.Put outcome) {
        switch (outcome) {
            case IN_TIME -> {}
            case BEHIND -> eventsBehind++;
            case DROPPED -> digitsDropped++;
        }
    }

    long eventsBehind() {
        return eventsBehind;
    }

    long digitsDropped() {
        return digitsDropped;
    }

    long crossingsDropped() {
        long dropped = 0;
        for (int i = 0; i < inbound.length(); i++) {
            CrossRing ring = inbound.get(i);
            dropped += ring == null ? 0 : ring.dropped();
        }
        return dropped;
    }

    /** The way to a call thread for one more leg. Called on this loop. */
    Wake wayTo(CallThread to) {
        Wake wake = wakes.get(to);
        if (wake == null) {
            wake = new Wake(to, limits.loopEventsMax());
            wakes.put(to, wake);
            wakeList = wakes.values().toArray(Wake[]::new);
        }
        wake.added();
        return wake;
    }

    /** A leg has ended. Called on this loop. */
    void left(Wake wake) {
        if (wake.removed()) {
            wakes.remove(wake.thread());
            wakeList = wakes.values().toArray(Wake[]::new);
        }
    }
}
