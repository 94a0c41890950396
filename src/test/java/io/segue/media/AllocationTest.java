package io.segue.media;

import static io.segue.media.Studio.until;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.segue.flow.LegEvent;
import io.segue.flow.Source;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the loops allocate for a packet, once they are warm. */
class AllocationTest {
    private static final int PACKETS = 3000;
    /** Measured: 8, that is 16 for each packet received, whose origin is not found yet (a recording of every allocation shows none in the relay). */
    private static final double BYTES_PER_PACKET_MAX = 10;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long allocated(Media media) {
        long sum = 0;
        for (Loop loop : media.loops()) {
            sum += threads.getThreadAllocatedBytes(loop.thread().threadId());
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void relaysPlaysAndTapsWithinASmallObjectPerPacket(int loops) {
        try (Studio studio = new Studio(loops);
                Phone caller = new Phone(1);
                Phone human = new Phone(2)) {
            studio.media.warmUp();
            Studio.Line a = studio.open(null);
            Studio.Line b = studio.open(null);
            a.leg().negotiated(caller.terms());
            b.leg().negotiated(human.terms());
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
            send(human, b, PACKETS);
            long packets = packets(a, b) - sent;
            double bytes = (double) (allocated(studio.media) - before);
            double each = bytes / packets;
            System.out.printf("%d loops: %d packets, %.2f bytes each%n", loops, packets, each);
            assertTrue(frames.get() > 100);
            assertTrue(each <= BYTES_PER_PACKET_MAX, "bytes per packet: " + each);
        }
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
