package io.segue.sip.dialog;

import io.segue.sip.message.Multipart;
import io.segue.sip.message.SipMessage;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Session descriptions into and out of messages. */
final class Bodies {
    private static final String SDP = "application/sdp";

    private Bodies() {}

    /** The session description, also out of a multipart body; null where there is none. A body without a Content-Type is taken for one. */
    static @Nullable String sdp(SipMessage message) {
        if (message.body().length == 0) {
            return null;
        }
        if (message.contentType() == null) {
            return text(message);
        }
        return Multipart.find(message, SDP)
                .map(part -> new String(part, StandardCharsets.UTF_8))
                .orElse(null);
    }

    static String text(SipMessage message) {
        return new String(message.body(), StandardCharsets.UTF_8);
    }

    static SipRequest with(SipRequest request, String sdp) {
        return request.withBody(SDP, sdp.getBytes(StandardCharsets.UTF_8));
    }

    static SipResponse with(SipResponse response, String sdp) {
        return response.withBody(SDP, sdp.getBytes(StandardCharsets.UTF_8));
    }
}
