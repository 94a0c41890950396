package io.segue.media;

import static io.segue.media.Studio.until;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.segue.dtls.DtlsKeyAgreement;
import io.segue.flow.media.LegEvent;
import io.segue.flow.media.Source;
import io.segue.recording.FileRecordings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the loops allocate for a packet, once they are warm. */
class AllocationTest {
    private static final int PACKETS = 3000;
    private static final double BYTES_PER_PACKET_MAX = 2;
    private static final double BYTES_PER_SECURE_PACKET_MAX = 4096;
    /** An {@link Integer}, and some room. */
    private static final double BYTES_PER_KEY_MAX = 18;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path directory;

    private FileRecordings recordings() {
        return new FileRecordings(
                directory,
                io.segue.recording.Limits.defaults(),
                new FileRecordings.Rules(Duration.ZERO, Optional.empty(), deleted -> {}),
                System::nanoTime,
                InstantSource.system());
    }

    private long allocated(Media media) {
        long sum = 0;
        for (Loop loop : media.loops()) {
            sum += threads.getThreadAllocatedBytes(loop.thread().threadId());
        }
        return sum;
    }

    /**
     * What the JDK's selector allocates by itself for a key that it reports: it looks the key up by its descriptor, and from 128 on that is a new {@link Integer}
     * ({@code sun.nio.ch.EPollSelectorImpl.processEvents}).
     */
    private double ofABareSelectorPerKey() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (Selector selector = Selector.open();
                DatagramChannel from = DatagramChannel.open().bind(any);
                DatagramChannel to = DatagramChannel.open().bind(any)) {
            from.connect(to.getLocalAddress());
            to.connect(from.getLocalAddress()).configureBlocking(false).register(selector, SelectionKey.OP_READ, to);
            ByteBuffer packet = ByteBuffer.allocateDirect(172);
            Consumer<SelectionKey> read = key -> {
                try {
                    ((DatagramChannel) key.attachment()).read(packet.clear());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            };
            select(selector, from, packet, read, 20_000);
            long before = threads.getCurrentThreadAllocatedBytes();
            int keys = select(selector, from, packet, read, PACKETS);
            return (double) (threads.getCurrentThreadAllocatedBytes() - before) / keys;
        }
    }

    private static int select(
            Selector selector, DatagramChannel from, ByteBuffer packet, Consumer<SelectionKey> read, int packets)
            throws IOException {
        int keys = 0;
        for (int i = 0; i < packets; i++) {
            from.write(packet.clear());
            keys += selector.select(read);
        }
        return keys;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void allocatesNothingPerPacketBeyondWhatTheSelectorDoes(int loops) throws IOException {
        try (Studio studio = new Studio(loops);
                Phone caller = new Phone(1);
                Phone human = new Phone(2);
                FileRecordings recordings = recordings()) {
            studio.media.warmUp();
            Studio.Line a = studio.open(null);
            Studio.Line b = studio.open(null);
            a.leg().negotiated(caller.terms());
            b.leg().negotiated(human.terms());
            a.leg().copyTo(recordings.begin("a".repeat(32), why -> {}));
            b.leg().copyTo(recordings.begin("b".repeat(32), why -> {}));
            // Latched and connected, as every leg is once its peer has spoken.
            until("the terms are known", () -> !caller.received.isEmpty());
            caller.say(a.leg(), 0, new byte[160]);
            a.await(LegEvent.FirstPacket.class);
            a.leg().hear(new Source.Leg(b.leg()));
            b.leg().hear(new Source.Playout(new Source.Comfort(new Source.Sound.Tone(), 0)));
            AtomicLong frames = new AtomicLong();
            b.leg().tap((buffer, offset, ms) -> frames.incrementAndGet());
            send(human, b, 500);
            until("warm", () -> a.leg().counters().packetsOut() >= 450);

            long before = allocated(studio.media);
            long sent = packets(a, b);
            long received = b.leg().counters().packetsIn();
            send(human, b, PACKETS);
            long packets = packets(a, b) - sent;
            double bytes = (double) (allocated(studio.media) - before);
            // A leg's socket that has a packet is a key that the selector reports.
            long keys = b.leg().counters().packetsIn() - received;
            double perKey = ofABareSelectorPerKey();
            double each = (bytes - keys * perKey) / packets;
            System.out.printf(
                    "%d loops: %d packets, %.2f bytes each, beyond %.2f a key by the selector%n",
                    loops, packets, each, perKey);
            assertTrue(perKey <= BYTES_PER_KEY_MAX, "bytes per key: " + perKey);
            assertTrue(frames.get() > 100);
            assertTrue(each <= BYTES_PER_PACKET_MAX, "bytes per packet: " + each);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void allocatesNothingPerMixedPacketEither(int loops) throws IOException {
        try (Studio studio = new Studio(loops);
                Phone caller = new Phone(1);
                Phone human = new Phone(2);
                Phone supervisor = new Phone(3)) {
            studio.media.warmUp();
            Studio.Line a = studio.open(null);
            Studio.Line b = studio.open(null);
            Studio.Line c = studio.open(null);
            a.leg().negotiated(caller.terms());
            b.leg().negotiated(human.terms());
            c.leg().negotiated(supervisor.terms());
            until("the terms are known", () -> !supervisor.received.isEmpty());
            caller.say(a.leg(), 0, new byte[160]);
            a.await(LegEvent.FirstPacket.class);
            a.leg().hear(new Source.Mix(new Source.Leg(b.leg()), List.of(c.leg())));
            c.leg().hear(new Source.Mix(new Source.HeardBy(a.leg()), List.of(a.leg())));
            send(human, b, 500);
            send(supervisor, c, 500);
            until("warm", () -> c.leg().counters().packetsOut() >= 50);

            long before = allocated(studio.media);
            long received = packetsIn(b, c);
            send(human, b, PACKETS);
            send(supervisor, c, PACKETS);
            double bytes = (double) (allocated(studio.media) - before);
            long keys = packetsIn(b, c) - received;
            double each = bytes / keys - ofABareSelectorPerKey();
            System.out.printf("%d loops: %d packets on their way into mixes, %.2f bytes each%n", loops, keys, each);
            assertTrue(each <= BYTES_PER_PACKET_MAX, "bytes per packet: " + each);
        }
    }

    /** Beyond what the JDK's GCM allocates for a nonce of its own per packet, its channel for an address per datagram, and the selector for a key. */
    @Test
    void allocatesForABrowsersPacketsNoMoreThanTheJdkDoes() throws IOException {
        DtlsKeyAgreement keys = new DtlsKeyAgreement(io.segue.dtls.Limits.defaults());
        try (Studio studio = new Studio(1, BrowserLimits.defaults(), keys)) {
            studio.media.warmUp();
            Studio.Line a = studio.openSecure();
            Studio.Line b = studio.openSecure();
            try (Browser left = new Browser(a.leg(), 1).connect();
                    Browser right = new Browser(b.leg(), 2).connect()) {
                a.leg().hear(new Source.Leg(b.leg()));
                b.leg().hear(new Source.Leg(a.leg()));
                say(left, right, a, 1000);
                long before = allocated(studio.media);
                long in = packetsIn(a, b);
                say(left, right, a, PACKETS);
                double each = (double) (allocated(studio.media) - before) / (packetsIn(a, b) - in);
                System.out.printf("a browser's packet in and another's out: %.0f bytes%n", each);
                assertTrue(each <= BYTES_PER_SECURE_PACKET_MAX, "bytes per packet: " + each);
            }
        }
    }

    private static void say(Browser left, Browser right, Studio.Line line, int packets) {
        long target = line.leg().counters().packetsIn() + packets * 9L / 10;
        byte[] payload = new byte[160];
        for (int i = 0; i < packets; i++) {
            left.say(payload);
            right.say(payload);
            if (i % 8 == 0) {
                java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
            }
        }
        until("received", () -> line.leg().counters().packetsIn() >= target);
    }

    private static long packetsIn(Studio.Line b, Studio.Line c) {
        return b.leg().counters().packetsIn() + c.leg().counters().packetsIn();
    }

    private static long packets(Studio.Line a, Studio.Line b) {
        return a.leg().counters().packetsOut()
                + b.leg().counters().packetsOut()
                + b.leg().counters().packetsIn();
    }

    private static void send(Phone from, Studio.Line to, int packets) {
        long target = to.leg().counters().packetsIn() + packets * 9L / 10;
        byte[] payload = new byte[160];
        for (int i = 0; i < packets; i++) {
            from.say(to.leg(), 0, payload);
            if (i % 8 == 0) {
                java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
            }
        }
        until("received", () -> to.leg().counters().packetsIn() >= target);
    }
}
