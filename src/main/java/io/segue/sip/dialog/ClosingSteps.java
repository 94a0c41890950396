package io.segue.sip.dialog;

import io.segue.sip.dialog.Session.Closed;
import io.segue.sip.dialog.Session.Closing;
import io.segue.sip.dialog.Session.Invitation;
import io.segue.sip.dialog.Session.Unacknowledged;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.transaction.ServerTransactionId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A leg the application has left: the BYE and its answer, and what comes late (RFC 3261 15, 13.2.2.4). */
final class ClosingSteps {
    private ClosingSteps() {}

    /** Sends the BYE. */
    static Step bye(Dialog dialog, List<Reason> reasons, @Nullable Invitation invitation, Outbox out) {
        Dialog.Next next = Forks.bye(dialog, reasons);
        out.request(next.request());
        return out.to(new Closing(next.dialog(), null, next.request(), List.of(), reasons, invitation));
    }

    static Step step(Closing leg, Event event, Outbox out) {
        return switch (event) {
            case Signal.Requested requested -> requested(leg, requested.id(), requested.request(), out);
            case Signal.Acknowledged acknowledged ->
                TwoHundreds.isFor(leg.unacknowledged(), leg.dialog(), acknowledged.ack())
                        ? release(leg, out)
                        : out.to(leg);
            case Signal.Responded responded -> responded(leg, responded.response(), out);
            case Signal.TimedOut timedOut -> unanswered(leg, timedOut.request(), out);
            case Signal.Unsent unsent -> unanswered(leg, unsent.request(), out);
            case Signal.TimerFired timer -> timer(leg, timer.kind(), out);
            case Signal.Cancelled _, Command _ -> out.to(leg);
        };
    }

    private static Step requested(Closing leg, ServerTransactionId id, SipRequest request, Outbox out) {
        if (!request.is("BYE") || !leg.dialog().matches(request)) {
            out.respond(id, Answers.plain(request, 481));
            return out.to(leg);
        }
        out.respond(id, Answers.plain(request, 200));
        if (leg.bye() != null) {
            return out.to(leg);
        }
        TwoHundreds.stop(out);
        return out.to(new Closed(leg.dialog(), leg.invitation()));
    }

    /** The BYE that waited for the ACK. */
    private static Step release(Closing leg, Outbox out) {
        TwoHundreds.stop(out);
        return bye(leg.dialog(), leg.reasons(), leg.invitation(), out);
    }

    private static Step timer(Closing leg, TimerKind kind, Outbox out) {
        return switch (kind) {
            case REPEAT_2XX -> {
                Unacknowledged again = TwoHundreds.again(leg.unacknowledged(), out);
                yield out.to(
                        new Closing(leg.dialog(), again, leg.bye(), leg.proofs(), leg.reasons(), leg.invitation()));
            }
            case ACK_WAIT -> TwoHundreds.givenUp(leg.unacknowledged(), out) ? release(leg, out) : out.to(leg);
            case REPEAT_PROGRESS, GLARE, CANCEL_WAIT -> out.to(leg);
        };
    }

    private static Step responded(Closing leg, SipResponse response, Outbox out) {
        SipRequest bye = leg.bye();
        if (bye == null || !leg.dialog().matches(response) || !response.cseq().equals(bye.cseq())) {
            Invitation changed = late(leg.dialog(), leg.invitation(), response, out);
            return out.to(new Closing(leg.dialog(), leg.unacknowledged(), bye, leg.proofs(), leg.reasons(), changed));
        }
        if (response.provisional()) {
            return out.to(leg);
        }
        Invitation invitation = leg.invitation();
        if (invitation != null) {
            Dialog.Next next = Forks.bye(leg.dialog(), leg.reasons());
            Optional<Proofs.Proven> again =
                    Proofs.prove(next.request(), leg.proofs(), response, invitation.credentials(), out);
            if (again.isPresent()) {
                SipRequest request = again.get().request();
                out.request(request);
                List<Session.Proof> proofs = again.get().proofs();
                return out.to(new Closing(next.dialog(), null, request, proofs, leg.reasons(), invitation));
            }
        }
        return out.to(new Closed(leg.dialog(), invitation));
    }

    private static Step unanswered(Closing leg, SipRequest request, Outbox out) {
        SipRequest bye = leg.bye();
        boolean ours = bye != null
                && bye.cseq().equals(request.cseq())
                && leg.dialog()
                        .id()
                        .remoteTag()
                        .equals(DialogId.tag(request.to().tag()));
        return out.to(ours ? new Closed(leg.dialog(), leg.invitation()) : leg);
    }

    static Step step(Closed leg, Event event, Outbox out) {
        return switch (event) {
            case Signal.Requested requested -> {
                out.respond(requested.id(), Answers.plain(requested.request(), 481));
                yield out.to(leg);
            }
            case Signal.Responded responded ->
                out.to(new Closed(leg.dialog(), late(leg.dialog(), leg.invitation(), responded.response(), out)));
            case Signal.Acknowledged _, Signal.Cancelled _, Signal.TimedOut _, Signal.Unsent _ -> out.to(leg);
            case Signal.TimerFired _, Command _ -> out.to(leg);
        };
    }

    /** A 2xx that came late or again: of our dialog it is acknowledged, of another fork ended as well. */
    private static @Nullable Invitation late(
            @Nullable Dialog dialog, @Nullable Invitation invitation, SipResponse response, Outbox out) {
        if (dialog == null || !dialog.matches(response)) {
            return Forks.end(invitation, response, out);
        }
        if (response.success() && response.cseq().method().equals("INVITE")) {
            out.add(new Effect.Ack(Forks.ack(dialog, invitation, response.cseq().number())));
        }
        return invitation;
    }
}
