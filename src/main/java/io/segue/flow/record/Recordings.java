package io.segue.flow.record;

import io.segue.flow.media.LegTap;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Records calls, and knows what was recorded. No call waits for it, and none ends because of it. */
public interface Recordings {
    /** Begins to record a call; what goes wrong is told. Never blocks. */
    Recording begin(String callId, Listener listener);

    /** What there is of a call, also while it goes on. Reads the disk. */
    Optional<Stored> find(String callId);

    /** Deletes what there is of a call; whether there was anything. Fails where it is still there. */
    CompletionStage<Boolean> delete(String callId);

    /** A call that is being recorded: its audio goes in by {@link LegTap}, what is to be done with it by the rest, from any thread. */
    interface Recording extends LegTap {
        /** The caller pressed a digit: nothing around it is kept. */
        void digit(long atNanos);

        /** Nothing is kept from now on, but time goes on. */
        void pause(long atNanos);

        void resume(long atNanos);

        /** The call is over. */
        void end(long atNanos);

        /** Nothing of it is kept, of what was and of what comes. */
        void discard();

        /** Packets of 20 ms that the writer was too slow for. */
        long gaps();
    }

    /** Told on any thread. */
    @FunctionalInterface
    interface Listener {
        /** It was given up; what was written until then can be played. */
        void failed(String why);
    }

    /**
     * A recording: a WAV file of two channels.
     *
     * @param bytes its length now
     * @param changedAt when it was written to last
     */
    record Stored(Path file, long bytes, Instant changedAt) {}
}
