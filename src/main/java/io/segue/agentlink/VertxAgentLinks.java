package io.segue.agentlink;

import io.segue.agent.Dialect;
import io.segue.flow.agent.AgentLink;
import io.segue.flow.agent.AgentLinks;
import io.segue.flow.agent.AgentListener;
import io.segue.flow.media.Playout;
import io.segue.flow.thread.CallThread;
import io.segue.stream.BotFrames;
import io.segue.stream.StreamWriter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens sockets to agents with Vert.x's WebSocket client. Calls have to live on {@link VertxCallThread}s. */
public final class VertxAgentLinks implements AgentLinks, AutoCloseable {
    /** Our own deadlines come first; Vert.x's free the connection afterwards. */
    private static final int GRACE_MS = 500;

    private static final int STREAM_ID_BYTES = 16;
    private static final int TURN_PREFIX_CHARS = 8;

    private final WebSocketClient client;
    private final Limits limits;
    private final Accounts accounts;
    private final LinkCounters counters;
    private final JsonTrees json;
    private final BotFrames frames;
    private final SecureRandom random = new SecureRandom();

    public VertxAgentLinks(
            Vertx vertx, Limits limits, io.segue.stream.Limits streamLimits, Accounts accounts, LinkCounters counters) {
        this(vertx, limits, streamLimits, accounts, counters, new WebSocketClientOptions());
    }

    /** @param options what is trusted; the limits are put into it here */
    VertxAgentLinks(
            Vertx vertx,
            Limits limits,
            io.segue.stream.Limits streamLimits,
            Accounts accounts,
            LinkCounters counters,
            WebSocketClientOptions options) {
        int connectMs = (int) limits.connectMs() + GRACE_MS;
        this.client = vertx.createWebSocketClient(options.setMaxFrameSize(limits.frameBytesMax())
                .setMaxMessageSize(limits.frameBytesMax())
                .setMaxConnections(limits.socketsMax())
                .setSendBufferSize(limits.sendBufferBytes())
                .setClosingTimeout(Math.max(1, (int) limits.closeMs() / 1000))
                .setConnectTimeout(connectMs)
                .setSslHandshakeTimeout(connectMs)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS));
        // Vert.x 4.5 does not cancel the timer of a handshake where its number is 0, that of a Vertx's first timer, and
        // so
        // would close the first socket later on. This uses that number up.
        vertx.cancelTimer(vertx.setTimer(1, none -> {}));
        this.limits = limits;
        this.accounts = accounts;
        this.counters = counters;
        this.json = new JsonTrees(limits.frameBytesMax());
        this.frames = new BotFrames(streamLimits, json::read);
    }

    @Override
    public AgentLink open(
            Target target, StreamStart start, CallThread thread, Playout playout, AgentListener listener) {
        if (!(thread instanceof VertxCallThread loop)) {
            throw new IllegalArgumentException("the socket needs the call's event loop, not " + thread);
        }
        byte[] streamBits = new byte[STREAM_ID_BYTES];
        random.nextBytes(streamBits);
        String streamId = HexFormat.of().formatHex(streamBits);
        Inbound inbound = new Inbound(
                loop,
                limits,
                counters,
                json,
                frames,
                playout,
                streamId.substring(0, TURN_PREFIX_CHARS),
                target.events());
        Link link = new Link(
                target.agentId(),
                !start.resumed(),
                loop,
                limits,
                counters,
                writer(target.dialect(), start, streamId),
                listener,
                inbound);
        String refusal = refusal(target);
        if (refusal != null) {
            link.refuse(refusal);
        } else {
            loop.dispatch(() -> link.connect(attempt(target)));
        }
        return link;
    }

    @Override
    public void close() {
        client.close();
    }

    /** Why an agent's URL cannot be used; nothing where it can. */
    static @Nullable String refusal(Target target) {
        URI url = target.url();
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        String host = url.getHost();
        if (host == null || !(scheme.equals("ws") || scheme.equals("wss"))) {
            return "the agent's URL is not ws or wss";
        }
        if (scheme.equals("ws") && !target.allowInsecure() && !isLoopback(host)) {
            return "ws is allowed to loopback only; use wss, or allowInsecure";
        }
        return null;
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.equals("[::1]")
                || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }

    private StreamWriter writer(Dialect dialect, StreamStart start, String streamId) {
        return switch (dialect) {
            case TWILIO -> StreamWriter.twilio(accounts.twilioSid(), start.callId(), streamId, start.parameters());
            case PLIVO -> StreamWriter.plivo(accounts.plivoId(), start.callId(), streamId, start.parameters());
        };
    }

    private Future<WebSocket> attempt(Target target) {
        try {
            return client.connect(handshake(target));
        } catch (IllegalArgumentException invalid) {
            // A port past 65535, a line break in a secret: configuration, not a bug.
            return Future.failedFuture(invalid);
        }
    }

    private WebSocketConnectOptions handshake(Target target) {
        URI url = target.url();
        boolean secure = "wss".equalsIgnoreCase(url.getScheme());
        String host = url.getHost();
        int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost(host.startsWith("[") ? host.substring(1, host.length() - 1) : host)
                .setPort(port)
                .setSsl(secure)
                // Absolute: the Host header is made of it.
                .setURI(url.toString())
                .setAllowOriginHeader(false)
                .setTimeout(limits.connectMs() + GRACE_MS);
        switch (target.auth()) {
            case Auth.None none -> {}
            case Auth.Bearer bearer -> options.addHeader("Authorization", "Bearer " + bearer.secret());
            case Auth.Twilio twilio -> options.addHeader("X-Twilio-Signature", Signatures.twilio(twilio.secret(), url));
            case Auth.Plivo plivo -> {
                byte[] bits = new byte[STREAM_ID_BYTES];
                random.nextBytes(bits);
                String nonce = HexFormat.of().formatHex(bits);
                options.addHeader("X-Plivo-Signature-V3", Signatures.plivo(plivo.secret(), url, nonce))
                        .addHeader("X-Plivo-Signature-V3-Nonce", nonce);
            }
        }
        return options;
    }
}
