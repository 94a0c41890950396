package io.segue.call;

import io.segue.audit.Actor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One supervisor on a call, from the order to the end.
 *
 * @param id the call's id, {@code -v} and an ordinal: who holds the human at the desk meanwhile
 * @param human the supervisor
 * @param by whose order it is; of the latest order, where the mode was changed
 * @param ended how it ended; none before that
 * @param detail what the phone said where it could not be reached, else empty
 */
public record Supervision(
        String id,
        String human,
        Mode mode,
        State state,
        Actor by,
        @Nullable End ended,
        String detail) {

    /** Who hears the supervisor. The supervisor hears both sides in each of them. */
    public enum Mode {
        /** Nobody. */
        LISTEN,
        /** The human who has the caller, and not the caller. */
        WHISPER,
        /** Everybody. */
        BARGE;

        /** As it stands on every wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How far it has come. */
    public enum State {
        ASKED,
        RINGING,
        UP,
        ENDED;

        /** As it stands on every wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How it ended. */
    public enum End {
        /** Another call has that human. */
        NOT_FREE,
        NO_ANSWER,
        /** The phone refused, or cannot be reached. */
        FAILED,
        /** By order. */
        DISMISSED,
        /** The supervisor hung up, or their leg was lost. */
        HUNG_UP,
        /** The call was over. */
        CALL_OVER;

        /** As it stands on every wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether nothing more comes of it. */
    public boolean over() {
        return state == State.ENDED;
    }

    Supervision in(State next) {
        return new Supervision(id, human, mode, next, by, ended, detail);
    }

    Supervision with(Mode next, Actor whose) {
        return new Supervision(id, human, next, state, whose, ended, detail);
    }

    Supervision ended(End how, String evidence) {
        return new Supervision(id, human, mode, State.ENDED, by, how, evidence);
    }
}
