package io.segue.sip.dialog;

import io.segue.sip.dialog.Session.Confirmed;
import io.segue.sip.dialog.Session.OurOffer;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Re-INVITEs of ours, and other answers that come on a leg that is up (RFC 3261 12.2.1.2, 14.1). */
final class OurOffers {
    /** RFC 3261 14.1: whoever made the Call-ID waits 2.1 to 4 s, the other 0 to 2 s, in steps of 10 ms. */
    private static final int GLARE_STEP_MS = 10;

    private static final int INVITER_LEAST_MS = 2_100;
    private static final int INVITER_STEPS = 191;
    private static final int INVITED_STEPS = 201;

    private OurOffers() {}

    static boolean isWaiting(Confirmed leg) {
        OurOffer ours = leg.ours();
        return ours != null && ours.running() == null;
    }

    static boolean isRunning(Confirmed leg, SipRequest request) {
        SipRequest running = running(leg);
        return running != null && running.cseq().equals(request.cseq()) && sameTag(running, request);
    }

    private static boolean sameTag(SipRequest one, SipRequest two) {
        return DialogId.tag(one.to().tag()).equals(DialogId.tag(two.to().tag()));
    }

    private static @Nullable SipRequest running(Confirmed leg) {
        OurOffer ours = leg.ours();
        return ours == null ? null : ours.running();
    }

    static Confirmed offer(Confirmed leg, String sdp, Outbox out) {
        if (running(leg) != null) {
            out.add(new News.OfferRefused(491));
            return leg;
        }
        if (isWaiting(leg)) {
            return leg.with(new OurOffer(sdp, null, List.of()));
        }
        return send(leg, sdp, out);
    }

    /** The wait after a glare is over. */
    static Confirmed retry(Confirmed leg, Outbox out) {
        OurOffer ours = leg.ours();
        return ours == null || ours.running() != null ? leg : send(leg, ours.sdp(), out);
    }

    /** Neither side may start an INVITE while another one runs (RFC 3261 14.1): then it waits. */
    private static Confirmed send(Confirmed leg, String sdp, Outbox out) {
        if (leg.theirs() != null || leg.unacknowledged() != null) {
            out.start(TimerKind.GLARE, out.limits.t1Ms());
            return leg.with(new OurOffer(sdp, null, List.of()));
        }
        Dialog.Next next = leg.dialog().request("INVITE");
        SipRequest invite =
                Bodies.with(next.request().withHeaders(next.request().headers().add("Allow", Answers.ALLOW)), sdp);
        out.request(invite);
        return leg.with(next.dialog()).with(new OurOffer(sdp, invite, List.of()));
    }

    static Confirmed refused(Confirmed leg, int status, Outbox out) {
        if (isWaiting(leg)) {
            out.stop(TimerKind.GLARE);
        }
        out.add(new News.OfferRefused(status));
        return leg.oursDone();
    }

    static Step responded(Confirmed leg, SipResponse response, Outbox out) {
        if (!leg.dialog().matches(response)) {
            Session.Invitation changed = Forks.end(leg.invitation(), response, out);
            return out.to(changed == null ? leg : leg.with(changed));
        }
        SipRequest running = running(leg);
        if (running != null && running.cseq().equals(response.cseq())) {
            return response.provisional() ? out.to(leg) : finished(leg, response, out);
        }
        if (response.cseq().method().equals("INVITE") && response.success()) {
            out.add(new Effect.Ack(
                    Forks.ack(leg.dialog(), leg.invitation(), response.cseq().number())));
            return out.to(leg);
        }
        return response.status() == 481
                ? ConfirmedSteps.lost(leg, 481, out)
                : out.to(OurInfos.answered(leg, response, out));
    }

    private static Step finished(Confirmed leg, SipResponse response, Outbox out) {
        if (response.success()) {
            Dialog dialog = leg.dialog().refreshed(response);
            out.add(new Effect.Ack(dialog.ack(response.cseq().number())));
            String sdp = Bodies.sdp(response);
            out.add(sdp == null ? new News.OfferRefused(488) : new News.Answered(sdp));
            return out.to(leg.with(dialog).oursDone());
        }
        OurOffer ours = leg.ours();
        return switch (response.status()) {
            case 408, 481 -> ConfirmedSteps.lost(leg.oursDone(), response.status(), out);
            case 491 -> {
                out.start(TimerKind.GLARE, glareMs(leg.dialog(), out.ids));
                yield out.to(ours == null ? leg : leg.with(new OurOffer(ours.sdp(), null, List.of())));
            }
            case 401, 407 -> {
                Optional<Confirmed> again = ours == null ? Optional.empty() : prove(leg, ours, response, out);
                yield out.to(again.orElseGet(() -> refused(leg, response.status(), out)));
            }
            default -> out.to(refused(leg, response.status(), out));
        };
    }

    private static Optional<Confirmed> prove(Confirmed leg, OurOffer ours, SipResponse response, Outbox out) {
        Session.Invitation invitation = leg.invitation();
        if (invitation == null) {
            return Optional.empty();
        }
        Dialog.Next next = leg.dialog().request("INVITE");
        SipRequest invite = Bodies.with(next.request(), ours.sdp());
        return Proofs.prove(invite, ours.proofs(), response, invitation.credentials(), out)
                .map(proven -> {
                    out.request(proven.request());
                    return leg.with(next.dialog()).with(new OurOffer(ours.sdp(), proven.request(), proven.proofs()));
                });
    }

    private static long glareMs(Dialog dialog, Identifiers ids) {
        return dialog.inviter()
                ? INVITER_LEAST_MS + (long) GLARE_STEP_MS * ids.random(INVITER_STEPS)
                : (long) GLARE_STEP_MS * ids.random(INVITED_STEPS);
    }
}
