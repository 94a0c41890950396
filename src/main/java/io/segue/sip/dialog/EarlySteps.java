package io.segue.sip.dialog;

import io.segue.sip.dialog.Session.Early;
import io.segue.sip.dialog.Session.Outgoing;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.transaction.ServerTransactionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The early dialogs of our INVITE, one for each fork that was heard of (RFC 3261 12.1.2, 13.2.2.1). */
final class EarlySteps {
    private EarlySteps() {}

    static Optional<Early> of(Outgoing leg, DialogId id) {
        return leg.early().stream()
                .filter(early -> early.dialog().id().equals(id))
                .findFirst();
    }

    static List<Early> remember(Outgoing leg, SipResponse response, @Nullable String sdp, int forksMax) {
        DialogId id = DialogId.of(response);
        if (id.remoteTag().isEmpty()) {
            return leg.early();
        }
        Optional<Early> known = of(leg, id);
        if (known.isPresent()) {
            return sdp == null
                    ? leg.early()
                    : replace(leg, new Early(known.get().dialog(), sdp));
        }
        if (leg.early().size() >= forksMax) {
            return leg.early();
        }
        List<Early> early = new ArrayList<>(leg.early());
        early.add(new Early(Dialog.fromUac(leg.invitation().sent(), response), sdp));
        return List.copyOf(early);
    }

    static Step requested(Outgoing leg, ServerTransactionId id, SipRequest request, Outbox out) {
        Optional<Early> of = of(leg, DialogId.of(request));
        if (of.isEmpty()) {
            out.respond(id, Answers.plain(request, 481));
            return out.to(leg);
        }
        Early early = of.get();
        if (!Answers.admits(out, early.dialog(), id, request)) {
            return out.to(leg);
        }
        Dialog dialog = early.dialog().received(request);
        switch (request.method()) {
            case "INVITE" -> out.respond(id, Answers.plain(request, 491));
            // A callee may not end an early dialog (RFC 3261 15); its final answer to the INVITE is what counts.
            case "BYE" -> out.respond(id, Answers.plain(request, 200));
            case "UPDATE" -> {
                if (Bodies.sdp(request) != null) {
                    // RFC 3311 5.2: our offer in the INVITE is not answered yet.
                    out.respond(id, Answers.plain(request, 491));
                } else {
                    dialog = dialog.refreshed(request);
                    Answers.anytime(out, dialog, id, request);
                }
            }
            default -> Answers.anytime(out, dialog, id, request);
        }
        return out.to(new Outgoing(
                leg.invitation(), leg.heard(), leg.cancelling(), replace(leg, new Early(dialog, early.sdp()))));
    }

    private static List<Early> replace(Outgoing leg, Early changed) {
        return leg.early().stream()
                .map(early -> early.dialog().id().equals(changed.dialog().id()) ? changed : early)
                .toList();
    }
}
