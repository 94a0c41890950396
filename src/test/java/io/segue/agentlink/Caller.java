package io.segue.agentlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.segue.agent.Dialect;
import io.segue.flow.agent.AgentEvent;
import io.segue.flow.agent.AgentLink;
import io.segue.flow.agent.AgentLinks.Auth;
import io.segue.flow.agent.AgentLinks.StreamStart;
import io.segue.flow.agent.AgentLinks.Target;
import io.segue.flow.media.Playout;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClientOptions;
import java.net.URI;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The gateway's side of a socket test: one call thread, what its agent's link says, and what would be played. */
final class Caller implements AutoCloseable {
    static final long WAIT_SECONDS = 10;
    static final String CALL_ID = "00112233445566778899aabbccddeeff";
    static final Limits SHORT = new Limits(400, 400, 150, 300, 768 * 1024, 250, 5, 100, 8 * 1024);
    /** As {@link #SHORT}, but with time for the handshake on a busy machine. */
    static final Limits SOON = new Limits(20_000, 400, 150, 300, 768 * 1024, 250, 5, 100, 8 * 1024);
    /** Deadlines that no test reaches. */
    static final Limits PATIENT = new Limits(20_000, 20_000, 20_000, 2_000, 768 * 1024, 250, 5, 100, 32 * 1024);

    final Vertx vertx = Vertx.vertx();
    final VertxCallThread thread = new VertxCallThreads(vertx, 1).next();
    final LinkCounters counters = new LinkCounters();
    final BlockingQueue<AgentEvent> events = new LinkedBlockingQueue<>();
    /** What was played: {@code play:<hex of the first byte>x<length>}, {@code mark:<name>}, {@code clear}. */
    final BlockingQueue<String> played = new LinkedBlockingQueue<>();

    final Map<String, String> parameters = new LinkedHashMap<>();
    private final VertxAgentLinks links;
    AgentLink link;

    Caller(Limits limits) {
        this(limits, new WebSocketClientOptions());
    }

    Caller(Limits limits, WebSocketClientOptions options) {
        links = new VertxAgentLinks(
                vertx, limits, io.segue.stream.Limits.defaults(), Accounts.defaults(), counters, options);
        parameters.put("from_number", "+15550100");
        parameters.put("to_number", "+15550199");
    }

    Caller open(URI url, Dialect dialect, boolean events) {
        return open(new Target("a1", url, dialect, new Auth.None(), events, false));
    }

    Caller open(Target target) {
        CompletableFuture<AgentLink> opened = new CompletableFuture<>();
        thread.execute(() -> opened.complete(links.open(
                target,
                new StreamStart(CALL_ID, parameters),
                thread,
                new Played(),
                event -> events.add(thread.isCurrent() && Vertx.currentContext() != null ? event : wrongThread()))));
        link = opened.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
        return this;
    }

    /** Runs on the call's thread and waits for it. */
    void on(Consumer<AgentLink> step) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        thread.execute(() -> {
            try {
                step.accept(link);
                done.complete(null);
            } catch (RuntimeException | Error failed) {
                done.completeExceptionally(failed);
            }
        });
        done.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
    }

    void sendFrames(int count) {
        byte[] ulaw = new byte[160];
        Arrays.fill(ulaw, (byte) 0xff);
        on(open -> {
            for (int i = 1; i <= count; i++) {
                open.caller(ulaw, 0, i * 20L);
            }
        });
    }

    <T extends AgentEvent> T expect(Class<T> type) throws InterruptedException {
        AgentEvent event = events.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        assertNotNull(event, "no event came, expected " + type.getSimpleName());
        return assertInstanceOf(type, event);
    }

    AgentEvent.Gone expectGone(AgentEvent.Cause cause) throws InterruptedException {
        AgentEvent.Gone gone = expect(AgentEvent.Gone.class);
        assertEquals(cause, gone.cause(), gone.detail());
        return gone;
    }

    /** Whatever had been under way on the thread has been done by now, and nothing was told. */
    void expectNothing() {
        on(open -> {});
        assertNull(events.peek());
    }

    String expectPlayed() throws InterruptedException {
        String step = played.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        assertNotNull(step, "nothing was played");
        return step;
    }

    private static AgentEvent wrongThread() {
        throw new AssertionError("an event came on " + Thread.currentThread());
    }

    @Override
    public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    private final class Played implements Playout {
        @Override
        public void play(byte[] ulaw, int offset, int length) {
            played.add("play:" + HexFormat.of().toHexDigits(ulaw[offset]) + "x" + length);
        }

        @Override
        public void mark(String name) {
            played.add("mark:" + name);
        }

        @Override
        public void clear() {
            played.add("clear");
        }

        @Override
        public void awaitUtteranceEnd() {
            played.add("awaitUtteranceEnd");
        }
    }
}
