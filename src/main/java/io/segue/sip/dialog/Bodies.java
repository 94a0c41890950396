package io.segue.sip.dialog;

import io.segue.sip.message.MediaType;
import io.segue.sip.message.SipMessage;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Session descriptions into and out of messages. */
final class Bodies {
    private static final String SDP = "application/sdp";

    private Bodies() {}

    /** The session description; null where there is none. A body without a Content-Type is taken for one. */
    static @Nullable String sdp(SipMessage message) {
        MediaType type = message.contentType();
        if (message.body().length == 0 || type != null && !type.is(SDP)) {
            return null;
        }
        return text(message);
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
