package io.segue.net.ws;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.segue.net.Drop;
import io.segue.net.WebSockets;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes a WebSocket of a request, or says why not before it is one (RFC 6455 4.2.2, RFC 7118 4). */
public final class SipUpgrade implements Handler<RoutingContext> {
    /** The sub-protocol (RFC 7118 4.1). */
    private static final String SIP = "sip";

    private static final int FRAME_PER_MESSAGE = 4;
    private static final int RETRY_AFTER_SECONDS = 5;

    private final WebSockets webSockets;
    private final Origins origins;

    public SipUpgrade(WebSockets webSockets, Origins origins) {
        this.webSockets = webSockets;
        this.origins = origins;
    }

    /**
     * What the HTTP server needs to know. A frame may be four times as long as a message, so that one that is somewhat too long gets an answer of SIP's
     * own, as does one that comes in pieces, which is how Chromium sends what is long; past that the connection ends. Nothing is compressed, so that a
     * frame is no longer than it is.
     *
     * @param messageBytesMax the longest message of SIP, octets
     */
    public static void prepare(HttpServerOptions options, int messageBytesMax) {
        options.addWebSocketSubProtocol(SIP)
                .setMaxWebSocketFrameSize(FRAME_PER_MESSAGE * messageBytesMax)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            request.response().putHeader(HttpHeaders.UPGRADE, "websocket");
            refuse(request, 426, "this is a WebSocket with the sub-protocol sip");
        } else if (!origins.admit(request.getHeader(HttpHeaders.ORIGIN), request.getHeader(HttpHeaders.HOST))) {
            webSockets.refused(Drop.ORIGIN);
            refuse(
                    request,
                    403,
                    "pages of this origin may not speak SIP here: segue.sip.ws.origins names those that may");
        } else if (!offersSip(request)) {
            webSockets.refused(Drop.SUBPROTOCOL);
            refuse(request, 400, "Sec-WebSocket-Protocol has to offer sip (RFC 7118)");
        } else {
            upgrade(request);
        }
    }

    private void upgrade(HttpServerRequest request) {
        InetSocketAddress remote = inet(request.remoteAddress());
        WebSockets.Seat seat = webSockets.seat(remote);
        if (seat == null) {
            request.response().putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(RETRY_AFTER_SECONDS));
            refuse(request, 503, "too many WebSockets are open here, or from this address");
            return;
        }
        boolean secure = "https".equals(request.scheme());
        request.toWebSocket()
                .onSuccess(socket ->
                        SipSocket.open(socket, seat, inet(socket.localAddress()), secure, webSockets.messageBytesMax()))
                .onFailure(e -> seat.left());
    }

    private static boolean offersSip(HttpServerRequest request) {
        return request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .anyMatch(offered -> offered.strip().equals(SIP));
    }

    private static void refuse(HttpServerRequest request, int status, String why) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .end(why + "\n")
                .onFailure(e -> {});
    }

    /** An address without a number, such as that of a proxy down a local socket, is this machine's. */
    private static InetSocketAddress inet(@Nullable SocketAddress address) {
        String literal = address == null ? null : address.hostAddress();
        int port = address == null ? 0 : Math.max(0, address.port());
        try {
            return new InetSocketAddress(
                    literal == null ? InetAddress.getLoopbackAddress() : InetAddress.ofLiteral(literal), port);
        } catch (IllegalArgumentException e) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        }
    }
}
