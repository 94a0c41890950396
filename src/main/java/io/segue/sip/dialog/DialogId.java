package io.segue.sip.dialog;

import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What tells one dialog from another (RFC 3261 12), seen from our side.
 *
 * @param localTag empty where the message has none
 * @param remoteTag empty where there is none: before an answer, and for a peer of RFC 2543
 */
public record DialogId(String callId, String localTag, String remoteTag) {
    /** The dialog that a request from the peer claims to belong to; {@code localTag} is empty when it would start one. */
    public static DialogId of(SipRequest received) {
        return new DialogId(
                received.callId(), tag(received.to().tag()), tag(received.from().tag()));
    }

    /** The dialog that a response from the peer belongs to or starts. */
    public static DialogId of(SipResponse received) {
        return new DialogId(
                received.callId(), tag(received.from().tag()), tag(received.to().tag()));
    }

    /** The same before the peer's tag is known: what all forks of an INVITE of ours share. */
    public DialogId half() {
        return new DialogId(callId, localTag, "");
    }

    static String tag(@Nullable String tag) {
        return Objects.requireNonNullElse(tag, "");
    }
}
