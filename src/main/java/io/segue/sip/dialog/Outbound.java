package io.segue.sip.dialog;

import io.segue.sip.digest.DigestCredentials;
import io.segue.sip.message.Headers;
import io.segue.sip.message.NameAddress;
import io.segue.sip.message.Uri;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An INVITE to be sent.
 *
 * @param target the Request-URI
 * @param callId globally unique
 * @param from who calls, without a tag
 * @param to whom, without a tag
 * @param contact our Contact, {@code <uri>}
 * @param routes proxies it goes through, as {@code <uri;lr>}; the first is where it is sent
 * @param headers further ones: X-Segue-Call, User-to-User, Call-Info, Answer-Mode …
 * @param sdp our offer
 * @param credentials for a challenge of their realm; null: none is answered
 */
public record Outbound(
        Uri target,
        String callId,
        NameAddress from,
        NameAddress to,
        String contact,
        List<String> routes,
        Headers headers,
        String sdp,
        @Nullable DigestCredentials credentials) {}
