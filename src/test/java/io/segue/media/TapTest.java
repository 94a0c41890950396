package io.segue.media;

import static io.segue.media.Studio.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.media.LegEvent;
import io.segue.sdp.Codec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a leg tells of what its peer says. */
class TapTest {
    @ParameterizedTest
    @CsvSource({"1,160,PCMU", "3,240,PCMU", "1,480,PCMA"})
    void tapsTheCallerAs20MsOfUlawOnTheCallsThread(int loops, int samples, Codec codec) {
        try (Studio studio = new Studio(loops);
                Phone caller = new Phone(1)) {
            Studio.Line line = studio.open(null);
            line.leg().negotiated(caller.terms(codec, 20, true));
            List<byte[]> frames = new CopyOnWriteArrayList<>();
            List<Long> times = new CopyOnWriteArrayList<>();
            boolean[] elsewhere = {false};
            line.leg().tap((buffer, offset, ms) -> {
                elsewhere[0] |= !studio.thread.isCurrent();
                frames.add(Arrays.copyOfRange(buffer, offset, offset + 160));
                times.add(ms);
            });
            until("silence while the caller sends nothing", () -> frames.size() >= 10);
            int loudest = codec == Codec.PCMU ? 0x80 : 0xAA;
            int type = codec == Codec.PCMU ? 0 : 8;
            for (int i = 0; i < 4; i++) {
                caller.say(line.leg(), type, Phone.octets(samples, loudest));
                int taken = i + 1;
                until("taken", () -> line.leg().counters().packetsIn() == taken);
                // As far apart as a phone's: a packet that meets the moment of connecting is lost.
                LockSupport.parkNanos(20_000_000);
            }
            until(
                    "the caller",
                    () -> frames.stream()
                                    .filter(frame -> frame[80] == (byte) 0x80)
                                    .count()
                            >= 4 * samples / 160 - 1);
            int size = frames.size();
            until("silence again", () -> frames.size() > size + 5);
            for (int i = 0; i < times.size(); i++) {
                assertEquals(i * 20L, times.get(i));
            }
            assertTrue(!elsewhere[0]);
            assertEquals(0, line.leg().counters().tapDropped());
            line.leg().untap();
        }
    }

    @Test
    void dropsTheOldestFramesOfATapThatIsNotReadAndCountsThem() {
        TapRing ring = new TapRing(3, (buffer, offset, ms) -> {});
        assertTrue(ring.put(Phone.octets(160, 1)));
        assertTrue(ring.put(Phone.octets(160, 2)));
        assertTrue(ring.put(Phone.octets(160, 3)));
        assertTrue(!ring.put(Phone.octets(160, 4)));
        List<Long> read = new ArrayList<>();
        TapRing other = new TapRing(3, (buffer, offset, ms) -> read.add(ms));
        for (int i = 0; i < 5; i++) {
            other.put(Phone.octets(160, i));
        }
        other.drain();
        assertEquals(List.of(40L, 60L, 80L), read);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void tellsWhenTheCallerTalksIsLostAndComesBack(int loops) {
        try (Studio studio = new Studio(loops, 4, null, Studio::quick);
                Phone caller = new Phone(1)) {
            Studio.Line line = studio.open(null);
            line.leg().negotiated(caller.terms());
            caller.talk(line.leg(), 10, (byte) 0x80);
            assertTrue(line.await(LegEvent.Talking.class).speaking());
            line.await(LegEvent.RtpLost.class);
            assertEquals(2, line.all(LegEvent.Talking.class).size());
            caller.talk(line.leg(), 1, (byte) 0xFF);
            line.await(LegEvent.RtpBack.class);
        }
    }
}
