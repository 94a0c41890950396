package io.segue.sip.dialog;

import io.segue.sip.dialog.News.Who;
import io.segue.sip.dialog.News.Why;
import io.segue.sip.dialog.Session.Closed;
import io.segue.sip.dialog.Session.Confirmed;
import io.segue.sip.dialog.Session.Unacknowledged;
import io.segue.sip.message.SipRequest;
import io.segue.sip.transaction.ServerTransactionId;
import java.util.List;

/** A leg that is up: what its peer asks, and how it ends (RFC 3261 12.2.2, 14.2, 15). */
final class ConfirmedSteps {
    private ConfirmedSteps() {}

    static Step step(Confirmed leg, Event event, Outbox out) {
        return switch (event) {
            case Signal.Requested requested -> requested(leg, requested.id(), requested.request(), out);
            case Signal.Acknowledged acknowledged -> acknowledged(leg, acknowledged.ack(), out);
            case Signal.Cancelled cancelled -> out.to(TheirOffers.cancelled(leg, cancelled, out));
            case Signal.Responded responded -> OurOffers.responded(leg, responded.response(), out);
            case Signal.TimedOut timedOut ->
                OurOffers.isRunning(leg, timedOut.request()) ? lost(leg, 408, out) : out.to(leg);
            case Signal.Unsent unsent ->
                out.to(OurOffers.isRunning(leg, unsent.request()) ? OurOffers.refused(leg, 503, out) : leg);
            case Signal.TimerFired timer -> timer(leg, timer.kind(), out);
            case Command.Accept accept -> out.to(TheirOffers.accept(leg, accept.sdp(), out));
            case Command.Refuse refuse -> out.to(TheirOffers.refuse(leg, refuse, out));
            case Command.Offer offer -> out.to(OurOffers.offer(leg, offer.sdp(), out));
            case Command.Inform inform -> out.to(OurInfos.send(leg, inform, out));
            case Command.HangUp hangUp -> {
                out.ended(Who.WE, Why.BYE, 200, hangUp.reasons());
                yield hangUp(leg, hangUp.reasons(), out);
            }
            case Command.Ring _, Command.Answer _, Command.Reject _ -> out.to(leg);
        };
    }

    private static Step requested(Confirmed leg, ServerTransactionId id, SipRequest request, Outbox out) {
        if (!Answers.admits(out, leg.dialog(), id, request)) {
            return out.to(leg);
        }
        Confirmed next = leg.with(leg.dialog().received(request));
        return switch (request.method()) {
            case "BYE" -> {
                out.respond(id, Answers.plain(request, 200));
                TheirOffers.dismiss(next, out);
                stopTimers(next, out);
                out.ended(
                        Who.PEER,
                        Why.BYE,
                        200,
                        Reason.parseAll(request.headers().all("Reason")));
                yield out.to(new Closed(next.dialog(), next.invitation()));
            }
            case "INVITE" -> out.to(TheirOffers.invited(next, id, request, out));
            case "UPDATE" -> out.to(TheirOffers.update(next, id, request, out));
            default -> {
                Answers.anytime(out, next.dialog(), id, request);
                yield out.to(next);
            }
        };
    }

    private static Step acknowledged(Confirmed leg, SipRequest ack, Outbox out) {
        Unacknowledged waiting = leg.unacknowledged();
        if (waiting == null || !TwoHundreds.isFor(waiting, leg.dialog(), ack)) {
            return out.to(leg);
        }
        TwoHundreds.stop(out);
        Confirmed next = leg.acknowledged();
        String answer = waiting.offer() ? Bodies.sdp(ack) : null;
        if (answer != null) {
            out.add(new News.Answered(answer));
        } else if (waiting.offer() && waiting.first()) {
            out.ended(Who.WE, Why.NO_ANSWER_IN_ACK, 488, List.of());
            return hangUp(next, List.of(Reason.sip(488, "No answer in the ACK")), out);
        }
        if (waiting.first()) {
            out.add(new News.Established());
        }
        return out.to(next);
    }

    private static Step timer(Confirmed leg, TimerKind kind, Outbox out) {
        Unacknowledged waiting = leg.unacknowledged();
        return switch (kind) {
            case REPEAT_2XX -> {
                Unacknowledged again = TwoHundreds.again(waiting, out);
                yield out.to(again == null ? leg : leg.with(again));
            }
            case ACK_WAIT -> {
                if (!TwoHundreds.givenUp(waiting, out)) {
                    yield out.to(leg);
                }
                TwoHundreds.stop(out);
                out.ended(Who.PEER, Why.NO_ACK, 408, List.of());
                yield hangUp(leg.acknowledged(), List.of(Reason.sip(408, "No ACK")), out);
            }
            case GLARE -> out.to(OurOffers.retry(leg, out));
            case REPEAT_PROGRESS, CANCEL_WAIT -> out.to(leg);
        };
    }

    /** The peer has lost the dialog, or is gone: a BYE ends what may be left of it (RFC 3261 12.2.1.2). */
    static Step lost(Confirmed leg, int status, Outbox out) {
        out.ended(Who.PEER, Why.DIALOG_LOST, status, List.of());
        return hangUp(leg, List.of(Reason.sip(status, "The dialog is lost")), out);
    }

    /** A callee says no BYE before the ACK (RFC 3261 15); after it either side may. */
    private static Step hangUp(Confirmed leg, List<Reason> reasons, Outbox out) {
        TheirOffers.dismiss(leg, out);
        Unacknowledged waiting = leg.unacknowledged();
        if (waiting != null && waiting.first()) {
            return out.to(new Session.Closing(leg.dialog(), waiting, null, List.of(), reasons, leg.invitation()));
        }
        stopTimers(leg, out);
        return ClosingSteps.bye(leg.dialog(), reasons, leg.invitation(), out);
    }

    private static void stopTimers(Confirmed leg, Outbox out) {
        if (leg.unacknowledged() != null) {
            TwoHundreds.stop(out);
        }
        Session.OurOffer ours = leg.ours();
        if (ours != null && ours.running() == null) {
            out.stop(TimerKind.GLARE);
        }
    }
}
