package io.segue.sip.dialog;

import io.segue.sip.dialog.Session.Unacknowledged;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.transaction.ServerTransactionId;
import org.jspecify.annotations.Nullable;

/** Our 2xx to an INVITE, said again until its ACK comes (RFC 3261 13.3.1.4). */
final class TwoHundreds {
    private TwoHundreds() {}

    static Unacknowledged say(
            ServerTransactionId id,
            SipRequest invite,
            Dialog dialog,
            String sdp,
            boolean offer,
            boolean first,
            Outbox out) {
        SipResponse response = Bodies.with(Answers.accepting(invite, 200, dialog), sdp);
        out.respond(id, response);
        out.start(TimerKind.REPEAT_2XX, out.limits.t1Ms());
        out.start(TimerKind.ACK_WAIT, out.limits.ackWaitMs());
        return new Unacknowledged(id, response, offer, first, out.limits.t1Ms(), out.nowMs + out.limits.ackWaitMs());
    }

    static @Nullable Unacknowledged again(@Nullable Unacknowledged waiting, Outbox out) {
        if (waiting == null) {
            return null;
        }
        out.add(new Effect.Retransmit2xx(waiting.id(), waiting.response()));
        long intervalMs = Math.min(2 * waiting.intervalMs(), out.limits.t2Ms());
        out.start(TimerKind.REPEAT_2XX, intervalMs);
        return new Unacknowledged(
                waiting.id(), waiting.response(), waiting.offer(), waiting.first(), intervalMs, waiting.deadlineMs());
    }

    static void stop(Outbox out) {
        out.stop(TimerKind.REPEAT_2XX);
        out.stop(TimerKind.ACK_WAIT);
    }

    /** A timer of an earlier 2xx may still fire after it was stopped, so the deadline is looked at too. */
    static boolean givenUp(@Nullable Unacknowledged waiting, Outbox out) {
        return waiting != null && out.nowMs >= waiting.deadlineMs();
    }

    static boolean isFor(@Nullable Unacknowledged waiting, Dialog dialog, SipRequest ack) {
        return waiting != null
                && dialog.matches(ack)
                && ack.cseq().number() == waiting.response().cseq().number();
    }
}
