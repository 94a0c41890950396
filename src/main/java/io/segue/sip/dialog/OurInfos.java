package io.segue.sip.dialog;

import io.segue.sip.dialog.Session.Confirmed;
import io.segue.sip.dialog.Session.OurInfo;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** INFOs of ours on a leg that is up (RFC 6086 4.2). Nothing hangs on their answers, but that a challenge is met (RFC 3261 22.2, 22.3). */
final class OurInfos {
    /** INFOs that wait for an answer; of more, the oldest is not sent again when it is challenged. */
    static final int WAITING_MAX = 16;

    private OurInfos() {}

    static Confirmed send(Confirmed leg, Command.Inform what, Outbox out) {
        Dialog.Next next = leg.dialog().request("INFO");
        SipRequest info = with(next.request(), what);
        out.request(info);
        return add(leg.with(next.dialog()), leg.infos(), new OurInfo(what, info.cseq(), List.of()));
    }

    /** An answer on this dialog, to whatever. */
    static Confirmed answered(Confirmed leg, SipResponse response, Outbox out) {
        OurInfo info = leg.infos().stream()
                .filter(waiting -> waiting.cseq().equals(response.cseq()))
                .findFirst()
                .orElse(null);
        if (info == null || response.provisional()) {
            return leg;
        }
        List<OurInfo> others =
                leg.infos().stream().filter(waiting -> waiting != info).toList();
        return prove(leg, info, others, response, out).orElseGet(() -> leg.with(others));
    }

    private static Optional<Confirmed> prove(
            Confirmed leg, OurInfo info, List<OurInfo> others, SipResponse response, Outbox out) {
        Session.Invitation invitation = leg.invitation();
        if (invitation == null) {
            return Optional.empty();
        }
        Dialog.Next next = leg.dialog().request("INFO");
        return Proofs.prove(with(next.request(), info.what()), info.proofs(), response, invitation.credentials(), out)
                .map(proven -> {
                    out.request(proven.request());
                    OurInfo again = new OurInfo(info.what(), proven.request().cseq(), proven.proofs());
                    return add(leg.with(next.dialog()), others, again);
                });
    }

    private static SipRequest with(SipRequest request, Command.Inform what) {
        return request.withBody(what.contentType(), what.body().getBytes(StandardCharsets.UTF_8));
    }

    private static Confirmed add(Confirmed leg, List<OurInfo> before, OurInfo info) {
        List<OurInfo> infos = new ArrayList<>(before);
        if (infos.size() == WAITING_MAX) {
            infos.removeFirst();
        }
        infos.add(info);
        return leg.with(infos);
    }
}
