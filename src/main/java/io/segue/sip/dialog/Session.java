package io.segue.sip.dialog;

import io.segue.sip.digest.DigestCredentials;
import io.segue.sip.message.CSeq;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.transaction.ServerTransactionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a leg stands. Made and changed by {@link SessionMachine} alone; what outlasts the process is its {@link #dialog()}. */
public sealed interface Session {

    /** The dialog to send on and to be stored; null while an INVITE of ours is unanswered, and when it came to nothing. */
    @Nullable
    Dialog dialog();

    /** Whether nothing more is to be sent of our own accord. Late answers may still come for 32 s, of forks above all. */
    default boolean over() {
        return this instanceof Closed;
    }

    /**
     * The caller's INVITE awaits our answer.
     *
     * @param offered whether it brought an offer
     * @param progress what we said last
     */
    record Incoming(
            Dialog dialog,
            ServerTransactionId id,
            SipRequest invite,
            boolean offered,
            @Nullable SipResponse progress) implements Session {}

    /**
     * Our INVITE awaits its answer.
     *
     * @param heard whether there was a provisional answer: only then may it be cancelled (RFC 3261 9.1)
     * @param early each fork that was heard of
     */
    record Outgoing(Invitation invitation, boolean heard, Cancelling cancelling, List<Early> early) implements Session {
        @Override
        public @Nullable Dialog dialog() {
            return null;
        }
    }

    /**
     * The leg is up.
     *
     * @param unacknowledged our 2xx that waits for its ACK
     * @param theirs an offer of the peer's that waits for the application
     * @param ours a re-INVITE of ours
     * @param invitation what it came from, when we invited
     */
    record Confirmed(
            Dialog dialog,
            @Nullable Unacknowledged unacknowledged,
            @Nullable TheirOffer theirs,
            @Nullable OurOffer ours,
            List<OurInfo> infos,
            @Nullable Invitation invitation)
            implements Session {

        /** With nothing under way. */
        Confirmed(Dialog dialog, @Nullable Unacknowledged unacknowledged, @Nullable Invitation invitation) {
            this(dialog, unacknowledged, null, null, List.of(), invitation);
        }

        Confirmed with(Dialog changed) {
            return new Confirmed(changed, unacknowledged, theirs, ours, infos, invitation);
        }

        Confirmed with(Unacknowledged changed) {
            return new Confirmed(dialog, changed, theirs, ours, infos, invitation);
        }

        Confirmed with(TheirOffer changed) {
            return new Confirmed(dialog, unacknowledged, changed, ours, infos, invitation);
        }

        Confirmed with(OurOffer changed) {
            return new Confirmed(dialog, unacknowledged, theirs, changed, infos, invitation);
        }

        Confirmed with(Invitation changed) {
            return new Confirmed(dialog, unacknowledged, theirs, ours, infos, changed);
        }

        Confirmed with(List<OurInfo> changed) {
            return new Confirmed(dialog, unacknowledged, theirs, ours, List.copyOf(changed), invitation);
        }

        Confirmed acknowledged() {
            return new Confirmed(dialog, null, theirs, ours, infos, invitation);
        }

        Confirmed theirsDone() {
            return new Confirmed(dialog, unacknowledged, null, ours, infos, invitation);
        }

        Confirmed oursDone() {
            return new Confirmed(dialog, unacknowledged, theirs, null, infos, invitation);
        }
    }

    /**
     * The application has been told that it is over; our BYE waits for its answer, or still for the ACK that allows it.
     *
     * @param bye null while it waits for the ACK (RFC 3261 15)
     * @param proofs those in {@code bye}
     */
    record Closing(
            Dialog dialog,
            @Nullable Unacknowledged unacknowledged,
            @Nullable SipRequest bye,
            List<Proof> proofs,
            List<Reason> reasons,
            @Nullable Invitation invitation)
            implements Session {}

    /** It is over. */
    record Closed(@Nullable Dialog dialog, @Nullable Invitation invitation) implements Session {}

    /**
     * An INVITE of ours.
     *
     * @param sent as it was sent last
     * @param credentials to answer a challenge with
     * @param proofs those in {@code sent}
     * @param ended tags of other forks whose 2xx we have ended
     */
    record Invitation(
            SipRequest sent, @Nullable DigestCredentials credentials, List<Proof> proofs, List<String> ended) {}

    /**
     * A challenge that a request of ours answers.
     *
     * @param header which carries the answer
     * @param challenges the values of the challenging header
     * @param count how many requests have been sent with its nonce, this one included
     * @param answered how often such a challenge has been answered for this request
     */
    record Proof(String header, List<String> challenges, int count, int answered) {
        Proof again() {
            return new Proof(header, challenges, count + 1, answered);
        }
    }

    /** How far the cancelling of our INVITE is. */
    record Cancelling(boolean wanted, boolean sent, List<Reason> reasons) {
        static final Cancelling NO = new Cancelling(false, false, List.of());
    }

    /** A fork of our INVITE before its answer. */
    record Early(Dialog dialog, @Nullable String sdp) {}

    /**
     * A 2xx to an INVITE that waits for its ACK.
     *
     * @param offer whether it offered, and the ACK has to answer
     * @param first whether it answered the first INVITE
     */
    record Unacknowledged(
            ServerTransactionId id,
            SipResponse response,
            boolean offer,
            boolean first,
            long intervalMs,
            long deadlineMs) {}

    /** A re-INVITE or UPDATE that waits for the application. */
    record TheirOffer(ServerTransactionId id, SipRequest request) {}

    /**
     * A re-INVITE of ours.
     *
     * @param running as it was sent; null while it waits
     * @param proofs those in {@code running}
     */
    record OurOffer(String sdp, @Nullable SipRequest running, List<Proof> proofs) {}

    /**
     * An INFO of ours that waits for its answer.
     *
     * @param proofs those it was sent with
     */
    record OurInfo(Command.Inform what, CSeq cseq, List<Proof> proofs) {}
}
