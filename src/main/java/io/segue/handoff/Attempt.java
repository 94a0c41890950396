package io.segue.handoff;

import org.jspecify.annotations.Nullable;

/**
 * One phone that was rung.
 *
 * @param leg the leg's id, the handoff's id, a dot and an ordinal
 * @param human whose phone; none for a SIP URI outside
 * @param uri the SIP URI outside; none for a human
 * @param why how it came to nothing; none while something may come of it
 * @param evidence what the phone said, for instance {@code 486 Busy Here}
 */
public record Attempt(
        String leg,
        @Nullable String human,
        @Nullable String uri,
        Stage stage,
        @Nullable Reason why,
        String evidence) {

    /** Where an attempt stands. */
    public enum Stage {
        /** The INVITE is out. */
        RAISED,
        /** The phone rings. */
        RINGING,
        /** It was cancelled; its answer may still cross the CANCEL. */
        CANCELLING,
        /** It has answered and is the handoff's. */
        WON,
        /** Nothing more comes of it. */
        OVER
    }

    /** Whether the phone may still answer without having been cancelled. */
    boolean pending() {
        return stage == Stage.RAISED || stage == Stage.RINGING;
    }

    Attempt at(Stage next) {
        return new Attempt(leg, human, uri, next, why, evidence);
    }

    /** An answer that crossed a CANCEL makes up for the reason of the CANCEL. */
    Attempt won() {
        return new Attempt(leg, human, uri, Stage.WON, null, evidence);
    }

    Attempt over(Reason reason, String said) {
        return new Attempt(leg, human, uri, Stage.OVER, reason, said);
    }

    Attempt cancelling(Reason reason) {
        return new Attempt(leg, human, uri, Stage.CANCELLING, reason, evidence);
    }
}
