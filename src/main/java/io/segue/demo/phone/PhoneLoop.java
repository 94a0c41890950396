package io.segue.demo.phone;

import io.segue.demo.ear.Slips;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** The one thread of a bank: sockets, timers, and a wheel of twenty 1 ms slots with absolute deadlines that paces all RTP. */
final class PhoneLoop {
    /** Something on a socket of this loop that can be read. */
    @FunctionalInterface
    interface SocketReader {
        void read() throws IOException;
    }

    private static final Logger LOG = Logger.getLogger(PhoneLoop.class);
    private static final int SLOTS = 20;
    private static final long TICK_NANOS = 1_000_000;

    final Selector selector;
    final Slips slips = new Slips();
    private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>((a, b) -> Long.signum(a.at - b.at));
    private final List<List<RtpStream>> wheel = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(2048);
    private final Consumer<SelectionKey> onReady = this::ready;
    private final Thread thread;
    private volatile boolean open = true;
    private int nextSlot;

    PhoneLoop(String name) throws IOException {
        selector = Selector.open();
        for (int i = 0; i < SLOTS; i++) {
            wheel.add(new ArrayList<>());
        }
        thread = Thread.ofPlatform().daemon().name("phones-" + name).unstarted(this::loop);
    }

    void start() {
        thread.start();
    }

    void run(Runnable order) {
        orders.add(order);
        selector.wakeup();
    }

    /** Does something later, on the loop; the answer takes it back. */
    Timer after(long millis, Runnable what) {
        Timer timer = new Timer(System.nanoTime() + millis * 1_000_000, what);
        timers.add(timer);
        return timer;
    }

    void pace(RtpStream stream) {
        // 7 and 20 share no divisor: neighbours lie apart and all slots fill evenly.
        nextSlot = (nextSlot + 7) % SLOTS;
        wheel.get(nextSlot).add(stream);
    }

    void drop(RtpStream stream) {
        wheel.forEach(slot -> slot.remove(stream));
        stream.close();
    }

    private void loop() {
        long base = System.nanoTime();
        long tick = 0;
        while (open) {
            try {
                long now = System.nanoTime();
                for (; now - (base + tick * TICK_NANOS) >= 0; tick++) {
                    slips.note(now, now - (base + tick * TICK_NANOS));
                    List<RtpStream> due = wheel.get((int) (tick % SLOTS));
                    for (int i = 0; i < due.size(); i++) {
                        due.get(i).tick(now);
                    }
                    now = System.nanoTime();
                }
                fire(now);
                // Rounds up to whole milliseconds, so a tick may be late by one, never early.
                selector.select(onReady, 1);
                for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
                    order.run();
                }
            } catch (IOException | RuntimeException e) {
                LOG.warn("a phone stumbled", e);
            }
        }
    }

    private void fire(long now) {
        for (Timer next = timers.peek(); next != null && now - next.at >= 0; next = timers.peek()) {
            timers.remove();
            if (!next.cancelled) {
                next.what.run();
            }
        }
    }

    private void ready(SelectionKey key) {
        if (key.attachment() instanceof RtpStream stream) {
            stream.take(in);
        } else if (key.attachment() instanceof SocketReader readable) {
            try {
                readable.read();
            } catch (IOException e) {
                LOG.debug("a socket could not be read", e);
                key.cancel();
            }
        }
    }

    void close() {
        open = false;
        selector.wakeup();
        try {
            thread.join(2_000);
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Something to be done at a moment, unless it is cancelled before. */
    static final class Timer {
        private final long at;
        private final Runnable what;
        private boolean cancelled;

        Timer(long at, Runnable what) {
            this.at = at;
            this.what = what;
        }

        void cancel() {
            cancelled = true;
        }
    }
}
