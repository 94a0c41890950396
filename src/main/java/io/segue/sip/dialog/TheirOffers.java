package io.segue.sip.dialog;

import io.segue.sip.dialog.Session.Confirmed;
import io.segue.sip.dialog.Session.OurOffer;
import io.segue.sip.dialog.Session.TheirOffer;
import io.segue.sip.dialog.Session.Unacknowledged;
import io.segue.sip.message.Responses;
import io.segue.sip.message.SipRequest;
import io.segue.sip.transaction.ServerTransactionId;

/** Re-INVITE and UPDATE of the peer's on a leg that is up (RFC 3261 14.2, RFC 3311 5.2, RFC 5407 3.1). */
final class TheirOffers {
    private TheirOffers() {}

    static Confirmed invited(Confirmed leg, ServerTransactionId id, SipRequest request, Outbox out) {
        if (leg.theirs() != null) {
            Answers.later(out, id, request);
            return leg;
        }
        if (ourOfferIsOpen(leg)) {
            out.respond(id, Answers.plain(request, 491));
            return leg;
        }
        Confirmed next = leg;
        Unacknowledged waiting = leg.unacknowledged();
        if (waiting != null) {
            // It goes on from our 2xx, so it has it: the ACK was lost or overtaken.
            TwoHundreds.stop(out);
            next = leg.acknowledged();
            if (waiting.first()) {
                out.add(new News.Established());
            }
        }
        String sdp = Bodies.sdp(request);
        out.add(sdp == null ? new News.OfferAsked() : new News.RemoteChanged(sdp));
        return next.with(new TheirOffer(id, request));
    }

    static Confirmed update(Confirmed leg, ServerTransactionId id, SipRequest request, Outbox out) {
        String sdp = Bodies.sdp(request);
        if (sdp == null) {
            Confirmed next = leg.with(leg.dialog().refreshed(request));
            Answers.anytime(out, next.dialog(), id, request);
            return next;
        }
        if (leg.theirs() != null) {
            Answers.later(out, id, request);
            return leg;
        }
        if (ourOfferIsOpen(leg)) {
            out.respond(id, Answers.plain(request, 491));
            return leg;
        }
        out.add(new News.RemoteChanged(sdp));
        return leg.with(new TheirOffer(id, request));
    }

    static Confirmed accept(Confirmed leg, String sdp, Outbox out) {
        TheirOffer theirs = leg.theirs();
        if (theirs == null) {
            return leg;
        }
        SipRequest request = theirs.request();
        Confirmed next = leg.with(leg.dialog().refreshed(request)).theirsDone();
        if (request.is("INVITE")) {
            boolean offer = Bodies.sdp(request) == null;
            next = next.with(TwoHundreds.say(theirs.id(), request, next.dialog(), sdp, offer, false, out));
        } else {
            out.respond(theirs.id(), Bodies.with(Answers.accepting(request, 200, next.dialog()), sdp));
        }
        // What we wanted to offer after a glare was made for a session that is no more.
        return OurOffers.isWaiting(next) ? OurOffers.refused(next, 491, out) : next;
    }

    static Confirmed refuse(Confirmed leg, Command.Refuse refuse, Outbox out) {
        TheirOffer theirs = leg.theirs();
        if (theirs == null) {
            return leg;
        }
        out.respond(theirs.id(), Responses.to(theirs.request(), refuse.status(), refuse.reason()));
        return leg.theirsDone();
    }

    static Confirmed cancelled(Confirmed leg, Signal.Cancelled cancelled, Outbox out) {
        TheirOffer theirs = leg.theirs();
        if (theirs == null || !theirs.id().equals(cancelled.invite())) {
            return leg;
        }
        dismiss(leg, out);
        return leg.theirsDone();
    }

    /** The session ends, or the request was cancelled: what waits for the application is answered (RFC 3261 15.1.2). */
    static void dismiss(Confirmed leg, Outbox out) {
        TheirOffer theirs = leg.theirs();
        if (theirs != null) {
            out.respond(theirs.id(), Answers.plain(theirs.request(), 487));
        }
    }

    private static boolean ourOfferIsOpen(Confirmed leg) {
        OurOffer ours = leg.ours();
        Unacknowledged waiting = leg.unacknowledged();
        return ours != null && ours.running() != null || waiting != null && waiting.offer();
    }
}
