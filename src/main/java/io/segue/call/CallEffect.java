package io.segue.call;

import io.segue.handoff.HandoffEffect;
import io.segue.handoff.HandoffState;
import io.segue.handoff.Reason;
import io.segue.turn.Turn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a call wants done. */
public sealed interface CallEffect {
    /** Open the agent's socket; {@code resumed}: the agent knows the caller already and does not greet again. */
    record ConnectAgent(boolean resumed) implements CallEffect {}

    /** Close the agent's socket. */
    record StopAgent(String why) implements CallEffect {}

    record CallerHears(Hearing what) implements CallEffect {}

    /** What the caller is sent is measured from now on: this is T0. */
    record Measure(long t0) implements CallEffect {}

    record TellAgent(String handoff, HandoffState state, Reason reason) implements CallEffect {}

    /**
     * The agent has the caller back.
     *
     * @param human who gave it back, where that is known
     * @param from when the caller began to hear the human, {@code System.nanoTime()}
     * @param to when the human gave the caller back
     */
    record TellReturned(
            List<Turn> said,
            @Nullable String note,
            @Nullable String human,
            long from,
            long to) implements CallEffect {}

    /** Say {@link CallEvent.OfHandoff} of {@code UtteranceEnded} when what the agent has queued is played. */
    record AwaitUtteranceEnd() implements CallEffect {}

    /** The human is told that the caller hangs on, or is gone; BYE to the caller. */
    record ReleaseCaller(Release why) implements CallEffect {}

    record Start(CallTimer timer, long ms) implements CallEffect {}

    record Stop(CallTimer timer) implements CallEffect {}

    /** Done by whoever finds humans and raises legs. */
    record OfHandoff(String handoff, HandoffEffect effect) implements CallEffect {}

    /** What the caller hears. */
    sealed interface Hearing {
        /** The agent; with {@code comfort} the filler steps in when it is mute. */
        record TheAgent(boolean comfort) implements Hearing {}

        record TheFiller() implements Hearing {}

        record TheHuman(String leg) implements Hearing {}

        /** That nobody can take the call. */
        record TheAnnouncement() implements Hearing {}
    }

    /** Why we hang up on a caller, with the Q.850 cause that the carrier is told. */
    enum Release {
        /** The human hung up, or an operator asked for it. */
        NORMAL(16, "Normal call clearing"),
        /** Neither agent nor human could be reached within the longest wait. */
        NOBODY(41, "Temporary failure"),
        /** The gateway goes away. */
        SHUTDOWN(41, "Temporary failure");

        private final int q850;
        private final String text;

        Release(int q850, String text) {
            this.q850 = q850;
            this.text = text;
        }

        public int q850() {
            return q850;
        }

        public String text() {
            return text;
        }
    }
}
