package io.segue.flow;

import io.segue.call.CallId;
import io.segue.flow.media.MediaLeg;
import io.segue.flow.record.Recordings;
import io.segue.flow.thread.Mailbox;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call's recording: what the caller says and hears from the answer to the end, but for what must not be kept. Used on the call's thread. */
final class RecordingSide {
    /** How it stands. */
    enum State {
        ON,
        PAUSED,
        ENDED,
        FAILED
    }

    /** What came of an order. */
    enum Change {
        DONE,
        /** It was so already. */
        SAME,
        NOT_RECORDED
    }

    private final CallId call;
    private final Outside outside;
    private final Mailbox mailbox;
    private final MediaLeg caller;
    private final CallRecorder recorder;
    private Recordings.@Nullable Recording recording;
    private @Nullable State state;
    private @Nullable String why;
    private long startedAt;
    private long endedAt;

    RecordingSide(CallId call, Outside outside, Mailbox mailbox, MediaLeg caller, CallRecorder recorder) {
        this.call = call;
        this.outside = outside;
        this.mailbox = mailbox;
        this.caller = caller;
        this.recorder = recorder;
    }

    void begin() {
        startedAt = outside.nanos().getAsLong();
        Recordings.Recording begun = outside.recordings().begin(call.hex(), wrong -> mailbox.post(() -> failed(wrong)));
        recording = begun;
        caller.copyTo(begun);
        become(State.ON, "started");
    }

    private void become(State next, String told) {
        state = next;
        recorder.recording(told);
    }

    private void failed(String wrong) {
        caller.copyTo(null);
        why = wrong;
        endedAt = outside.nanos().getAsLong();
        become(State.FAILED, "failed");
    }

    /** The caller pressed a digit. */
    void digit() {
        if (recording != null) {
            recording.digit(outside.nanos().getAsLong());
        }
    }

    /** Pauses it, or goes on with it. */
    Change change(boolean on) {
        Recordings.Recording now = recording;
        if (now == null || state != State.ON && state != State.PAUSED) {
            return Change.NOT_RECORDED;
        }
        if (on == (state == State.ON)) {
            return Change.SAME;
        }
        long at = outside.nanos().getAsLong();
        if (on) {
            now.resume(at);
            become(State.ON, "resumed");
        } else {
            now.pause(at);
            become(State.PAUSED, "paused");
        }
        return Change.DONE;
    }

    /** The call is over. */
    void end() {
        if (recording != null && (state == State.ON || state == State.PAUSED)) {
            endedAt = outside.nanos().getAsLong();
            caller.copyTo(null);
            recording.end(endedAt);
            become(State.ENDED, "ended");
        }
    }

    /** The contact is erased: nothing is kept, and nothing was. */
    void forget() {
        if (recording != null) {
            caller.copyTo(null);
            recording.discard();
            recording = null;
            state = null;
        }
    }

    /** {@code {"state","startedAt","endedAt","gaps","detail"}}; null where the call is not recorded. */
    @Nullable
    Map<String, Object> document(CallDocuments.Wall wall) {
        State now = state;
        if (now == null || recording == null) {
            return null;
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("state", now.name().toLowerCase(Locale.ROOT));
        document.put("startedAt", wall.at(startedAt));
        if (now == State.ENDED || now == State.FAILED) {
            document.put("endedAt", wall.at(endedAt));
        }
        if (recording.gaps() > 0) {
            document.put("gaps", recording.gaps());
        }
        if (why instanceof String detail) {
            document.put("detail", detail);
        }
        return document;
    }
}
