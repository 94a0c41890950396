package io.segue.sip.message;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A request, RFC 3261 7.1.
 *
 * @param method a token, upper and lower case matter
 * @param requestUri whom it is for
 * @param headers all headers in order; never a Content-Length: that is the parser's and the writer's business
 * @param body its octets, not copied
 */
public record SipRequest(String method, Uri requestUri, Headers headers, byte[] body) implements SipMessage {

    private static final byte[] EMPTY = new byte[0];

    public SipRequest {
        if (!Chars.isToken(method)) {
            throw new IllegalArgumentException("no method: " + Header.oneLine(method));
        }
    }

    /** A request without a body. */
    public SipRequest(String method, Uri requestUri, Headers headers) {
        this(method, requestUri, headers, EMPTY);
    }

    public boolean is(String name) {
        return method.equals(name);
    }

    public SipRequest withHeaders(Headers changed) {
        return new SipRequest(method, requestUri, changed, body);
    }

    public SipRequest withBody(String contentType, byte[] content) {
        return new SipRequest(method, requestUri, headers.with("Content-Type", contentType), content);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SipRequest that
                && method.equals(that.method)
                && requestUri.equals(that.requestUri)
                && headers.equals(that.headers)
                && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * method.hashCode() + headers.hashCode()) + Arrays.hashCode(body);
    }

    @Override
    public String toString() {
        return method + " " + requestUri + " " + headers + " (" + body.length + " octets)";
    }
}
