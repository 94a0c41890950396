package io.segue.sip.dialog;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the application is told of a leg. {@link Ended} or {@link Failed} comes exactly once and last, whichever side ends it and however.
 * SDP is opaque here.
 */
public sealed interface News extends Effect {
    /** The caller's INVITE brought an offer: {@link Command.Answer} or {@link Command.Reject} it. */
    record Offered(String sdp) implements News {}

    /** An INVITE or re-INVITE without SDP: {@link Command.Answer} or {@link Command.Accept} makes the offer, its answer comes by {@link Answered}. */
    record OfferAsked() implements News {}

    /** The answer to our offer: in the 2xx to our INVITE or re-INVITE, or in the ACK of a delayed offer. */
    record Answered(String sdp) implements News {}

    /**
     * A provisional answer to our INVITE.
     *
     * @param status 101 to 199
     * @param sdp early media; with several forks each has its own
     */
    record Progress(int status, @Nullable String sdp) implements News {}

    /** The leg is up: our 2xx was acknowledged, or theirs came (after {@link Answered}). */
    record Established() implements News {}

    /**
     * The 2xx crossed our CANCEL (after {@link Answered} would have come). The leg is up: keep it if nobody has won, else {@link Command.HangUp}
     * with {@link Reason#COMPLETED_ELSEWHERE}.
     */
    record AnsweredLate(String sdp) implements News {}

    /** An offer on the running session, by re-INVITE or UPDATE (hold, unhold, a new address): {@link Command.Accept} or {@link Command.Refuse}. */
    record RemoteChanged(String sdp) implements News {}

    /** Our re-INVITE was not accepted; the session stays as it was. 491 only when the peer changed it meanwhile: offer anew if still wanted. */
    record OfferRefused(int status) implements News {}

    /** A digit by INFO: {@code 0} to {@code 9}, {@code *}, {@code #}, {@code A} to {@code D}. */
    record Digit(char digit) implements News {}

    /** An INFO that is no digit; it has been answered 200. */
    record Info(String contentType, String body) implements News {}

    /**
     * The leg is over. Nothing but signalling of the past follows.
     *
     * @param who whose doing it is
     * @param status the SIP status that tells it best: 200 after BYE, 487 after CANCEL, the status of our refusal, 408 without ACK
     * @param reasons what the Reason headers said, theirs or ours
     */
    record Ended(Who who, Why why, int status, List<Reason> reasons) implements News {}

    /**
     * Our INVITE came to nothing.
     *
     * @param status the final status as it came; 408 without an answer, 503 when it could not be sent, 488 for a 2xx without SDP
     * @param reason the reason phrase as it came
     * @param retryAfterSeconds of a Retry-After
     * @param contacts where a 3xx points
     */
    record Failed(
            Fault fault,
            int status,
            String reason,
            OptionalLong retryAfterSeconds,
            List<Reason> reasons,
            List<String> contacts)
            implements News {}

    /** A side of the leg. */
    enum Who {
        WE,
        PEER
    }

    /** How a leg ended. */
    enum Why {
        /** A BYE. */
        BYE,
        /** The INVITE was cancelled. */
        CANCELLED,
        /** We refused the INVITE. */
        REJECTED,
        /** Our 2xx was never acknowledged. */
        NO_ACK,
        /** The ACK brought no answer to our offer. */
        NO_ANSWER_IN_ACK,
        /** A request on the dialog was answered 408 or 481, or not at all. */
        DIALOG_LOST
    }

    /** Whose fault it is that an INVITE came to nothing. */
    enum Fault {
        /** The peer said no (3xx to 6xx). */
        REFUSED,
        /** It wants credentials that we do not have, or did not take them. */
        CHALLENGED,
        /** No final answer. */
        NO_RESPONSE,
        /** It could not be sent. */
        UNREACHABLE,
        /** A 2xx without SDP; it was acknowledged and ended. */
        NO_SDP
    }
}
