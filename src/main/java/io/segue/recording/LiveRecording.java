package io.segue.recording;

import io.segue.flow.record.Recordings.Listener;
import io.segue.flow.record.Recordings.Recording;
import io.segue.rtp.G711;
import io.segue.rtp.Law;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** One call while it is recorded: what the loop puts in, what the call orders, and what the writer makes of both. */
final class LiveRecording implements Recording {
    /** Written at least so much at once. */
    private static final int BLOCK_SAMPLES = WavHeader.RATE / 2;

    private static final int NANOS_PER_SAMPLE = 125_000;

    /** What the call wants. */
    private sealed interface Order {
        record Digit(long at) implements Order {}

        record Pause(long at) implements Order {}

        record Resume(long at) implements Order {}

        record End(long at) implements Order {}
    }

    /** Opens the file, which may be refused. */
    @FunctionalInterface
    interface Opening {
        RecordingFile open() throws IOException;
    }

    final String callId;
    private final Listener listener;
    private final Limits limits;
    private final long startNanos;
    private final PacketRing ring;
    private final Queue<Order> orders = new ConcurrentLinkedQueue<>();
    private volatile boolean over;
    private volatile boolean discarded;

    // The writer's own.
    private final Placement[] placements = {new Placement(), new Placement()};
    private final Mutes mutes;
    private final Window window;
    private final PacketRing.Sink placing = this::place;
    private final int holdBackSamples;
    private @Nullable RecordingFile file;
    private long end = Long.MAX_VALUE;

    /** @param digitsMs silence after the last digit of a run; 0: digits are of no matter */
    LiveRecording(String callId, Listener listener, Limits limits, long digitsMs, long startNanos) {
        this.callId = callId;
        this.listener = listener;
        this.limits = limits;
        this.startNanos = startNanos;
        this.ring = new PacketRing(limits.placesMax());
        this.mutes = new Mutes(digitsMs * WavHeader.RATE / 1000);
        this.holdBackSamples = limits.holdBackMs() * WavHeader.RATE / 1000;
        this.window = new Window(2 * holdBackSamples, this::write);
    }

    @Override
    public void said(Law law, ByteBuffer from, int offset, int length, int ssrc, int timestamp, long atNanos) {
        put(Side.CALLER, law, from, offset, length, ssrc, timestamp, atNanos);
    }

    @Override
    public void sent(Law law, ByteBuffer from, int offset, int length, int ssrc, int timestamp, long atNanos) {
        put(Side.OTHER, law, from, offset, length, ssrc, timestamp, atNanos);
    }

    private void put(Side side, Law law, ByteBuffer from, int offset, int length, int ssrc, int timestamp, long at) {
        if (!over) {
            ring.put(side, law, from, offset, length, ssrc, timestamp, at);
        }
    }

    @Override
    public void digit(long atNanos) {
        orders.add(new Order.Digit(position(atNanos)));
    }

    @Override
    public void pause(long atNanos) {
        orders.add(new Order.Pause(position(atNanos)));
    }

    @Override
    public void resume(long atNanos) {
        orders.add(new Order.Resume(position(atNanos)));
    }

    @Override
    public void end(long atNanos) {
        orders.add(new Order.End(position(atNanos)));
    }

    @Override
    public void discard() {
        discarded = true;
        over = true;
    }

    @Override
    public long gaps() {
        return ring.left();
    }

    private long position(long atNanos) {
        return Math.max(0, (atNanos - startNanos) / NANOS_PER_SAMPLE);
    }

    // Called on the writer's thread.

    /** Writes what is due; whether the recording goes on. */
    boolean turn(long now, Opening opening) throws IOException {
        RecordingFile open = file;
        if (discarded) {
            if (open != null) {
                open.close();
            }
            return false;
        }
        if (open == null) {
            open = opening.open();
            file = open;
        }
        for (Order order = orders.poll(); order != null; order = orders.poll()) {
            obey(order);
        }
        try {
            ring.drain(placing);
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause());
        }
        if (end != Long.MAX_VALUE) {
            over = true;
            window.flushTo(end);
            open.finish();
            return false;
        }
        long due = position(now) - holdBackSamples;
        if (due - window.base() >= BLOCK_SAMPLES) {
            window.flushTo(due);
        }
        return true;
    }

    private void obey(Order order) {
        switch (order) {
            case Order.Digit(long at) -> window.silenceFrom(mutes.digit(at));
            case Order.Pause(long at) -> {
                mutes.pause(at);
                window.silenceFrom(at);
            }
            case Order.Resume(long at) -> mutes.resume(at);
            case Order.End(long at) -> end = at;
        }
    }

    private void place(
            Side side, Law law, byte[] octets, int offset, int length, int ssrc, int timestamp, long atNanos) {
        long position = placements[side.ordinal()].place(ssrc, timestamp, length, position(atNanos));
        if (mutes.mutes(position) || mutes.mutes(position + length - 1)) {
            return;
        }
        G711.convert(law, Law.ULAW, octets, offset, length);
        try {
            window.put(side, position, octets, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(ByteBuffer audio) throws IOException {
        RecordingFile open = file;
        if (open == null) {
            throw new IllegalStateException("written to before it is open");
        }
        if (open.dataBytes() + audio.remaining() + WavHeader.BYTES > limits.callBytesMax()) {
            throw new IOException("it has its " + limits.callBytesMax() + " bytes (segue.recording.call-bytes-max)");
        }
        open.write(audio);
    }

    /** Gives it up; what is written keeps its value where that can be. */
    void fail(String why) {
        over = true;
        listener.failed(why);
    }

    /** Ends the file as it is, after a failure. */
    void salvage() throws IOException {
        RecordingFile open = file;
        if (open != null) {
            open.finish();
        }
    }

    boolean isOpen() {
        return file != null;
    }

    boolean isDiscarded() {
        return discarded;
    }

    long dataBytes() {
        RecordingFile open = file;
        return open == null ? 0 : open.dataBytes();
    }
}
