package io.segue.bench;

import io.segue.flow.media.MediaLeg;
import io.segue.flow.media.MediaPlane.Opening;
import io.segue.flow.media.Source;
import io.segue.flow.thread.CallThread;
import io.segue.media.Limits;
import io.segue.media.Media;
import io.segue.media.MediaConfig;
import io.segue.rtp.G711;
import io.segue.rtp.Law;
import io.segue.rtp.MixInput;
import io.segue.sdp.Agreement;
import io.segue.sdp.Codec;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What a mixed packet costs beside a relayed one: the CPU time of the media loop's thread over the packets that it sent, for calls of three people of whom nobody, one or
 * everybody hears a mix. One loop, real sockets, 20 ms packets of mu-law; who sends to the legs is another thread.
 */
final class MixBench {
    private static final int PORT_FIRST = 12_000;
    private static final int PACKET_BYTES = 172;
    private static final long PACKET_NANOS = 20_000_000;

    private final int calls;
    private final int seconds;
    private final Report report = new Report(
            "mix", "who hears a mix", "calls", "packets sent/s", "us per packet sent", "us per packet in and out");

    MixBench(int calls, int seconds) {
        this.calls = calls;
        this.seconds = seconds;
    }

    void run() throws Exception {
        measure("nobody: all three relayed", (c, h, s) -> {
            c.hear(new Source.Leg(h));
            h.hear(new Source.Leg(c));
            s.hear(new Source.Leg(c));
        });
        measure("the supervisor, who listens", (c, h, s) -> {
            c.hear(new Source.Leg(h));
            h.hear(new Source.Leg(c));
            listens(c, s);
        });
        measure("all three: barge", (c, h, s) -> {
            c.hear(new Source.Mix(new Source.Leg(h), List.of(s)));
            h.hear(new Source.Mix(new Source.Leg(c), List.of(s)));
            listens(c, s);
        });
        report.note(
                "- %d s each after %d s of warm-up; CPU time of the loop's thread, with the sockets' reads and writes in it."
                        .formatted(seconds, seconds));
        report.note(
                "- adding up alone, two inputs taken, read, added and coded: %.0f ns a packet".formatted(addingUp()));
        report.print();
    }

    /** The arithmetic without sockets and timers; nanoseconds per packet. */
    private static double addingUp() {
        int packets = 300_000;
        MixInput[] inputs = {new MixInput(), new MixInput()};
        ByteBuffer in = ByteBuffer.allocateDirect(160);
        ByteBuffer out = ByteBuffer.allocateDirect(160);
        short[] read = new short[160];
        int[] sum = new int[160];
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long start = System.nanoTime();
            for (int n = 0; n < packets; n++) {
                Arrays.fill(sum, 0);
                for (MixInput input : inputs) {
                    in.put(n % 160, (byte) n);
                    input.put(Law.ULAW, in, 0, 160, round, n * 160);
                    input.read(read, 160);
                    for (int i = 0; i < 160; i++) {
                        sum[i] += read[i];
                    }
                }
                for (int i = 0; i < 160; i++) {
                    out.put(i, G711.encode(Law.ULAW, sum[i]));
                }
            }
            best = Math.min(best, (System.nanoTime() - start) / (double) packets);
        }
        return best;
    }

    private static void listens(MediaLeg caller, MediaLeg supervisor) {
        supervisor.hear(new Source.Mix(new Source.HeardBy(caller), List.of(caller)));
    }

    /** Who hears whom in a call of three. */
    private interface Hearing {
        void set(MediaLeg caller, MediaLeg human, MediaLeg supervisor);
    }

    private void measure(String who, Hearing hearing) throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        MediaConfig config =
                new MediaConfig(1, here, here, PORT_FIRST, PORT_FIRST + calls * 6 + 100, null, Limits.defaults());
        try (Media media = new Media(config);
                Calls thread = new Calls();
                Talk talk = new Talk()) {
            media.warmUp();
            List<MediaLeg> legs = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                MediaLeg c = open(media, thread, null, talk);
                MediaLeg h = open(media, thread, c, talk);
                MediaLeg s = open(media, thread, c, talk);
                hearing.set(c, h, s);
                legs.addAll(List.of(c, h, s));
            }
            talk.begin(legs);
            Thread.sleep(seconds * 1000L);
            long cpu = loopNanos();
            long[] before = packets(legs);
            Thread.sleep(seconds * 1000L);
            double us = (loopNanos() - cpu) / 1e3;
            long[] after = packets(legs);
            long in = after[0] - before[0];
            long out = after[1] - before[1];
            report.row(
                    Map.of("who", who, "calls", calls, "sent", out, "received", in, "usPerPacketSent", us / out),
                    who,
                    "" + calls,
                    "" + out / seconds,
                    "%.2f".formatted(us / out),
                    "%.2f".formatted(us / (in + out)));
        }
    }

    static long[] packets(List<MediaLeg> legs) {
        return new long[] {
            legs.stream().mapToLong(leg -> leg.counters().packetsIn()).sum(),
            legs.stream().mapToLong(leg -> leg.counters().packetsOut()).sum()
        };
    }

    static long loopNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(info -> info != null && info.getThreadName().equals("segue-media-0"))
                .mapToLong(info -> threads.getThreadCpuTime(info.getThreadId()))
                .sum();
    }

    private static MediaLeg open(Media media, CallThread thread, MediaLeg near, Talk talk) {
        if (!(media.open(thread, event -> {}, near) instanceof Opening.Opened(MediaLeg leg))) {
            throw new IllegalStateException("no port is free");
        }
        InetSocketAddress to = talk.address();
        leg.negotiated(new Agreement(
                to,
                new InetSocketAddress(to.getAddress(), to.getPort() + 1),
                Codec.PCMU,
                0,
                0,
                null,
                null,
                20,
                true,
                true));
        return leg;
    }

    /** Says something to every leg each 20 ms, from one socket; what comes back is left to the kernel. */
    private static final class Talk implements AutoCloseable {
        private final DatagramChannel channel;
        private volatile boolean closed;

        Talk() throws IOException {
            channel = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        }

        InetSocketAddress address() {
            try {
                return (InetSocketAddress) channel.getLocalAddress();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        void begin(List<MediaLeg> legs) {
            List<InetSocketAddress> to = legs.stream().map(MediaLeg::local).toList();
            Thread.ofPlatform().daemon().start(() -> talk(to));
        }

        /** Legs take their turns over the 20 ms, as the peers of a gateway do. */
        private void talk(List<InetSocketAddress> to) {
            ByteBuffer packet = ByteBuffer.allocateDirect(PACKET_BYTES);
            for (int at = 12; at < PACKET_BYTES; at++) {
                packet.put(at, (byte) (0x20 + at % 16));
            }
            long start = System.nanoTime();
            try {
                for (int n = 0; !closed; n++) {
                    for (int i = 0; i < to.size(); i++) {
                        long due = start + n * PACKET_NANOS + i * PACKET_NANOS / to.size();
                        long wait;
                        while ((wait = due - System.nanoTime()) > 0) {
                            LockSupport.parkNanos(wait);
                        }
                        packet.putShort(0, (short) 0x8000)
                                .putShort(2, (short) n)
                                .putInt(4, n * 160)
                                .putInt(8, i);
                        channel.send(packet.clear(), to.get(i));
                    }
                }
            } catch (IOException e) {
                if (!closed) {
                    throw new IllegalStateException(e);
                }
            }
        }

        @Override
        public void close() throws IOException {
            closed = true;
            channel.close();
        }
    }

    /** A call's thread that has nothing to do. */
    static final class Calls implements CallThread, AutoCloseable {
        private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

        @Override
        public void execute(Runnable task) {
            executor.execute(task);
        }

        @Override
        public Timer schedule(long delayMs, Runnable task) {
            var future = executor.schedule(task, delayMs, TimeUnit.MILLISECONDS);
            return () -> future.cancel(false);
        }

        @Override
        public boolean isCurrent() {
            return false;
        }

        @Override
        public void close() {
            executor.shutdownNow();
        }
    }
}
