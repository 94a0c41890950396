package io.segue.sip.dialog;

import io.segue.sip.dialog.News.Fault;
import io.segue.sip.dialog.News.Who;
import io.segue.sip.dialog.News.Why;
import io.segue.sip.dialog.Session.Cancelling;
import io.segue.sip.dialog.Session.Closed;
import io.segue.sip.dialog.Session.Confirmed;
import io.segue.sip.dialog.Session.Early;
import io.segue.sip.dialog.Session.Invitation;
import io.segue.sip.dialog.Session.Outgoing;
import io.segue.sip.message.CSeq;
import io.segue.sip.message.Headers;
import io.segue.sip.message.NameAddress;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Our INVITE until its final answer (RFC 3261 13.2, 9.1). */
final class OutgoingSteps {
    private OutgoingSteps() {}

    static Step begin(Outbound outbound, Outbox out) {
        Headers headers = Headers.builder()
                .addEach("Route", outbound.routes())
                .add("Max-Forwards", "70")
                .add("From", outbound.from().withTag(out.ids.tag()).toString())
                .add("To", outbound.to().toString())
                .add("Call-ID", outbound.callId())
                .add("CSeq", new CSeq(1, "INVITE").toString())
                .add("Contact", outbound.contact())
                .add("Allow", Answers.ALLOW)
                .addAll(outbound.headers())
                .build();
        SipRequest invite = Bodies.with(new SipRequest("INVITE", outbound.target(), headers), outbound.sdp());
        out.request(invite);
        return out.to(new Outgoing(
                new Invitation(invite, outbound.credentials(), List.of(), List.of()), false, Cancelling.NO, List.of()));
    }

    static Step step(Outgoing leg, Event event, Outbox out) {
        return switch (event) {
            case Signal.Responded responded -> responded(leg, responded.response(), out);
            case Signal.Requested requested -> EarlySteps.requested(leg, requested.id(), requested.request(), out);
            case Signal.TimedOut timedOut ->
                isOurs(leg, timedOut.request()) ? over(leg, Fault.NO_RESPONSE, 408, out) : out.to(leg);
            case Signal.Unsent unsent ->
                isOurs(leg, unsent.request()) ? over(leg, Fault.UNREACHABLE, 503, out) : out.to(leg);
            case Signal.TimerFired timer ->
                timer.kind() == TimerKind.CANCEL_WAIT && leg.cancelling().sent()
                        ? over(leg, Fault.NO_RESPONSE, 408, out)
                        : out.to(leg);
            case Command.HangUp hangUp -> hangUp(leg, hangUp.reasons(), out);
            case Command.Ring _, Command.Answer _, Command.Reject _, Command.Accept _, Command.Refuse _ -> out.to(leg);
            case Command.Offer _, Command.Inform _, Signal.Acknowledged _, Signal.Cancelled _ -> out.to(leg);
        };
    }

    private static boolean isOurs(Outgoing leg, SipRequest request) {
        return request.cseq().equals(leg.invitation().sent().cseq());
    }

    private static Step hangUp(Outgoing leg, List<Reason> reasons, Outbox out) {
        if (leg.cancelling().wanted()) {
            return out.to(leg);
        }
        Cancelling cancelling = new Cancelling(true, false, reasons);
        return out.to(leg.heard() ? cancel(leg, cancelling, out) : with(leg, cancelling));
    }

    private static Outgoing cancel(Outgoing leg, Cancelling wanted, Outbox out) {
        out.add(new Effect.Cancel(leg.invitation().sent(), wanted.reasons()));
        out.start(TimerKind.CANCEL_WAIT, out.limits.ackWaitMs());
        return with(leg, new Cancelling(true, true, wanted.reasons()));
    }

    private static Outgoing with(Outgoing leg, Cancelling cancelling) {
        return new Outgoing(leg.invitation(), leg.heard(), cancelling, leg.early());
    }

    private static Step responded(Outgoing leg, SipResponse response, Outbox out) {
        if (!Forks.isAnswer(leg.invitation(), response)) {
            return out.to(leg);
        }
        if (response.provisional()) {
            return progress(leg, response, out);
        }
        return response.success() ? answered(leg, response, out) : refused(leg, response, out);
    }

    private static Step progress(Outgoing leg, SipResponse response, Outbox out) {
        @Nullable String sdp = Bodies.sdp(response);
        List<Early> early = EarlySteps.remember(leg, response, sdp, out.limits.forksMax());
        Outgoing heard = new Outgoing(leg.invitation(), true, leg.cancelling(), early);
        if (heard.cancelling().wanted()) {
            return out.to(heard.cancelling().sent() ? heard : cancel(heard, heard.cancelling(), out));
        }
        if (response.status() > 100) {
            out.add(new News.Progress(response.status(), sdp));
        }
        return out.to(heard);
    }

    private static Step answered(Outgoing leg, SipResponse response, Outbox out) {
        Invitation invitation = leg.invitation();
        Dialog dialog = Dialog.fromUac(invitation.sent(), response);
        Optional<Early> early = EarlySteps.of(leg, dialog.id());
        if (early.isPresent()) {
            dialog = dialog.after(early.get().dialog());
        }
        out.add(new Effect.Ack(Forks.ack(dialog, invitation, response.cseq().number())));
        if (leg.cancelling().sent()) {
            out.stop(TimerKind.CANCEL_WAIT);
        }
        // Strictly the first description of a dialog is the answer (13.2.1), but many peers change their mind between
        // 183 and 200.
        String sdp = Bodies.sdp(response);
        if (sdp == null) {
            sdp = early.map(Early::sdp).orElse(null);
        }
        if (sdp == null) {
            out.add(new News.Failed(
                    Fault.NO_SDP, 488, "No SDP in the answer", OptionalLong.empty(), List.of(), List.of()));
            return ClosingSteps.bye(dialog, List.of(Reason.sip(488, "No SDP in the answer")), invitation, out);
        }
        if (leg.cancelling().wanted()) {
            out.add(new News.AnsweredLate(sdp));
        } else {
            out.add(new News.Answered(sdp));
            out.add(new News.Established());
        }
        return out.to(new Confirmed(dialog, null, invitation));
    }

    private static Step refused(Outgoing leg, SipResponse response, Outbox out) {
        if (leg.cancelling().wanted()) {
            return cancelled(leg, response.status(), out);
        }
        Invitation invitation = leg.invitation();
        SipRequest sent = invitation.sent();
        CSeq cseq = new CSeq(sent.cseq().number() + 1, "INVITE");
        Optional<Proofs.Proven> proven = Proofs.prove(
                sent.withHeaders(sent.headers().with("CSeq", cseq.toString())),
                invitation.proofs(),
                response,
                invitation.credentials(),
                out);
        if (proven.isPresent()) {
            out.request(proven.get().request());
            Invitation again = new Invitation(
                    proven.get().request(),
                    invitation.credentials(),
                    proven.get().proofs(),
                    invitation.ended());
            return out.to(new Outgoing(again, false, leg.cancelling(), List.of()));
        }
        Fault fault = Proofs.isChallenge(response) ? Fault.CHALLENGED : Fault.REFUSED;
        out.add(new News.Failed(
                fault,
                response.status(),
                response.reason(),
                RetryAfter.seconds(response),
                Reason.parseAll(response.headers().all("Reason")),
                response.contacts().stream().map(NameAddress::toString).toList()));
        return out.to(new Closed(null, invitation));
    }

    private static Step over(Outgoing leg, Fault fault, int status, Outbox out) {
        if (leg.cancelling().wanted()) {
            return cancelled(leg, status, out);
        }
        String reason = fault == Fault.UNREACHABLE ? "Could not be sent" : "No answer";
        out.add(new News.Failed(fault, status, reason, OptionalLong.empty(), List.of(), List.of()));
        return out.to(new Closed(null, leg.invitation()));
    }

    private static Step cancelled(Outgoing leg, int status, Outbox out) {
        if (leg.cancelling().sent()) {
            out.stop(TimerKind.CANCEL_WAIT);
        }
        out.ended(Who.WE, Why.CANCELLED, status, leg.cancelling().reasons());
        return out.to(new Closed(null, leg.invitation()));
    }
}
