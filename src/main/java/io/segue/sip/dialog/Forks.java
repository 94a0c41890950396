package io.segue.sip.dialog;

import io.segue.sip.dialog.Session.Invitation;
import io.segue.sip.message.Headers;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The 2xx of several forks (RFC 3261 13.2.2.4): each is acknowledged, all but the first are ended. */
final class Forks {
    private Forks() {}

    /** A 2xx to our INVITE of a dialog that is not ours to keep, each time it comes. */
    static @Nullable Invitation end(@Nullable Invitation invitation, SipResponse response, Outbox out) {
        if (invitation == null || !isAnswer(invitation, response) || !response.success()) {
            return invitation;
        }
        Dialog dialog = Dialog.fromUac(invitation.sent(), response);
        out.add(new Effect.Ack(ack(dialog, invitation, response.cseq().number())));
        String tag = dialog.id().remoteTag();
        if (invitation.ended().contains(tag)) {
            return invitation;
        }
        out.request(bye(dialog, List.of(Reason.COMPLETED_ELSEWHERE)).request());
        if (invitation.ended().size() >= out.limits.forksMax()) {
            return invitation;
        }
        List<String> ended = new ArrayList<>(invitation.ended());
        ended.add(tag);
        return new Invitation(invitation.sent(), invitation.credentials(), invitation.proofs(), List.copyOf(ended));
    }

    static boolean isAnswer(Invitation invitation, SipResponse response) {
        SipRequest sent = invitation.sent();
        return response.cseq().equals(sent.cseq())
                && response.callId().equals(sent.callId())
                && DialogId.tag(response.from().tag())
                        .equals(DialogId.tag(sent.from().tag()));
    }

    /** With what proved the INVITE, if anything did (RFC 3261 13.2.2.4). */
    static SipRequest ack(Dialog dialog, @Nullable Invitation invitation, long sequence) {
        SipRequest ack = dialog.ack(sequence);
        if (invitation == null || sequence != invitation.sent().cseq().number()) {
            return ack;
        }
        for (Session.Proof proof : invitation.proofs()) {
            String value = invitation.sent().header(proof.header());
            if (value != null) {
                ack = ack.withHeaders(ack.headers().add(proof.header(), value));
            }
        }
        return ack;
    }

    static Dialog.Next bye(Dialog dialog, List<Reason> reasons) {
        Dialog.Next next = dialog.request("BYE");
        Headers headers = next.request().headers().toBuilder()
                .addEach("Reason", reasons.stream().map(Reason::toString).toList())
                .build();
        return new Dialog.Next(next.request().withHeaders(headers), next.dialog());
    }
}
