package io.segue.sip.message;

import org.jspecify.annotations.Nullable;

/**
 * Reads one message, RFC 3261 7 and 25, in time linear in its length. What is wrong is a value, never an exception; a request that
 * is wrong comes back with the status that the RFC gives it where there is a way back to its sender.
 */
public final class SipParser {

    private SipParser() {}

    /**
     * Reads a datagram, or a frame that was cut from a stream by its Content-Length. Octets behind the body are ignored (18.3);
     * without a Content-Length the body ends with the octets.
     */
    public static Parsed parse(byte[] buffer, int offset, int length, Limits limits) {
        int start = offset;
        int end = offset + length;
        while (start < end && (buffer[start] == '\r' || buffer[start] == '\n' || buffer[start] == 0)) {
            start++;
        }
        if (start == end) {
            return new Parsed.KeepAlive();
        }
        Head head = Head.read(buffer, start, end, limits);
        StartLine line;
        try {
            line = StartLine.read(head.startLine(), limits);
        } catch (Malformed e) {
            return new Parsed.Discarded(e.why());
        }
        return switch (line) {
            case StartLine.Request request -> request(request, head, buffer, end, limits);
            case StartLine.Response response -> response(response, head, buffer, end, limits);
        };
    }

    /** The same for a whole array. */
    public static Parsed parse(byte[] message, Limits limits) {
        return parse(message, 0, message.length, limits);
    }

    private static Parsed request(StartLine.Request line, Head head, byte[] buffer, int end, Limits limits) {
        try {
            if (line.fault() instanceof Fault fault) {
                throw fault;
            }
            if (head.fault() instanceof Fault fault) {
                throw fault;
            }
            Headers headers = head.headers();
            MessageCheck.all(headers, limits);
            MessageCheck.request(line.method(), line.uri(), headers);
            byte[] body = Body.cut(head.lengths(), buffer, head.end(), end);
            return new Parsed.Message(new SipRequest(line.method(), line.uri(), headers, body));
        } catch (Fault fault) {
            return answerable(line, head, fault);
        }
    }

    private static Parsed answerable(StartLine.Request line, Head head, Fault fault) {
        Headers headers = head.headers();
        String top = headers.first("Via");
        @Nullable Via via = top == null ? null : ViaReader.salvage(top);
        if (line.method().equals("ACK") || via == null) {
            return new Parsed.Discarded(fault.why());
        }
        Headers repaired = MessageCheck.viasAreSound(headers)
                ? headers
                : headers.without("Via").prepend("Via", via.toString());
        return new Parsed.Answerable(fault.status(), fault.why(), new SipRequest(line.method(), line.uri(), repaired));
    }

    private static Parsed response(StartLine.Response line, Head head, byte[] buffer, int end, Limits limits) {
        try {
            if (head.fault() instanceof Fault fault) {
                throw fault;
            }
            Headers headers = head.headers();
            MessageCheck.all(headers, limits);
            byte[] body = Body.cut(head.lengths(), buffer, head.end(), end);
            return new Parsed.Message(new SipResponse(line.status(), line.reason(), headers, body));
        } catch (Fault fault) {
            return new Parsed.Discarded(fault.why());
        }
    }
}
