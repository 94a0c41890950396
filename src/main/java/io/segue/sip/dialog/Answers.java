package io.segue.sip.dialog;

import io.segue.sip.message.Reasons;
import io.segue.sip.message.Responses;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.transaction.ServerTransactionId;

/** Answers to requests on a dialog. */
final class Answers {
    static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, INFO";
    private static final String ACCEPT = "application/sdp, multipart/mixed";
    private static final int RETRY_AFTER_BOUND = 11;

    private Answers() {}

    static SipResponse plain(SipRequest request, int status) {
        return Responses.to(request, status, Reasons.of(status));
    }

    /** To an INVITE or UPDATE of the dialog: names our Contact. */
    static SipResponse accepting(SipRequest request, int status, Dialog dialog) {
        SipResponse response = Responses.to(
                        request, status, Reasons.of(status), dialog.id().localTag())
                .with("Contact", dialog.contact());
        if (request.is("INVITE")) {
            response = response.withHeaders(response.headers().toBuilder()
                    .addEach("Record-Route", request.headers().all("Record-Route"))
                    .build());
        }
        return status < 200 ? response : response.with("Allow", ALLOW);
    }

    /** Try again in 0 to 10 s (RFC 3261 14.2, RFC 3311 5.2). */
    static void later(Outbox out, ServerTransactionId id, SipRequest request) {
        int seconds = out.ids.random(RETRY_AFTER_BOUND);
        out.respond(id, plain(request, 500).with("Retry-After", Integer.toString(seconds)));
    }

    /** What is answered the same at any time: INFO, OPTIONS, an UPDATE without an offer, and what we do not speak. */
    static void anytime(Outbox out, Dialog dialog, ServerTransactionId id, SipRequest request) {
        switch (request.method()) {
            case "INFO" -> {
                out.respond(id, plain(request, 200));
                Infos.read(request).ifPresent(out::add);
            }
            case "UPDATE" -> out.respond(id, accepting(request, 200, dialog));
            case "OPTIONS" -> out.respond(id, accepting(request, 200, dialog).with("Accept", ACCEPT));
            default -> out.respond(id, plain(request, 405).with("Allow", ALLOW));
        }
    }

    /** Whether a request is of the dialog and in order; else it has been answered 481 or 500 (RFC 3261 12.2.2). */
    static boolean admits(Outbox out, Dialog dialog, ServerTransactionId id, SipRequest request) {
        if (!dialog.matches(request)) {
            out.respond(id, plain(request, 481));
            return false;
        }
        if (!dialog.inOrder(request)) {
            out.respond(id, plain(request, 500));
            return false;
        }
        return true;
    }
}
