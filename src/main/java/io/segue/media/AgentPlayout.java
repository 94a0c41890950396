package io.segue.media;

import io.segue.flow.media.LegEvent;
import io.segue.flow.media.Playout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One leg's {@link Playout}: its methods hand over to the loop, where the queue lives. Holds no chunk while it is empty. */
final class AgentPlayout implements Playout {
    private static final long UTTERANCE_END_NANOS = 200_000_000;
    private static final int NANOS_PER_SAMPLE = 125_000;

    private final class Mark extends PlayoutItem {
        private final String name;

        private Mark(String name) {
            this.name = name;
        }

        @Override
        void run(long nowNanos) {
            marked(this);
        }
    }

    private final Leg leg;
    private final Loop loop;
    private final ChunkPool pool;
    private final int bytesMax;
    private final int marksMax;

    // On the call's thread alone.
    private long refused;

    // On the loop alone.
    private @Nullable PlayoutItem head;
    private @Nullable PlayoutItem tail;
    private @Nullable PlayoutItem firstReached;
    private @Nullable PlayoutItem lastReached;
    private int bytes;
    private int marks;
    private boolean left;
    private boolean held;
    private boolean playing;
    private boolean markLast;
    private boolean awaitingEnd;
    private long endedAtNanos;
    private long discarded;
    private long underruns;

    AgentPlayout(Leg leg, Loop loop, ChunkPool pool, Limits limits, long nowNanos) {
        this.leg = leg;
        this.loop = loop;
        this.pool = pool;
        this.bytesMax = limits.backlogMsMax() * 8;
        this.marksMax = limits.marksMax();
        this.endedAtNanos = nowNanos;
    }

    @Override
    public void play(byte[] ulaw, int offset, int length) {
        if (leg.isClosed()) {
            return;
        }
        // Of more than the whole backlog only the end could ever be heard.
        int at = offset + Math.max(0, length - bytesMax);
        refused += at - offset;
        int end = offset + length;
        while (at < end) {
            Chunk chunk = pool.take();
            if (chunk == null) {
                refused += end - at;
                return;
            }
            int take = Math.min(Chunk.BYTES, end - at);
            System.arraycopy(ulaw, at, chunk.octets, 0, take);
            chunk.from = 0;
            chunk.to = take;
            chunk.playout = this;
            at += take;
            // No wake-up: the loop comes by before the next packet is due.
            loop.postQuietly(chunk);
        }
    }

    @Override
    public void mark(String name) {
        loop.post(new Mark(name));
    }

    @Override
    public void clear() {
        leg.onLoop(now -> drop());
    }

    @Override
    public void awaitUtteranceEnd() {
        leg.onLoop(now -> {
            awaitingEnd = true;
            if (bytes == 0 && marks == 0) {
                utterance(now);
            }
        });
    }

    void arrived(Chunk chunk, long nowNanos) {
        if (left || leg.isClosed()) {
            discarded += chunk.length();
            pool.giveBack(chunk);
            return;
        }
        bytes += chunk.length();
        if (tail instanceof Chunk last && Chunk.BYTES - last.to >= chunk.length()) {
            System.arraycopy(chunk.octets, chunk.from, last.octets, last.to, chunk.length());
            last.to += chunk.length();
            pool.giveBack(chunk);
        } else {
            append(chunk);
        }
        held = false;
        while (bytes > bytesMax) {
            discarded += skip(bytes - bytesMax);
        }
    }

    private void marked(Mark mark) {
        if (left) {
            played(mark);
            return;
        }
        append(mark);
        marks++;
        while (marks > marksMax) {
            discarded += skipToMark();
        }
    }

    private void append(PlayoutItem item) {
        item.after = null;
        PlayoutItem last = tail;
        if (last == null) {
            head = item;
        } else {
            last.after = item;
        }
        tail = item;
    }

    /** Fills a packet with what comes next; false where silence has to do. Called once per packet while this is what is heard. */
    boolean fill(byte[] frame, int samples, long nowNanos) {
        echoMarks();
        // What is too little for a packet waits one packet long for the rest of it, unless a mark says that nothing
        // follows.
        boolean wait = bytes < samples && marks == 0 && !held;
        if (bytes == 0 || wait) {
            underruns += playing ? 1 : 0;
            held = bytes > 0;
            quiet(nowNanos);
            return false;
        }
        held = false;
        int at = 0;
        while (at < samples && head != null) {
            if (head instanceof Chunk chunk) {
                int take = Math.min(samples - at, chunk.length());
                System.arraycopy(chunk.octets, chunk.from, frame, at, take);
                at += take;
                consume(chunk, take);
            } else if (head instanceof Mark mark) {
                remove(mark);
                reached(mark);
            }
        }
        Arrays.fill(frame, at, samples, (byte) 0xFF);
        markLast = false;
        endedAtNanos = nowNanos + (long) samples * NANOS_PER_SAMPLE;
        if (!playing) {
            playing = true;
            leg.tell(new LegEvent.Playing(true, nowNanos));
        }
        return true;
    }

    /** A mark within a packet waits until that packet has been played. */
    private void reached(Mark mark) {
        PlayoutItem last = lastReached;
        if (last == null) {
            firstReached = mark;
        } else {
            last.after = mark;
        }
        lastReached = mark;
    }

    private void echoMarks() {
        PlayoutItem item = firstReached;
        firstReached = null;
        lastReached = null;
        while (item instanceof Mark mark) {
            item = mark.after;
            mark.after = null;
            marks--;
            played(mark);
        }
        while (head instanceof Mark mark) {
            remove(mark);
            marks--;
            played(mark);
        }
    }

    private void played(Mark mark) {
        markLast = true;
        leg.tell(new LegEvent.MarkPlayed(mark.name));
    }

    private void quiet(long nowNanos) {
        if (playing && bytes == 0 && nowNanos - endedAtNanos >= UTTERANCE_END_NANOS) {
            playing = false;
            leg.tell(new LegEvent.Playing(false, endedAtNanos));
        }
        utterance(nowNanos);
    }

    private void utterance(long nowNanos) {
        if (awaitingEnd
                && bytes == 0
                && marks == 0
                && (left || markLast || nowNanos - endedAtNanos >= UTTERANCE_END_NANOS)) {
            awaitingEnd = false;
            leg.tell(new LegEvent.UtteranceEnded(nowNanos));
        }
    }

    private void consume(Chunk chunk, int length) {
        chunk.from += length;
        bytes -= length;
        if (chunk.length() == 0) {
            remove(chunk);
            pool.giveBack(chunk);
        }
    }

    private void remove(PlayoutItem first) {
        head = first.after;
        first.after = null;
        if (head == null) {
            tail = null;
        }
    }

    /** Drops so much of the oldest audio; marks that had to be waited for with it are echoed. */
    private int skip(int length) {
        echoMarks();
        if (!(head instanceof Chunk chunk)) {
            return 0;
        }
        int take = Math.min(length, chunk.length());
        consume(chunk, take);
        return take;
    }

    private int skipToMark() {
        int skipped = 0;
        int before = marks;
        while (marks == before) {
            skipped += skip(Chunk.BYTES);
        }
        return skipped;
    }

    /** Empties the queue and echoes its marks, in order. */
    private int drop() {
        int dropped = bytes;
        echoMarks();
        while (head != null) {
            if (head instanceof Chunk chunk) {
                consume(chunk, chunk.length());
            } else {
                echoMarks();
            }
        }
        held = false;
        return dropped;
    }

    /** The leg hears something else now: what waits is dropped, what comes later is discarded. */
    void leave(long nowNanos) {
        left = true;
        discarded += drop();
        if (playing) {
            playing = false;
            leg.tell(new LegEvent.Playing(false, nowNanos));
        }
        utterance(nowNanos);
    }

    /** The leg hears this again, or is going to. */
    void enter() {
        left = false;
    }

    /** When the audio played last came to its end. */
    long endedAtNanos() {
        return endedAtNanos;
    }

    long discardedBytes() {
        return discarded + refused;
    }

    long underruns() {
        return underruns;
    }
}
