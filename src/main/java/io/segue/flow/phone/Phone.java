package io.segue.flow.phone;

import io.segue.flow.leg.LegRecord;
import io.segue.flow.media.MediaLeg;
import io.segue.flow.media.Source;
import io.segue.handoff.HandoffEffect.Why;
import io.segue.handoff.Reason;

/** A human's phone that is being rung, or is up. Called on the call's thread. */
public interface Phone {
    /** Starts ringing; the listener is told of nothing before. */
    void begin();

    /** Whether it has to ring first; one that stands by does not. */
    boolean rings();

    /** What the human says and hears. */
    MediaLeg media();

    /** The human hears this from now on; a leg that stands by a short tone first. */
    void hear(Source source);

    /** Digits for the human; not those that the media plane takes on. */
    void digits(String digits);

    /** A digit came by RTP from the caller, whom the human hears. */
    void relayed(char digit);

    /** Cancels it or hangs it up; a leg that stands by is only let go. */
    void drop(Why why);

    /** As it stands in the records. */
    LegRecord leg();

    /** Told what the phone does, on the call's thread. After {@link #failed} or {@link #gone} nothing more comes. */
    interface Listener {
        void ringing();

        void answered();

        /** The first RTP packet has come. */
        void heard();

        void failed(Reason why, String evidence);

        void gone(String evidence);

        void holds(boolean holding);

        /** Whether the phone that is up can be signalled to: a browser's WebSocket is gone, or is there again. */
        default void reachable(boolean is) {}

        /**
         * The human pressed a digit.
         *
         * @param byRtp else by INFO
         */
        void digit(char digit, boolean byRtp);
    }
}
