package io.segue.sip.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes messages, RFC 3261 7: long header names, one header a line, never folded, Content-Length counted and last. */
public final class SipWriter {

    private SipWriter() {}

    public static byte[] write(SipMessage message) {
        StringBuilder head = new StringBuilder(1024);
        switch (message) {
            case SipRequest request ->
                head.append(request.method())
                        .append(' ')
                        .append(request.requestUri())
                        .append(" SIP/2.0\r\n");
            case SipResponse response ->
                head.append("SIP/2.0 ")
                        .append(response.status())
                        .append(' ')
                        .append(response.reason())
                        .append("\r\n");
        }
        for (Header header : message.headers()) {
            if (!header.is("Content-Length")) {
                head.append(header.name()).append(": ").append(header.value()).append("\r\n");
            }
        }
        byte[] body = message.body();
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(start.length + body.length);
        out.write(start, 0, start.length);
        out.write(body, 0, body.length);
        return out.toByteArray();
    }
}
