package io.segue.agentlink;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.segue.flow.agent.AgentEvent;
import io.segue.flow.agent.AgentEvent.Cause;
import io.segue.flow.agent.AgentLink;
import io.segue.flow.agent.AgentListener;
import io.segue.flow.thread.CallThread;
import io.segue.stream.SegueEvents;
import io.segue.stream.StreamWriter;
import io.vertx.core.Future;
import io.vertx.core.http.WebSocket;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One call's socket from the attempt to its end: connecting, open, over. On the call's thread only. */
final class Link implements AgentLink, AgentSocket.Receiver {
    private static final Logger LOG = Logger.getLogger(Link.class);
    private static final int FRAME_MS = 20;

    private final String agentId;
    private final boolean speaksFirst;
    private final VertxCallThread thread;
    private final Limits limits;
    private final LinkCounters counters;
    private final StreamWriter writer;
    private final AgentListener listener;
    private final Inbound inbound;
    private State state = State.CONNECTING;
    private @Nullable AgentSocket socket;
    private CallThread.@Nullable Timer deadline;
    private CallThread.@Nullable Timer ping;
    private boolean pinged;
    private long baseMs = -1;

    private enum State {
        CONNECTING,
        OPEN,
        OVER
    }

    /** @param speaksFirst whether silence after the handshake is a failure */
    Link(
            String agentId,
            boolean speaksFirst,
            VertxCallThread thread,
            Limits limits,
            LinkCounters counters,
            StreamWriter writer,
            AgentListener listener,
            Inbound inbound) {
        this.agentId = agentId;
        this.speaksFirst = speaksFirst;
        this.thread = thread;
        this.limits = limits;
        this.counters = counters;
        this.writer = writer;
        this.listener = listener;
        this.inbound = inbound;
    }

    void connect(Future<WebSocket> handshake) {
        deadline = thread.schedule(
                limits.connectMs(),
                () -> gone(
                        Cause.LATE,
                        "no handshake within " + limits.connectMs() + " ms",
                        WebSocketCloseStatus.NORMAL_CLOSURE));
        handshake.onComplete(done -> {
            if (done.succeeded()) {
                connected(done.result());
            } else {
                // Never before open has returned.
                refuse(Refusals.text(done.cause()));
            }
        });
    }

    /** Says on the thread, later, that there will be no socket. */
    void refuse(String why) {
        thread.execute(() -> gone(Cause.REFUSED, why, WebSocketCloseStatus.NORMAL_CLOSURE));
    }

    private void connected(WebSocket handshaken) {
        if (state == State.OVER) {
            handshaken.close();
            return;
        }
        AgentSocket open = AgentSocket.on(handshaken, thread, limits, this);
        socket = open;
        state = State.OPEN;
        counters.opened.increment();
        counters.live.increment();
        cancel(deadline);
        deadline = speaksFirst ? thread.schedule(limits.firstAudioMs(), this::noAudio) : null;
        ping = thread.schedule(limits.pingMs(), this::ping);
        inbound.opened(System.nanoTime());
        writer.opening().forEach(this::send);
        tell(new AgentEvent.Opened());
    }

    @Override
    public void caller(byte[] ulaw, int offset, long timestampMs) {
        AgentSocket open = socket;
        if (state != State.OPEN || open == null) {
            return;
        }
        if (open.waiting() >= limits.waitingFramesMax()) {
            gone(
                    Cause.SLOW,
                    "agent_slow: " + open.waiting() + " frames waiting",
                    WebSocketCloseStatus.POLICY_VIOLATION);
            return;
        }
        int length = writer.media(ulaw, offset, streamMs(timestampMs));
        open.write(writer.mediaBuffer(), length);
        counters.framesOut.increment();
    }

    /** The first frame sent ends 20 ms into the stream. */
    private long streamMs(long timestampMs) {
        if (baseMs < 0) {
            baseMs = Math.max(0, timestampMs - FRAME_MS);
        }
        return Math.max(0, timestampMs - baseMs);
    }

    @Override
    public void digit(char digit, long timestampMs) {
        if (state == State.OPEN) {
            send(writer.digit(digit, baseMs < 0 ? 0 : streamMs(timestampMs)));
        }
    }

    @Override
    public void markPlayed(String name) {
        if (state == State.OPEN) {
            send(writer.markPlayed(name));
        }
    }

    @Override
    public void handoff(String id, String state, String reason) {
        sendEvent(SegueEvents.handoff(id, state, reason));
    }

    @Override
    public void returned(Returned returned) {
        sendEvent(SegueEvents.returned(
                returned.transcript(), returned.note(), returned.human(), returned.startedAt(), returned.endedAt()));
    }

    @Override
    public void turnDecided(String id, String decision, @Nullable String text, @Nullable String note) {
        sendEvent(SegueEvents.turn(id, decision, text, note));
    }

    @Override
    public void actionDecided(ActionAnswer answer) {
        sendEvent(SegueEvents.action(
                answer.id(),
                answer.decision(),
                answer.by(),
                answer.note(),
                answer.payload(),
                answer.amount(),
                answer.currency(),
                answer.token()));
    }

    @Override
    public void complain(String code, String message) {
        sendError(code, message);
    }

    @Override
    public void close(String reason) {
        finish(WebSocketCloseStatus.NORMAL_CLOSURE, reason);
    }

    @Override
    public void text(byte[] text, int length) {
        if (state == State.OPEN) {
            inbound.text(this, text, length);
        }
    }

    @Override
    public void binary() {
        if (state == State.OPEN) {
            counters.binaryIn.increment();
            sendError("binary_frame", "frames are text; a binary one is ignored");
        }
    }

    @Override
    public void violated(WebSocketCloseStatus status, String detail) {
        gone(Cause.MISBEHAVED, status.code() + " " + detail, status);
    }

    @Override
    public void closed(String detail) {
        gone(Cause.CLOSED, detail, WebSocketCloseStatus.NORMAL_CLOSURE);
    }

    void heardAudio() {
        cancel(deadline);
        deadline = null;
        tell(new AgentEvent.FirstAudio());
    }

    void cleared() {
        writer.cleared().ifPresent(this::send);
        tell(new AgentEvent.Cleared());
    }

    void misbehaved(String detail) {
        gone(Cause.MISBEHAVED, detail, WebSocketCloseStatus.POLICY_VIOLATION);
    }

    void sendError(String code, String message) {
        sendEvent(SegueEvents.error(code, message));
    }

    void tell(AgentEvent event) {
        // Frames come from Netty's pipeline, where no Vert.x context is the current one.
        thread.dispatch(() -> listener.on(event));
    }

    private void noAudio() {
        gone(Cause.LATE, "no audio within " + limits.firstAudioMs() + " ms", WebSocketCloseStatus.NORMAL_CLOSURE);
    }

    private void ping() {
        AgentSocket open = socket;
        if (open == null) {
            return;
        }
        if (pinged && !open.heardSincePing()) {
            gone(Cause.SILENT, "nothing heard for " + limits.pingMs() + " ms", WebSocketCloseStatus.NORMAL_CLOSURE);
            return;
        }
        pinged = true;
        open.ping();
        ping = thread.schedule(limits.pingMs(), this::ping);
    }

    private void gone(Cause cause, String detail, WebSocketCloseStatus status) {
        if (state != State.OVER) {
            LOG.debugf("agent %s: %s, %s", agentId, cause, detail);
            finish(status, cause == Cause.SLOW ? "agent_slow" : detail);
            tell(new AgentEvent.Gone(cause, detail));
        }
    }

    private void finish(WebSocketCloseStatus status, String reason) {
        if (state == State.OVER) {
            return;
        }
        state = State.OVER;
        cancel(deadline);
        cancel(ping);
        AgentSocket open = socket;
        socket = null;
        if (open != null) {
            counters.live.decrement();
            byte[] stop = writer.stop();
            open.write(stop, stop.length);
            open.close(status, reason);
        }
    }

    private void sendEvent(byte[] frame) {
        if (state == State.OPEN && inbound.takesEvents()) {
            send(frame);
        }
    }

    private void send(byte[] frame) {
        AgentSocket open = socket;
        if (open != null) {
            open.write(frame, frame.length);
            counters.framesOut.increment();
        }
    }

    private static void cancel(CallThread.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
