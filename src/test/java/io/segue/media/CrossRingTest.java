package io.segue.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.rtp.Law;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CrossRingTest {
    private final Studio studio = new Studio(1);
    private final Leg source = studio.open(null).leg();
    private final Leg sink = studio.open(null).leg();
    private final ByteBuffer packet = ByteBuffer.allocateDirect(CrossRing.PACKET_BYTES_MAX + 1);
    private final ByteBuffer into = ByteBuffer.allocateDirect(2048);
    private final List<Integer> out = new ArrayList<>();

    @AfterEach
    void close() {
        studio.close();
    }

    private void put(CrossRing ring, int number) {
        for (int at = 0; at < 172; at += 4) {
            packet.putInt(at, number);
        }
        ring.put(source, sink, packet, 0, 172, Strand.SPEECH, Law.ULAW);
    }

    private void drain(CrossRing ring) {
        ring.drain(into, (from, to, length, strand, law, now) -> out.add(into.getInt(0)), 0);
    }

    @Test
    void holdsAsManyAsItsLimitAndDropsTheOldestOnePast() {
        CrossRing ring = new CrossRing(3);
        put(ring, 1);
        put(ring, 2);
        put(ring, 3);
        assertEquals(0, ring.dropped());
        put(ring, 4);
        assertEquals(1, ring.dropped());
        drain(ring);
        assertEquals(List.of(2, 3, 4), out);
        assertTrue(ring.isEmpty());
    }

    @Test
    void dropsAndCountsWhatIsLongerThanAPlace() {
        CrossRing ring = new CrossRing(3);
        ring.put(source, sink, packet, 0, CrossRing.PACKET_BYTES_MAX, Strand.SPEECH, Law.ALAW);
        assertEquals(0, ring.dropped());
        ring.put(source, sink, packet, 0, CrossRing.PACKET_BYTES_MAX + 1, Strand.SPEECH, Law.ALAW);
        assertEquals(1, ring.dropped());
        drain(ring);
        assertEquals(1, out.size());
    }

    @Test
    void handsOnWholePacketsInOrderAndCountsTheOthersWhileItOverflows() throws InterruptedException {
        CrossRing ring = new CrossRing(8);
        int packets = 200_000;
        Thread producer = Thread.ofPlatform().start(() -> {
            for (int i = 1; i <= packets; i++) {
                put(ring, i);
            }
        });
        int[] last = {0};
        long[] seen = {0};
        CrossRing.Receiver receiver = (from, to, length, strand, law, now) -> {
            int number = into.getInt(0);
            assertTrue(number > last[0]);
            assertEquals(number, into.getInt(168));
            assertEquals(172, length);
            last[0] = number;
            seen[0]++;
        };
        while (producer.isAlive() || !ring.isEmpty()) {
            ring.drain(into, receiver, 0);
        }
        producer.join();
        assertEquals(packets, last[0]);
        assertEquals(packets, seen[0] + ring.dropped());
    }
}
