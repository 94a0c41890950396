package io.segue.recording;

import io.segue.flow.record.Recordings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Recordings as files of a directory. One thread writes for all calls, ten times a second; another looks after what is there. A disk that is slow costs gaps of silence, one that fails costs
 * recordings; neither costs a call.
 */
public final class FileRecordings implements Recordings, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(FileRecordings.class);
    private static final int EVERY_MS = 100;
    private static final long GOODBYE_MS_MAX = 2_000;

    private final Shelf shelf;
    private final Limits limits;
    private final Rules rules;
    private final LongSupplier nanos;
    private final InstantSource clock;
    private final Map<String, LiveRecording> live = new ConcurrentHashMap<>();
    private final ScheduledExecutorService writer = thread("segue-recording");
    private final ScheduledExecutorService keeper = thread("segue-recordings-kept");
    private final AtomicLong bytes = new AtomicLong();
    private final LongAdder begun = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder gaps = new LongAdder();

    /**
     * What is kept of a call, and for how long.
     *
     * @param digitsSilence how long nothing is kept after a digit; zero: digits are of no matter
     * @param retention how long a recording is kept; none: for good
     * @param deleted told how many were deleted for their age
     */
    public record Rules(Duration digitsSilence, Optional<Duration> retention, IntConsumer deleted) {}

    /**
     * @param nanos the monotonic clock, the one that media loops stamp packets by
     * @param clock the clock on the wall, which files' ages are told by
     */
    public FileRecordings(Path directory, Limits limits, Rules rules, LongSupplier nanos, InstantSource clock) {
        this.shelf = new Shelf(directory);
        this.limits = limits;
        this.rules = rules;
        this.nanos = nanos;
        this.clock = clock;
        var writing = writer.scheduleWithFixedDelay(this::turn, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
        var keeping = keeper.scheduleWithFixedDelay(this::sweep, 0, 1, TimeUnit.HOURS);
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    @Override
    public Recording begin(String callId, Listener listener) {
        LiveRecording recording = new LiveRecording(
                callId, listener, limits, rules.digitsSilence().toMillis(), nanos.getAsLong());
        live.put(callId, recording);
        begun.increment();
        return recording;
    }

    @Override
    public Optional<Stored> find(String callId) {
        return shelf.find(callId);
    }

    @Override
    public CompletionStage<Boolean> delete(String callId) {
        Optional.ofNullable(live.get(callId)).ifPresent(LiveRecording::discard);
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        keeper.execute(() -> {
            try {
                done.complete(remove(callId));
            } catch (IOException | RuntimeException e) {
                LOG.errorf("The recording of call %s cannot be deleted: %s", callId, e);
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private boolean remove(String callId) throws IOException {
        long had = shelf.find(callId).map(Stored::bytes).orElse(0L);
        boolean was = shelf.delete(callId);
        bytes.addAndGet(-had);
        return was;
    }

    /** On the writer's thread: a turn for every call. */
    private void turn() {
        live.values().forEach(this::turn);
    }

    private void turn(LiveRecording recording) {
        long before = recording.dataBytes();
        boolean goesOn = false;
        try {
            goesOn = recording.turn(nanos.getAsLong(), () -> open(recording));
            if (!goesOn && recording.isDiscarded()) {
                remove(recording.callId);
            }
        } catch (IOException e) {
            fail(recording, String.valueOf(e.getMessage() == null ? e : e.getMessage()));
        } catch (RuntimeException bug) {
            LOG.error("recording met a bug", bug);
            fail(recording, "a fault of ours");
        }
        bytes.addAndGet(recording.dataBytes() - before);
        if (!goesOn) {
            live.remove(recording.callId, recording);
            gaps.add(recording.gaps());
            if (recording.gaps() > 0) {
                LOG.warnf(
                        "%d frames of 20 ms are missing in the recording of call %s: the disk is slow",
                        recording.gaps(), recording.callId);
            }
        }
    }

    private RecordingFile open(LiveRecording recording) throws IOException {
        long open = live.values().stream().filter(LiveRecording::isOpen).count();
        if (open >= limits.callsMax()) {
            throw new IOException(limits.callsMax() + " calls are being recorded (segue.recording.calls-max)");
        }
        if (bytes.get() >= limits.bytesMax()) {
            throw new IOException(
                    "there are " + limits.bytesMax() + " bytes of recordings (segue.recording.bytes-max)");
        }
        return shelf.create(recording.callId);
    }

    private void fail(LiveRecording recording, String why) {
        failed.increment();
        LOG.errorf("Call %s is not recorded any more, and goes on: %s", recording.callId, why);
        recording.fail(why);
        try {
            recording.salvage();
        } catch (IOException e) {
            LOG.errorf("The recording of call %s stays as it is: %s", recording.callId, e);
        }
    }

    private void sweep() {
        try {
            Instant now = clock.instant();
            Shelf.Sweep swept = shelf.sweep(
                    rules.retention().map(now::minus).orElse(Instant.MIN),
                    now.minusMillis(limits.abandonedMs()),
                    live::containsKey);
            bytes.set(swept.bytes());
            if (swept.deleted() > 0) {
                LOG.infof("Kept for long enough and deleted: %d recordings", swept.deleted());
                rules.deleted().accept(swept.deleted());
            }
        } catch (IOException | RuntimeException e) {
            LOG.errorf(e, "What is recorded cannot be looked after");
        }
    }

    /** Calls that are being recorded. */
    public int live() {
        return live.size();
    }

    public long begun() {
        return begun.sum();
    }

    public long failed() {
        return failed.sum();
    }

    /** Frames of 20 ms that there was no time to write. */
    public long gaps() {
        return gaps.sum()
                + live.values().stream().mapToLong(LiveRecording::gaps).sum();
    }

    /** What all recordings take, as of the last look and what was written since. */
    public long bytes() {
        return bytes.get();
    }

    /** Ends what is being recorded, and the threads. */
    @Override
    public void close() {
        live.values().forEach(recording -> recording.end(nanos.getAsLong()));
        writer.execute(this::turn);
        writer.shutdown();
        keeper.shutdown();
        try {
            if (!writer.awaitTermination(GOODBYE_MS_MAX, TimeUnit.MILLISECONDS)) {
                LOG.warn("Recordings are left as they are: the disk is slow");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
