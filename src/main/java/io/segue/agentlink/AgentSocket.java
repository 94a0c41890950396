package io.segue.agentlink;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.segue.flow.thread.CallThread;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.impl.WebSocketInternal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one open WebSocket (RFC 6455). Data frames are taken and given at Netty's level, below Vert.x's own handler:
 * without a copy per layer, with a count of what waits to be written, and with a close frame for a frame that is too large,
 * where Vert.x would reset the connection. Handshake, pings from the peer and the closing handshake remain Vert.x's.
 */
final class AgentSocket extends ChannelInboundHandlerAdapter {
    private final WebSocket socket;
    private final VertxCallThread thread;
    private final Limits limits;
    private final Receiver receiver;
    private final ChannelFutureListener written = done -> written();
    private ChannelHandlerContext channel;
    private CallThread.@Nullable Timer end;
    private byte @Nullable [] fragments;
    private int fragmentsLength;
    private boolean fragmentsAreBinary;
    private boolean reading;
    private boolean unflushed;
    private boolean heard;
    private int waiting;

    /** Told what comes in, on the call's thread. */
    interface Receiver {
        /** @param text UTF-8 from its start; holds the message only for the duration of the call */
        void text(byte[] text, int length);

        void binary();

        /** A frame cannot be taken; nothing more will be. */
        void violated(WebSocketCloseStatus status, String detail);

        /** The peer has closed, or the connection is gone. */
        void closed(String detail);
    }

    private AgentSocket(WebSocket socket, VertxCallThread thread, Limits limits, Receiver receiver) {
        this.socket = socket;
        this.thread = thread;
        this.limits = limits;
        this.receiver = receiver;
        this.channel = ((WebSocketInternal) socket).channelHandlerContext();
    }

    /** Called on the thread at the end of the handshake, before any frame is read. */
    static AgentSocket on(WebSocket socket, VertxCallThread thread, Limits limits, Receiver receiver) {
        AgentSocket frames = new AgentSocket(socket, thread, limits, receiver);
        ChannelHandlerContext vertx = frames.channel;
        vertx.pipeline().addBefore(vertx.name(), "segue-agent", frames);
        socket.exceptionHandler(broken -> {}); // the close handler follows
        socket.closeHandler(none -> {
            frames.end();
            frames.receiver.closed(frames.closing());
        });
        return frames;
    }

    /** Writes one text frame; the bytes are the caller's again when the method returns. */
    void write(byte[] text, int length) {
        waiting++;
        // The encoder masks into a buffer of its own before write returns (RFC 6455, section 5.3).
        ByteBuf view = Unpooled.wrappedBuffer(text).writerIndex(length);
        channel.write(new TextWebSocketFrame(view), channel.newPromise().addListener(written));
        flush();
    }

    /** Frames that have been written and not yet been taken by the kernel. */
    int waiting() {
        return waiting;
    }

    /** Asks the peer whether it lives. */
    void ping() {
        heard = false;
        channel.write(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER), channel.voidPromise());
        flush();
    }

    /** Whether anything has come since the last ping. */
    boolean heardSincePing() {
        return heard;
    }

    /** Starts the closing handshake; the connection ends within {@code closeMs} even where the peer does not answer. */
    void close(WebSocketCloseStatus status, String reason) {
        socket.close((short) status.code(), Printable.of(reason));
        end();
    }

    private String closing() {
        Short status = socket.closeStatusCode();
        return status == null ? "connection lost" : (status + " " + Printable.of(socket.closeReason())).trim();
    }

    private void end() {
        fragments = null;
        if (end == null && channel.channel().isOpen()) {
            end = thread.schedule(limits.closeMs(), () -> channel.close());
        }
    }

    private void written() {
        waiting--;
    }

    private void flush() {
        if (reading) {
            unflushed = true;
        } else {
            channel.flush();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        heard = true;
        reading = true;
        if (!isData(message)) {
            context.fireChannelRead(message);
            return;
        }
        try {
            data((WebSocketFrame) message);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        reading = false;
        if (unflushed) {
            unflushed = false;
            context.flush();
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException violation) {
            // The decoder drops what follows, so the close frame is not overtaken by a reset.
            receiver.violated(violation.closeStatus(), String.valueOf(violation.getMessage()));
        } else {
            context.fireExceptionCaught(cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (end != null) {
            end.cancel();
        }
        context.fireChannelInactive();
    }

    private static boolean isData(Object message) {
        return message instanceof TextWebSocketFrame
                || message instanceof BinaryWebSocketFrame
                || message instanceof ContinuationWebSocketFrame;
    }

    private void data(WebSocketFrame frame) {
        boolean binary = frame instanceof BinaryWebSocketFrame;
        if (frame.isFinalFragment() && frame instanceof TextWebSocketFrame) {
            ByteBuf content = frame.content();
            int length = content.readableBytes();
            byte[] text = thread.text(length);
            content.readBytes(text, 0, length);
            receiver.text(text, length);
            return;
        }
        if (!(frame instanceof ContinuationWebSocketFrame)) {
            fragmentsAreBinary = binary;
            fragmentsLength = 0;
        }
        if (!fragmentsAreBinary && !append(frame.content())) {
            return;
        }
        if (frame.isFinalFragment()) {
            byte[] whole = fragments;
            fragments = null;
            if (fragmentsAreBinary) {
                receiver.binary();
            } else if (whole != null) {
                receiver.text(whole, fragmentsLength);
            }
        }
    }

    private boolean append(ByteBuf content) {
        int bytes = content.readableBytes();
        long length = (long) fragmentsLength + bytes;
        if (length > limits.frameBytesMax()) {
            fragments = null;
            receiver.violated(
                    WebSocketCloseStatus.MESSAGE_TOO_BIG,
                    "a message of more than " + limits.frameBytesMax() + " bytes");
            return false;
        }
        byte[] room = fragments == null ? new byte[bytes] : fragments;
        if (room.length < length) {
            room = Arrays.copyOf(room, (int) Math.min(limits.frameBytesMax(), Math.max(length, room.length * 2L)));
        }
        content.readBytes(room, fragmentsLength, bytes);
        fragments = room;
        fragmentsLength = (int) length;
        return true;
    }
}
