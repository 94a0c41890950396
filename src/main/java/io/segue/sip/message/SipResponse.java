package io.segue.sip.message;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A response, RFC 3261 7.2.
 *
 * @param status 100 to 699
 * @param reason the phrase behind it, one line, may be empty
 * @param headers all headers in order; never a Content-Length: that is the parser's and the writer's business
 * @param body its octets, not copied
 */
public record SipResponse(int status, String reason, Headers headers, byte[] body) implements SipMessage {

    private static final byte[] EMPTY = new byte[0];

    public SipResponse {
        if (status < 100 || status > 699) {
            throw new IllegalArgumentException("no status: " + status);
        }
        reason = Header.oneLine(reason).strip();
    }

    /** A response without a body. */
    public SipResponse(int status, String reason, Headers headers) {
        this(status, reason, headers, EMPTY);
    }

    /** 1xx. */
    public boolean provisional() {
        return status < 200;
    }

    /** 2xx. */
    public boolean success() {
        return status >= 200 && status < 300;
    }

    public SipResponse withHeaders(Headers changed) {
        return new SipResponse(status, reason, changed, body);
    }

    public SipResponse with(String name, String value) {
        return withHeaders(headers.with(name, value));
    }

    public SipResponse withBody(String contentType, byte[] content) {
        return new SipResponse(status, reason, headers.with("Content-Type", contentType), content);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SipResponse that
                && status == that.status
                && reason.equals(that.reason)
                && headers.equals(that.headers)
                && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * status + headers.hashCode()) + Arrays.hashCode(body);
    }

    @Override
    public String toString() {
        return status + " " + reason + " " + headers + " (" + body.length + " octets)";
    }
}
