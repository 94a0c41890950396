package io.segue.insight;

import io.segue.handoff.HandoffState;
import io.segue.handoff.Reason;
import java.util.List;
import java.util.stream.Stream;

/**
 * When a human's stretch has survived: it lasted {@link #SECONDS}, or it ended before because somebody hung up in due form or the human gave the caller
 * back. A leg that was lost, a fault, a limit and a gateway that went away are no such ends.
 */
public final class Survival {
    /** Five minutes. */
    public static final int SECONDS = 300;

    /** How a hang-up in due form begins where the end of a leg is told: a BYE. */
    public static final String DUE_FORM = "BYE";

    private Survival() {}

    /** The outcomes of a handoff that are somebody's own doing. */
    public static List<String> outcomes() {
        return Stream.of(Reason.CALLER_HUNG_UP, Reason.HUMAN_HUNG_UP, Reason.OPERATOR_HUNG_UP, Reason.RETURNED)
                .map(Reason::wire)
                .toList();
    }

    /** The state of a handoff whose human gave the caller back. */
    public static String givenBack() {
        return HandoffState.RETURNED.wire();
    }
}
