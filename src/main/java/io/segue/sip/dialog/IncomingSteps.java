package io.segue.sip.dialog;

import io.segue.sip.dialog.News.Who;
import io.segue.sip.dialog.News.Why;
import io.segue.sip.dialog.Session.Closed;
import io.segue.sip.dialog.Session.Confirmed;
import io.segue.sip.dialog.Session.Incoming;
import io.segue.sip.dialog.Session.Unacknowledged;
import io.segue.sip.message.Reasons;
import io.segue.sip.message.Responses;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.transaction.ServerTransactionId;
import java.util.List;

/** A caller's INVITE until its final answer (RFC 3261 13.3). */
final class IncomingSteps {
    private IncomingSteps() {}

    static Step begin(ServerTransactionId id, SipRequest invite, String contact, Outbox out) {
        Dialog dialog = Dialog.fromUas(invite, out.ids.tag(), contact);
        if (invite.contacts().isEmpty()) {
            out.respond(
                    id, Responses.to(invite, 400, "Missing Contact", dialog.id().localTag()));
            out.ended(Who.WE, Why.REJECTED, 400, List.of());
            return out.to(new Closed(dialog, null));
        }
        String sdp = Bodies.sdp(invite);
        out.add(sdp == null ? new News.OfferAsked() : new News.Offered(sdp));
        return out.to(new Incoming(dialog, id, invite, sdp != null, null));
    }

    static Step step(Incoming leg, Event event, Outbox out) {
        return switch (event) {
            case Command.Ring ring -> ring(leg, ring, out);
            case Command.Answer answer -> answer(leg, answer.sdp(), out);
            case Command.Reject reject -> {
                SipResponse response = finalAnswer(leg, reject.status(), reject.reason());
                response = response.withHeaders(
                        response.headers().toBuilder().addAll(reject.headers()).build());
                yield refuse(leg, response, Who.WE, Why.REJECTED, List.of(), out);
            }
            case Command.HangUp hangUp -> {
                SipResponse response = finalAnswer(leg, 480, Reasons.of(480));
                response = response.withHeaders(response.headers().toBuilder()
                        .addEach(
                                "Reason",
                                hangUp.reasons().stream().map(Reason::toString).toList())
                        .build());
                yield refuse(leg, response, Who.WE, Why.REJECTED, hangUp.reasons(), out);
            }
            case Signal.Cancelled cancelled ->
                cancelled.invite().equals(leg.id())
                        ? refuse(
                                leg,
                                finalAnswer(leg, 487, Reasons.of(487)),
                                Who.PEER,
                                Why.CANCELLED,
                                Reason.parseAll(cancelled.cancel().headers().all("Reason")),
                                out)
                        : out.to(leg);
            case Signal.Requested requested -> requested(leg, requested.id(), requested.request(), out);
            case Signal.TimerFired timer -> repeatProgress(leg, timer.kind(), out);
            case Command.Accept _, Command.Refuse _, Command.Offer _, Command.Inform _ -> out.to(leg);
            case Signal.Acknowledged _, Signal.Responded _, Signal.TimedOut _, Signal.Unsent _ -> out.to(leg);
        };
    }

    private static Step ring(Incoming leg, Command.Ring ring, Outbox out) {
        SipResponse progress = Answers.accepting(leg.invite(), ring.status(), leg.dialog());
        String sdp = ring.sdp();
        if (sdp != null && leg.offered()) {
            progress = Bodies.with(progress, sdp);
        }
        out.respond(leg.id(), progress);
        out.start(TimerKind.REPEAT_PROGRESS, out.limits.progressRepeatMs());
        return out.to(new Incoming(leg.dialog(), leg.id(), leg.invite(), leg.offered(), progress));
    }

    private static Step repeatProgress(Incoming leg, TimerKind kind, Outbox out) {
        SipResponse progress = leg.progress();
        if (kind == TimerKind.REPEAT_PROGRESS && progress != null) {
            out.respond(leg.id(), progress);
            out.start(TimerKind.REPEAT_PROGRESS, out.limits.progressRepeatMs());
        }
        return out.to(leg);
    }

    private static Step answer(Incoming leg, String sdp, Outbox out) {
        Dialog dialog = leg.dialog().confirmed();
        stopProgress(leg, out);
        Unacknowledged unacknowledged = TwoHundreds.say(leg.id(), leg.invite(), dialog, sdp, !leg.offered(), true, out);
        return out.to(new Confirmed(dialog, unacknowledged, null));
    }

    private static Step requested(Incoming leg, ServerTransactionId id, SipRequest request, Outbox out) {
        if (!Answers.admits(out, leg.dialog(), id, request)) {
            return out.to(leg);
        }
        Dialog dialog = leg.dialog().received(request);
        switch (request.method()) {
            case "BYE" -> {
                out.respond(id, Answers.plain(request, 200));
                List<Reason> reasons = Reason.parseAll(request.headers().all("Reason"));
                return refuse(leg, finalAnswer(leg, 487, Reasons.of(487)), Who.PEER, Why.BYE, reasons, out);
            }
            case "INVITE" -> Answers.later(out, id, request);
            case "UPDATE" -> {
                if (Bodies.sdp(request) == null) {
                    dialog = dialog.refreshed(request);
                    Answers.anytime(out, dialog, id, request);
                } else {
                    // RFC 3311 5.2: the INVITE's offer, or the one that is to come, is not answered yet.
                    Answers.later(out, id, request);
                }
            }
            default -> Answers.anytime(out, dialog, id, request);
        }
        return out.to(new Incoming(dialog, leg.id(), leg.invite(), leg.offered(), leg.progress()));
    }

    private static SipResponse finalAnswer(Incoming leg, int status, String reason) {
        return Responses.to(leg.invite(), status, reason, leg.dialog().id().localTag());
    }

    private static Step refuse(Incoming leg, SipResponse response, Who who, Why why, List<Reason> reasons, Outbox out) {
        out.respond(leg.id(), response);
        stopProgress(leg, out);
        int status = why == Why.BYE ? 200 : response.status();
        out.ended(who, why, status, reasons);
        return out.to(new Closed(leg.dialog(), null));
    }

    private static void stopProgress(Incoming leg, Outbox out) {
        if (leg.progress() != null) {
            out.stop(TimerKind.REPEAT_PROGRESS);
        }
    }
}
