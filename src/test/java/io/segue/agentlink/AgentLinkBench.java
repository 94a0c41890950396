package io.segue.agentlink;

import io.segue.agent.Dialect;
import io.segue.flow.agent.AgentEvent;
import io.segue.flow.agent.AgentLink;
import io.segue.flow.agent.AgentLinks.Auth;
import io.segue.flow.agent.AgentLinks.StreamStart;
import io.segue.flow.agent.AgentLinks.Target;
import io.segue.flow.media.Playout;
import io.segue.stream.AudioPayload;
import io.segue.stream.MediaScan;
import io.segue.stream.StreamWriter;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What an agent's leg costs. {@code AgentLinkBench [links] [seconds] [nio|native] [twilio|plivo]}: nanoseconds per frame without a socket,
 * then this process's CPU per 20 ms pair of frames (one out, one in) through real sockets on loopback; the bot is a process
 * of its own. {@code native} needs Netty's epoll transport on the class path.
 */
final class AgentLinkBench {
    private static final int TICKS = 20;
    private static final int WARM_UP_SECONDS = 15;
    /** As in operation, but for deadlines that a busy machine might miss. */
    private static final Limits PATIENT =
            new Limits(30_000, 30_000, 20_000, 2_000, 768 * 1024, 250, 100, 10_000, 32 * 1024);

    private AgentLinkBench() {}

    public static void main(String[] args) throws Exception {
        if (args.length == 1 && args[0].equals("bot")) {
            bot();
            return;
        }
        int links = args.length > 0 ? Integer.parseInt(args[0]) : 200;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 30;
        boolean epoll = args.length > 2 && args[2].equals("native");
        Dialect dialect = args.length > 3 && args[3].equals("plivo") ? Dialect.PLIVO : Dialect.TWILIO;
        framesOnly();
        Process bot = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AgentLinkBench.class.getName(),
                        "bot")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader port =
                new BufferedReader(new InputStreamReader(bot.getInputStream(), StandardCharsets.UTF_8))) {
            sockets(links, seconds, epoll, dialect, Integer.parseInt(port.readLine()));
        } finally {
            bot.destroy();
            bot.waitFor();
        }
    }

    private static void framesOnly() {
        byte[] ulaw = new byte[160];
        StreamWriter writer = StreamWriter.twilio("AC0", "0".repeat(32), "1".repeat(32), Map.of());
        byte[] in = Bot.twilioAudio((byte) 1, 160).getBytes(StandardCharsets.UTF_8);
        MediaScan scan = new MediaScan();
        byte[] audio = new byte[4096];
        long sum = 0;
        for (int round = 0; round < 6; round++) {
            int frames = 2_000_000;
            long start = threadCpuNanos();
            for (int i = 0; i < frames; i++) {
                sum += writer.media(ulaw, 0, i * 20L);
            }
            long middle = threadCpuNanos();
            for (int i = 0; i < frames; i++) {
                if (scan.find(in, 0, in.length)) {
                    sum += AudioPayload.decode(in, scan.payloadOffset(), scan.payloadLength(), audio);
                }
            }
            long end = threadCpuNanos();
            System.out.printf(
                    "without a socket: %d ns out, %d ns in, a frame of %d bytes (%d)%n",
                    (middle - start) / frames, (end - middle) / frames, in.length, sum % 10);
        }
    }

    private static void sockets(int count, int seconds, boolean epoll, Dialect dialect, int port) throws Exception {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(epoll));
        VertxCallThreads threads =
                new VertxCallThreads(vertx, Runtime.getRuntime().availableProcessors());
        LinkCounters counters = new LinkCounters();
        VertxAgentLinks client = new VertxAgentLinks(
                vertx, Limits.defaults(), io.segue.stream.Limits.defaults(), Accounts.defaults(), counters);
        List<Paced> links = new CopyOnWriteArrayList<>();
        URI url = URI.create("ws://127.0.0.1:" + port + "/");
        LongAdder bytesPlayed = new LongAdder();
        AtomicBoolean closing = new AtomicBoolean();
        for (int i = 0; i < count; i++) {
            VertxCallThread thread = threads.next();
            thread.execute(() -> links.add(new Paced(
                    thread,
                    client.open(
                            new Target("a", url, dialect, new Auth.None(), false, false),
                            new StreamStart("0".repeat(32), Map.of("from_number", "+15550100")),
                            thread,
                            new Counted(bytesPlayed),
                            event -> {
                                if (event instanceof AgentEvent.Gone gone && !closing.get()) {
                                    System.out.println(gone);
                                }
                            }))));
        }
        ScheduledExecutorService pacer = Executors.newSingleThreadScheduledExecutor();
        AtomicInteger tick = new AtomicInteger();
        byte[] ulaw = new byte[160];
        pacer.scheduleAtFixedRate(
                () -> pace(links, threads, tick.getAndIncrement(), ulaw), 0, 1, TimeUnit.MILLISECONDS);
        Thread.sleep(TimeUnit.SECONDS.toMillis(WARM_UP_SECONDS));
        LinkCounters.Snapshot before = counters.snapshot();
        long cpu = cpuNanos();
        Thread.sleep(TimeUnit.SECONDS.toMillis(seconds));
        cpu = cpuNanos() - cpu;
        LinkCounters.Snapshot after = counters.snapshot();
        pacer.shutdownNow();
        closing.set(true);
        long out = after.framesOut() - before.framesOut();
        long in = after.audioIn() - before.audioIn();
        System.out.printf(
                "%d links, %s, %s, %d s: %d frames out, %d in (%d unusual, %d malformed); %.1f us CPU per pair,"
                        + " %.2f ms per call-second%n",
                after.live(),
                vertx.isNativeTransportEnabled() ? "epoll" : "NIO",
                dialect,
                seconds,
                out,
                in,
                after.unusualAudioIn(),
                after.malformedIn(),
                cpu / 1e3 / Math.max(1, (out + in) / 2.0),
                cpu / 1e6 / seconds / count);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** Each millisecond a twentieth of the links, with one wake-up per thread, as media loops would. */
    private static void pace(List<Paced> links, VertxCallThreads threads, int tick, byte[] ulaw) {
        for (VertxCallThread thread : threads.all()) {
            thread.execute(() -> {
                for (int i = tick % TICKS; i < links.size(); i += TICKS) {
                    Paced link = links.get(i);
                    if (link.thread == thread) {
                        link.link.caller(ulaw, 0, tick);
                    }
                }
            });
        }
    }

    private record Paced(VertxCallThread thread, AgentLink link) {}

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static long threadCpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Sends every socket 20 ms of audio every 20 ms, in twenty groups, and reads what comes. */
    private static void bot() throws Exception {
        Vertx vertx = Vertx.vertx();
        List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();
        int port = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .webSocketHandler(socket -> {
                    socket.frameHandler(frame -> {});
                    sockets.add(socket);
                    socket.closeHandler(none -> sockets.remove(socket));
                })
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
        System.out.println(port);
        String frame = Bot.twilioAudio((byte) 1, 160);
        AtomicInteger tick = new AtomicInteger();
        vertx.setPeriodic(1, timer -> {
            List<ServerWebSocket> all = new ArrayList<>(sockets);
            for (int i = tick.getAndIncrement() % TICKS; i < all.size(); i += TICKS) {
                if (!all.get(i).isClosed()) {
                    all.get(i).writeTextMessage(frame);
                }
            }
        });
        Thread.sleep(TimeUnit.MINUTES.toMillis(10));
        System.exit(0);
    }

    private record Counted(LongAdder bytes) implements Playout {
        @Override
        public void play(byte[] ulaw, int offset, int length) {
            bytes.add(length);
        }

        @Override
        public void mark(String name) {}

        @Override
        public void clear() {}

        @Override
        public void awaitUtteranceEnd() {}
    }
}
