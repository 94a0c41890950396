package io.segue.net.ws;

import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.segue.net.WebSockets;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One WebSocket: its frames made whole, one message at a time, so that a peer that floods us waits for itself. */
final class SipSocket implements WebSockets.Socket {
    private final ServerWebSocket socket;
    private final int messageBytesMax;
    private final AtomicLong unsent = new AtomicLong();
    private @Nullable Buffer begun;
    private boolean over;

    private SipSocket(ServerWebSocket socket, int messageBytesMax) {
        this.socket = socket;
        this.messageBytesMax = messageBytesMax;
    }

    static void open(
            ServerWebSocket socket,
            WebSockets.Seat seat,
            InetSocketAddress local,
            boolean secure,
            int messageBytesMax) {
        socket.pause();
        SipSocket made = new SipSocket(socket, messageBytesMax);
        WebSockets.Peer peer = seat.taken(local, secure, made);
        socket.closeHandler(closed -> peer.closed());
        socket.exceptionHandler(e -> made.broken(e, peer));
        socket.pongHandler(pong -> peer.alive());
        socket.frameHandler(frame -> made.frame(frame, peer));
        socket.fetch(1);
    }

    /** A frame beyond the limit is told too, or else nobody would count it; its end follows from Netty. */
    private void broken(Throwable why, WebSockets.Peer peer) {
        if (why instanceof CorruptedWebSocketFrameException e
                && e.closeStatus().code() == WebSocketCloseStatus.MESSAGE_TOO_BIG.code()
                && !over) {
            over = true;
            peer.tooLong(new byte[0]);
        }
    }

    private void frame(WebSocketFrame frame, WebSockets.Peer peer) {
        if (over || !frame.isText() && !frame.isBinary() && !frame.isContinuation()) {
            socket.fetch(1);
            return;
        }
        peer.alive();
        Buffer whole = begun == null ? frame.binaryData() : begun.appendBuffer(frame.binaryData());
        if (whole.length() > messageBytesMax) {
            over = true;
            begun = null;
            peer.tooLong(whole.getBytes(0, messageBytesMax));
            socket.fetch(1);
        } else if (frame.isFinal()) {
            begun = null;
            peer.message(whole.getBytes(), () -> socket.fetch(1));
        } else {
            begun = begun == null ? whole.copy() : whole;
            socket.fetch(1);
        }
    }

    @Override
    public void send(byte[] message) {
        unsent.addAndGet(message.length);
        String text = utf8(message);
        (text == null ? socket.writeBinaryMessage(Buffer.buffer(message)) : socket.writeTextMessage(text))
                .onComplete(done -> unsent.addAndGet(-message.length));
    }

    /** RFC 7118 5.3: what is not UTF-8 goes as binary. */
    private static @Nullable String utf8(byte[] message) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(message))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    @Override
    public long unsentBytes() {
        return unsent.get();
    }

    @Override
    public void ping() {
        socket.writePing(Buffer.buffer()).onFailure(e -> {});
    }

    @Override
    public void close(int code, String why) {
        socket.close((short) code, why).onFailure(e -> {});
    }
}
