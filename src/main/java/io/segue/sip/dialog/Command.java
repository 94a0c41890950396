package io.segue.sip.dialog;

import io.segue.sip.message.Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the application wants of a leg. A command that does not fit the leg's state (any more) does nothing. */
public sealed interface Command extends Event {
    /**
     * Progress to the caller before the answer.
     *
     * @param status 180 to 183
     * @param sdp for early media; only when the INVITE brought an offer
     */
    record Ring(int status, @Nullable String sdp) implements Command {}

    /** 200 to the caller's INVITE: the SDP answers the offer, or is our offer when there was none. */
    record Answer(String sdp) implements Command {}

    /**
     * Refuses the caller's INVITE.
     *
     * @param status 300 to 699
     * @param headers further ones, such as Retry-After
     */
    record Reject(int status, String reason, Headers headers) implements Command {}

    /** Answers {@link News.RemoteChanged} with an answer, or {@link News.OfferAsked} of a re-INVITE with an offer. */
    record Accept(String sdp) implements Command {}

    /** Refuses {@link News.RemoteChanged}, usually 488; the session stays as it was. */
    record Refuse(int status, String reason) implements Command {}

    /** A re-INVITE of our own. At most one runs: another takes the place of one that waits after 491, and is refused beside one that runs. */
    record Offer(String sdp) implements Command {}

    /** An INFO. */
    record Inform(String contentType, String body) implements Command {}

    /** Ends the leg, whatever its state: CANCEL, a final answer 480 to the caller's INVITE, or BYE. Harmless when said again. */
    record HangUp(List<Reason> reasons) implements Command {}
}
